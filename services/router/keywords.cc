#include "services/router/keywords.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"

namespace wissel::router {
namespace {

constexpr int64_t kPatternBytes = int64_t{1} << 20;

// The two characters beyond ASCII that are a case of an ASCII letter: the long s, and the sign of
// the kelvin.
constexpr absl::string_view kLongS = "\xC5\xBF";
constexpr absl::string_view kKelvin = "\xE2\x84\xAA";

// What a thread keeps between contacts, so that it need not allocate.
struct Scratch {
  std::string joined;
  std::string folded;
  // By pattern: twice the round in which it was last asked, and one more if it was found then.
  std::vector<uint64_t> answers;
  uint64_t round = 0;
};

Scratch& ThreadScratch() {
  thread_local Scratch scratch;
  return scratch;
}

RE2::Options Options() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(kPatternBytes);
  return options;
}

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

bool HasOddCases(absl::string_view text) {
  return text.find(kLongS) != absl::string_view::npos ||
         text.find(kKelvin) != absl::string_view::npos;
}

void FoldOddCases(absl::string_view text, std::string* folded) {
  folded->clear();
  while (!text.empty()) {
    if (absl::ConsumePrefix(&text, kLongS)) {
      folded->push_back('s');
    } else if (absl::ConsumePrefix(&text, kKelvin)) {
      folded->push_back('k');
    } else {
      folded->push_back(text[0]);
      text.remove_prefix(1);
    }
  }
}

void Join(absl::string_view subject, absl::string_view text, std::string* joined) {
  joined->assign(subject.data(), subject.size());
  joined->push_back('\n');
  joined->append(text.data(), text.size());
}

}  // namespace

absl::Status CheckKeyword(const std::string& pattern) {
  const RE2 compiled(pattern, Options());
  if (!compiled.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("not a valid pattern: ", compiled.error()));
  }
  if (RE2::PartialMatch("", compiled)) {
    return absl::InvalidArgumentError("the pattern is found in every text");
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> Keywords::Add(const std::string& pattern) {
  const auto known = numbers_.find(pattern);
  if (known != numbers_.end()) return known->second;
  bool is_all = false;
  Pattern added;
  const std::string word = RequiredWord(pattern, &is_all);
  if (!word.empty()) added.literal = Literal(word);
  if (!is_all) {
    added.expression = std::make_unique<const RE2>(pattern, Options());
    if (!added.expression->ok()) {
      return InvalidField("document", "invalid_sop",
                          absl::StrCat("not a valid pattern: ", added.expression->error()));
    }
  }
  const auto number = static_cast<uint32_t>(patterns_.size());
  patterns_.push_back(std::move(added));
  numbers_.emplace(pattern, number);
  return number;
}

bool Keywords::Search::Finds(uint32_t pattern) {
  const Pattern& sought = keywords_.patterns_[pattern];
  if (!sought.literal.empty() && !FindsLiteral(sought.literal)) return false;
  return sought.expression == nullptr || FindsExpression(pattern, *sought.expression);
}

bool Keywords::Search::FindsLiteral(const Literal& literal) {
  bool beyond_ascii = false;
  if (literal.IsIn(text_, &beyond_ascii)) return true;
  if (!subject_.empty() && literal.IsIn(subject_, &beyond_ascii)) return true;
  if (!beyond_ascii) return false;
  if (!has_folded_) Fold();
  return !folded_.empty() && literal.IsIn(folded_, &beyond_ascii);
}

void Keywords::Search::Fold() {
  has_folded_ = true;
  if (!HasOddCases(subject_) && !HasOddCases(text_)) return;
  Scratch& scratch = ThreadScratch();
  Join(subject_, text_, &scratch.joined);
  joined_ = scratch.joined;
  FoldOddCases(joined_, &scratch.folded);
  folded_ = scratch.folded;
}

bool Keywords::Search::FindsExpression(uint32_t number, const RE2& expression) {
  Scratch& scratch = ThreadScratch();
  if (joined_.empty()) {
    Join(subject_, text_, &scratch.joined);
    joined_ = scratch.joined;
  }
  if (round_ == 0) {
    round_ = ++scratch.round;
    if (scratch.answers.size() < keywords_.patterns_.size()) {
      scratch.answers.resize(keywords_.patterns_.size());
    }
  }
  uint64_t& answer = scratch.answers[number];
  if (answer / 2 != round_) {
    answer = round_ * 2 + (RE2::PartialMatch(Piece(joined_), expression) ? 1 : 0);
  }
  return answer % 2 == 1;
}

}  // namespace wissel::router
