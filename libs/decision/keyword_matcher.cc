#include "libs/decision/keyword_matcher.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"
#include "libs/decision/word_boundaries.h"
#include "libs/text/normal_form.h"
#include "libs/text/utf8.h"

namespace wissel::decision {
namespace {

constexpr int64_t kPatternBytes = int64_t{1} << 20;
// Each character of a pattern becomes some four.
constexpr int64_t kSpreadPatternBytes = 4 * kPatternBytes;

// The two characters beyond ASCII that are a case of an ASCII letter: the long s, and the sign of
// the kelvin.
constexpr absl::string_view kLongS = "\xC5\xBF";
constexpr absl::string_view kKelvin = "\xE2\x84\xAA";

// What a thread keeps between contacts, so that it need not allocate.
struct Scratch {
  std::string joined;
  std::string folded;
  std::string spread;
  // By pattern: twice the round in which it was last asked, and one more if it was found then.
  std::vector<uint64_t> answers;
  uint64_t round = 0;
};

Scratch& ThreadScratch() {
  thread_local Scratch scratch;
  return scratch;
}

RE2::Options Options(int64_t most_bytes) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(most_bytes);
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

absl::StatusOr<uint32_t> KeywordMatcher::Add(const std::string& pattern) {
  const std::string normal = text::Nfc(pattern);
  const auto known = numbers_.find(normal);
  if (known != numbers_.end()) return known->second;
  bool is_all = false;
  Pattern added;
  const std::string word = RequiredWord(normal, &is_all);
  if (!word.empty()) added.literal = LiteralSearch(word);
  if (!is_all) {
    added.expression = std::make_unique<const RE2>(normal, Options(kPatternBytes));
    if (!added.expression->ok()) {
      return InvalidField("document", "invalid_sop",
                          absl::StrCat("not a valid pattern: ", added.expression->error()));
    }
    if (AsksForWords(normal)) {
      auto spread =
          std::make_unique<const RE2>(PatternForSpreadText(normal), Options(kSpreadPatternBytes));
      // Of a pattern that is as large as may be, it may be too large: letters beyond ASCII are then
      // no words to it.
      if (spread->ok()) added.of_spread_text = std::move(spread);
    }
  }
  const auto number = static_cast<uint32_t>(patterns_.size());
  patterns_.push_back(std::move(added));
  numbers_.emplace(normal, number);
  return number;
}

bool KeywordMatcher::Search::Finds(uint32_t pattern) {
  if (!has_looked_) Look();
  const Pattern& sought = keywords_.patterns_[pattern];
  if (!sought.literal.empty() && !FindsLiteral(sought.literal)) return false;
  return sought.expression == nullptr || FindsExpression(pattern);
}

void KeywordMatcher::Search::Look() {
  has_looked_ = true;
  is_ascii_ = text::IsAscii(text_) && text::IsAscii(subject_);
  if (is_ascii_) return;
  Scratch& scratch = ThreadScratch();
  Join(subject_, text_, &scratch.joined);
  if (!text::IsNfc(scratch.joined)) scratch.joined = text::Nfc(scratch.joined);
  joined_ = scratch.joined;
  folded_ = joined_;
  if (!HasOddCases(joined_)) return;
  FoldOddCases(joined_, &scratch.folded);
  folded_ = scratch.folded;
}

bool KeywordMatcher::Search::FindsLiteral(const LiteralSearch& literal) {
  if (!is_ascii_) return literal.IsIn(folded_);
  return literal.IsIn(text_) || (!subject_.empty() && literal.IsIn(subject_));
}

bool KeywordMatcher::Search::FindsExpression(uint32_t number) {
  Scratch& scratch = ThreadScratch();
  if (round_ == 0) {
    round_ = ++scratch.round;
    if (scratch.answers.size() < keywords_.patterns_.size()) {
      scratch.answers.resize(keywords_.patterns_.size());
    }
  }
  uint64_t& answer = scratch.answers[number];
  if (answer / 2 != round_) answer = round_ * 2 + (Matches(number) ? 1 : 0);
  return answer % 2 == 1;
}

bool KeywordMatcher::Search::Matches(uint32_t number) {
  const Pattern& sought = keywords_.patterns_[number];
  Scratch& scratch = ThreadScratch();
  if (joined_.empty()) {
    Join(subject_, text_, &scratch.joined);
    joined_ = scratch.joined;
  }
  if (is_ascii_ || sought.of_spread_text == nullptr) {
    return RE2::PartialMatch(Piece(joined_), *sought.expression);
  }
  if (spread_.empty()) {
    SpreadText(joined_, &scratch.spread);
    spread_ = scratch.spread;
  }
  return RE2::PartialMatch(Piece(spread_), *sought.of_spread_text);
}

}  // namespace wissel::decision
