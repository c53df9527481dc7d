#include "libs/decision/word_boundaries.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/text/utf8.h"

namespace wissel::decision {
namespace {

// Around each character of a spread text stand
//
//   AFTER character BEGIN BEFORE
//
// and a place of the text lies between its BEFORE and its AFTER; the first place has no BEFORE and
// the last no AFTER. They are a part of a word (kWord) or not (kGap), so that RE2 sees an edge
// between them where the text has one; a line end beside a place is repeated, since `^` and `$` may
// look for it. BEGIN occurs nowhere else: a match can begin behind it, and so at a place, only.
constexpr char kWord = '_';
constexpr char kGap = '\x01';
constexpr char kBegin = '\x02';
constexpr char kAnyMark[] = "[_\\x01\\n]";
constexpr char kAtPlace[] = "(?:\\A|\\x02[_\\x01\\n])";
constexpr char kWordClass[] = "\\pL\\pM\\pN_";
constexpr int32_t kReplacement = 0xFFFD;

bool IsWord(int32_t point) {
  if (point < 0x80) return point == '_' || absl::ascii_isalnum(static_cast<unsigned char>(point));
  return (U_GET_GC_MASK(point) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

// Cuts a valid RE2 pattern into single characters that it asks for, and all else.
class PatternPieces {
 public:
  explicit PatternPieces(absl::string_view pattern) : rest_(pattern) {}

  bool done() const { return rest_.empty(); }

  // The next piece; sets whether it asks for one character.
  absl::string_view Take(bool* is_character) {
    const absl::string_view from = rest_;
    *is_character = true;
    if (quoted_ && !absl::StartsWith(rest_, "\\E")) {
      SkipCharacter();
    } else if (rest_[0] == '\\') {
      *is_character = SkipEscape();
    } else if (rest_[0] == '[') {
      SkipClass();
    } else if (rest_[0] == '(') {
      *is_character = false;
      SkipGroup();
    } else if (rest_[0] == '{') {
      *is_character = !SkipCount();
    } else if (absl::string_view(")|*+?^$").find(rest_[0]) != absl::string_view::npos) {
      *is_character = false;
      rest_.remove_prefix(1);
    } else {
      SkipCharacter();
    }
    return from.substr(0, from.size() - rest_.size());
  }

  // Between \Q and \E.
  bool quoted() const { return quoted_; }

 private:
  void SkipCharacter() {
    if (!text::TakeCodePoint(rest_)) rest_.remove_prefix(1);
  }

  void SkipTo(char end) {
    const size_t at = rest_.find(end);
    rest_.remove_prefix(at == absl::string_view::npos ? rest_.size() : at + 1);
  }

  // Whether it asks for a character.
  bool SkipEscape() {
    rest_.remove_prefix(1);
    if (rest_.empty()) return false;
    const char kind = rest_[0];
    SkipCharacter();
    switch (kind) {
      case 'Q':
      case 'E':
        quoted_ = kind == 'Q';
        return false;
      case 'b':
      case 'B':
      case 'A':
      case 'z':
        return false;
      case 'p':
      case 'P':
      case 'x':
        if (absl::StartsWith(rest_, "{")) {
          SkipTo('}');
        } else {
          rest_.remove_prefix(std::min<size_t>(kind == 'x' ? 2 : 1, rest_.size()));
        }
        return true;
      default:
        // Octal.
        if (absl::ascii_isdigit(kind)) {
          for (int i = 0; i < 2 && !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '7'; ++i) {
            rest_.remove_prefix(1);
          }
        }
        return true;
    }
  }

  void SkipClass() {
    rest_.remove_prefix(1);
    if (absl::StartsWith(rest_, "^")) rest_.remove_prefix(1);
    // A bracket that comes first is one of the class.
    for (bool first = true; !rest_.empty(); first = false) {
      if (rest_[0] == ']' && !first) break;
      const size_t name_end = absl::StartsWith(rest_, "[:") ? rest_.find(":]", 2) : rest_.npos;
      if (name_end != rest_.npos) {
        rest_.remove_prefix(name_end + 2);
      } else if (rest_[0] == '\\') {
        SkipEscape();
      } else {
        SkipCharacter();
      }
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
  }

  // `(`, `(?:`, `(?i)`, `(?i:`, `(?P<name>`.
  void SkipGroup() {
    rest_.remove_prefix(1);
    if (!absl::StartsWith(rest_, "?")) return;
    if (absl::StartsWith(rest_, "?P<")) return SkipTo('>');
    rest_.remove_prefix(rest_.find_first_of(":)"));
    rest_.remove_prefix(1);
  }

  // `{2}`, `{2,}`, `{2,5}`; any other bracket stands for itself.
  bool SkipCount() {
    size_t at = 1;
    const auto digits = [&] {
      const size_t from = at;
      while (at < rest_.size() && absl::ascii_isdigit(rest_[at])) ++at;
      return at > from;
    };
    bool is_count = digits();
    if (is_count && at < rest_.size() && rest_[at] == ',') {
      ++at;
      digits();
    }
    is_count = is_count && at < rest_.size() && rest_[at] == '}';
    rest_.remove_prefix(is_count ? at + 1 : 1);
    return is_count;
  }

  absl::string_view rest_;
  bool quoted_ = false;
};

// A class with the letters of every script for its `\w`.
std::string WithWords(absl::string_view bracketed) {
  std::string out;
  for (size_t i = 0; i < bracketed.size(); ++i) {
    if (bracketed[i] != '\\' || i + 1 == bracketed.size()) {
      out += bracketed[i];
    } else if (bracketed[++i] == 'w') {
      out += kWordClass;
    } else {
      absl::StrAppend(&out, "\\", bracketed.substr(i, 1));
    }
  }
  return out;
}

// A single character of a pattern, as it is asked for in a spread text.
std::string OneCharacter(absl::string_view piece, bool quoted) {
  if (quoted) return absl::StrCat("\\Q", piece, "\\E");
  if (piece == "\\w") return absl::StrCat("[", kWordClass, "]");
  if (piece == "\\W") return absl::StrCat("[^", kWordClass, "]");
  return piece[0] == '[' ? WithWords(piece) : std::string(piece);
}

}  // namespace

bool AsksForWords(absl::string_view pattern) {
  for (size_t i = 0; i + 1 < pattern.size(); ++i) {
    if (pattern[i] != '\\') continue;
    ++i;
    if (absl::string_view("bBwW").find(pattern[i]) != absl::string_view::npos) return true;
  }
  return false;
}

std::string PatternForSpreadText(absl::string_view pattern) {
  std::string spread = absl::StrCat(kAtPlace, "(?:");
  for (PatternPieces pieces(pattern); !pieces.done();) {
    const bool quoted = pieces.quoted();
    bool is_character = false;
    const absl::string_view piece = pieces.Take(&is_character);
    if (is_character) {
      absl::StrAppend(&spread, "(?:", kAnyMark, OneCharacter(piece, quoted), "\\x02", kAnyMark,
                      ")");
    } else if (piece != "\\Q" && piece != "\\E") {
      absl::StrAppend(&spread, piece);
    }
  }
  return absl::StrCat(spread, ")");
}

void SpreadText(absl::string_view text, std::string* spread) {
  spread->clear();
  int32_t before = kGap;
  const auto place = [&](std::optional<int32_t> after) {
    const bool is_first = spread->empty();
    const bool is_edge = IsWord(before) != (after && IsWord(*after));
    const bool line_before = before == '\n';
    const bool line_after = after == '\n';
    // A word that ends before a line end or the end of the text is told by BEFORE.
    const bool told_before = is_edge && (!after || line_after);
    if (!is_first) {
      spread->push_back(kBegin);
      spread->push_back(told_before ? kWord : line_before ? '\n' : kGap);
    }
    if (!after) return;
    spread->push_back(is_edge && !told_before ? kWord : line_after ? '\n' : kGap);
    // A raw mark would be taken for one of ours.
    const int32_t kept = *after == kBegin ? kGap : *after;
    text::AppendCodePoint(kept, spread);
    before = *after;
  };
  while (!text.empty()) {
    std::optional<int32_t> point = text::TakeCodePoint(text);
    if (!point) {
      point = kReplacement;
      text.remove_prefix(1);
    }
    place(*point);
  }
  place(std::nullopt);
}

}  // namespace wissel::decision
