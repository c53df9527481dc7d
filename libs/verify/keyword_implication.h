// What is known about keyword patterns without a text: which are the same, which follow from which.

#ifndef WISSEL_LIBS_VERIFY_KEYWORD_IMPLICATION_H_
#define WISSEL_LIBS_VERIFY_KEYWORD_IMPLICATION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wissel::verify {

// The pattern in NFC, with its letters small where that changes nothing. Patterns with the same
// fold find the same texts.
std::string FoldPattern(absl::string_view pattern);

// For each pattern those that are found wherever it is, as far as literal text tells: `\bpaspoort`
// implies `pas`. Time is in proportion to the text of the patterns, times how many lengths of
// literal patterns there are.
std::vector<std::vector<int>> ImpliedPatterns(const std::vector<std::string>& patterns);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_KEYWORD_IMPLICATION_H_
