// Words with accents for RE2, which knows no letters beyond ASCII where it looks for the edge of a
// word: to it, `\bprivé\b` ends in the middle of a word.
//
// A text is spread: between its characters come marks that tell on which side of each place a word
// is, and a pattern is rewritten to step over them. `\b` and `\B` then hold between the two marks
// of a place as they would between its characters, with letters, marks and digits of every script
// as parts of words; `\w` and `\W` ask for the same. All else in a pattern means what it meant.
//
// Only a text beyond ASCII needs it, and only a pattern for which AsksForWords holds. Pure and
// thread-safe.

#ifndef WISSEL_LIBS_DECISION_WORD_BOUNDARIES_H_
#define WISSEL_LIBS_DECISION_WORD_BOUNDARIES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wissel::decision {

// Whether the RE2 pattern has a `\b`, `\B`, `\w` or `\W`.
bool AsksForWords(absl::string_view pattern);

// The pattern that finds in a spread text what `pattern`, which is valid RE2, finds in the text.
// Within brackets, `\W` asks for what is no word of ASCII.
std::string PatternForSpreadText(absl::string_view pattern);

// Sets `*spread` to `text` with its marks; some four times as long. Bytes that are not UTF-8 become
// U+FFFD.
void SpreadText(absl::string_view text, std::string* spread);

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_WORD_BOUNDARIES_H_
