// What is found about the texts of rules: keywords, links, review dates.

#ifndef WISSEL_LIBS_VERIFY_TEXT_CHECKS_H_
#define WISSEL_LIBS_VERIFY_TEXT_CHECKS_H_

#include <vector>

#include "libs/verify/finding.h"

namespace wissel::verify {

// Patterns that are no RE2, large once compiled or found in every text; links that are not https;
// days of review that have passed. Each pattern is told about once a rule.
std::vector<Finding> CheckTexts(const sop::Sop& sop, absl::CivilDay today);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_TEXT_CHECKS_H_
