#include "libs/decision/literal_search.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/numeric/bits.h"
#include "absl/strings/ascii.h"

namespace wissel::decision {
namespace {

// This bit makes letters small; other characters that it makes alike, IsAt tells apart.
constexpr uint8_t kSmall = 0x20;

constexpr size_t kLane = 16;
constexpr size_t kTurn = 8 * kLane;
using Lane = uint8_t __attribute__((vector_size(kLane)));

Lane Load(const char* from) {
  Lane lane;
  std::memcpy(&lane, from, kLane);
  return lane;
}

// A lane in which bytes are all ones or zeros.
class Halves {
 public:
  explicit Halves(Lane lane) { std::memcpy(halves_, &lane, kLane); }

  bool empty() const { return (halves_[0] | halves_[1]) == 0; }

  // Whether `test` holds for the offset of any byte of ones.
  template <typename Test>
  bool Any(Test test) const {
    if (empty()) return false;
    for (int half = 0; half < 2; ++half) {
      for (uint64_t rest = halves_[half]; rest != 0;) {
        const int offset = absl::countr_zero(rest) / 8;
        if (test(8 * half + offset)) return true;
        rest &= ~(uint64_t{0xFF} << (8 * offset));
      }
    }
    return false;
  }

 private:
  uint64_t halves_[2];
};

// How common a character is in Dutch; the same for both cases.
size_t Commonness(char c) {
  static constexpr absl::string_view kRarestFirst = "qxycfjzpbwkumvhglsdoritane ";
  const size_t offset = kRarestFirst.find(c);
  return offset == absl::string_view::npos ? 0 : offset + 1;
}

// A walk over an RE2 pattern that collects runs of plain characters outside of groups.
class Runs {
 public:
  explicit Runs(absl::string_view pattern) : rest_(pattern) {}

  std::string Longest() {
    while (!rest_.empty()) {
      if (!Step()) return "";
    }
    End();
    return depth_ == 0 ? longest_ : "";
  }

  bool is_all() const { return is_all_; }

 private:
  // False when nothing can be told about the pattern.
  bool Step() {
    const char c = Take();
    const bool plain = static_cast<unsigned char>(c) < 0x80 && c >= ' ' &&
                       absl::string_view("\\.+*?()|[]{}^$").find(c) == absl::string_view::npos;
    if (plain) {
      if (depth_ == 0) run_ += absl::ascii_tolower(c);
      return true;
    }
    if (c == '\\') return Escape();
    is_all_ = false;
    switch (c) {
      case '*':
      case '?':
      case '{':
        // What came before may be absent.
        if (!run_.empty()) run_.pop_back();
        End();
        return c != '{' || SkipCount();
      case '(':
        if (FlagsAreRepeated()) return false;
        End();
        ++depth_;
        return true;
      case ')':
        --depth_;
        return depth_ >= 0;
      case '|':
        return depth_ > 0;
      case '[':
        End();
        return SkipClass();
      default:
        End();
        return true;
    }
  }

  bool Escape() {
    if (rest_.empty()) return false;
    const char c = Take();
    if (absl::ascii_ispunct(c)) {
      if (depth_ == 0) run_ += c;
      return true;
    }
    is_all_ = false;
    End();
    return absl::string_view("bBAzdDsSwW").find(c) != absl::string_view::npos;
  }

  // `(?i)?`, past its bracket: the question mark is about what came before the flags.
  bool FlagsAreRepeated() const {
    if (rest_.empty() || rest_[0] != '?') return false;
    const size_t end = rest_.find_first_of(":)<");
    return end != absl::string_view::npos && rest_[end] == ')' && end + 1 < rest_.size() &&
           absl::string_view("*+?{").find(rest_[end + 1]) != absl::string_view::npos;
  }

  bool SkipClass() {
    if (!rest_.empty() && rest_[0] == '^') Take();
    // A bracket that comes first is one of the class.
    if (!rest_.empty() && rest_[0] == ']') Take();
    while (!rest_.empty()) {
      const char c = Take();
      if (c == ']') return true;
      // Classes by name are not worth a look.
      if (c == '[') return false;
      if (c == '\\' && !rest_.empty()) Take();
    }
    return false;
  }

  // `2}`, `2,}` or `2,5}`; else the bracket stands for itself.
  bool SkipCount() {
    if (rest_.empty() || !absl::ascii_isdigit(rest_[0])) return false;
    while (!rest_.empty()) {
      const char c = Take();
      if (c == '}') return true;
      if (c != ',' && !absl::ascii_isdigit(c)) return false;
    }
    return false;
  }

  void End() {
    if (run_.size() > longest_.size()) longest_ = run_;
    run_.clear();
  }

  char Take() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c;
  }

  absl::string_view rest_;
  int depth_ = 0;
  bool is_all_ = true;
  std::string run_;
  std::string longest_;
};

}  // namespace

LiteralSearch::LiteralSearch(absl::string_view word) : word_(word) {
  for (uint16_t i = 0; i < word_.size(); ++i) {
    if (Commonness(word_[i]) < Commonness(word_[rare_])) rare_ = i;
  }
  next_rare_ = rare_ == 0 && word_.size() > 1 ? 1 : 0;
  for (uint16_t i = 0; i < word_.size(); ++i) {
    if (i != rare_ && Commonness(word_[i]) < Commonness(word_[next_rare_])) next_rare_ = i;
  }
  rare_byte_ = static_cast<uint8_t>(word_[rare_]) | kSmall;
  next_rare_byte_ = static_cast<uint8_t>(word_[next_rare_]) | kSmall;
}

bool LiteralSearch::IsAt(const char* text) const {
  for (size_t i = 0; i < word_.size(); ++i) {
    if (absl::ascii_tolower(text[i]) != word_[i]) return false;
  }
  return true;
}

bool LiteralSearch::IsIn(absl::string_view text) const {
  const char* const begin = text.data();
  const size_t offsets = text.size() - std::min(word_.size() - 1, text.size());
  if (offsets < kLane) {
    for (size_t at = 0; at < offsets; ++at) {
      if (IsAt(begin + at)) return true;
    }
    return false;
  }
  const Lane small = Lane{} + kSmall;
  const Lane rare = Lane{} + rare_byte_;
  const Lane next_rare = Lane{} + next_rare_byte_;
  // Many lanes a turn, without a branch: most texts then take one turn.
  for (size_t from = 0; from < offsets; from += kTurn) {
    std::array<Lane, kTurn / kLane> likely;
    Lane any{};
    // The last offsets may be looked at several times.
    const auto offset = [&](size_t lane) { return std::min(from + lane * kLane, offsets - kLane); };
    for (size_t lane = 0; lane < likely.size(); ++lane) {
      const char* const at = begin + offset(lane);
      const Lane here = (Load(at + rare_) | small) == rare;
      likely[lane] = here & ((Load(at + next_rare_) | small) == next_rare);
      any |= likely[lane];
    }
    if (Halves(any).empty()) continue;
    for (size_t lane = 0; lane < likely.size(); ++lane) {
      const char* const at = begin + offset(lane);
      if (Halves(likely[lane]).Any([this, at](int i) { return IsAt(at + i); })) return true;
    }
  }
  return false;
}

std::string RequiredWord(absl::string_view pattern, bool* is_all) {
  Runs runs(pattern);
  std::string word = runs.Longest();
  *is_all = runs.is_all() && !word.empty();
  return word;
}

}  // namespace wissel::decision
