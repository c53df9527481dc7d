// What is found about the texts of rules: keywords, links, review dates.

#ifndef WISSEL_SERVICES_ROUTER_VERIFY_TEXTS_H_
#define WISSEL_SERVICES_ROUTER_VERIFY_TEXTS_H_

#include <vector>

#include "services/router/verify.h"

namespace wissel::router {

// Patterns that are no RE2, large once compiled or found in every text; links that are not https;
// days of review that have passed. Each pattern is told about once a rule.
std::vector<Finding> CheckTexts(const Sop& sop, absl::CivilDay today);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_VERIFY_TEXTS_H_
