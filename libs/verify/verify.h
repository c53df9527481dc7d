// Proves an SOP right or wrong before it is used. Nothing is sampled: the space of contacts is
// finite once it is seen as the rules see it, and every finding about rules comes with a contact
// that shows it.

#ifndef WISSEL_LIBS_VERIFY_VERIFY_H_
#define WISSEL_LIBS_VERIFY_VERIFY_H_

#include <cstdint>
#include <vector>

#include "libs/sop/sop.h"
#include "libs/verify/finding.h"
#include "libs/verify/team_facts.h"

namespace wissel::verify {

// How many rules may be looked at: for a whole SOP, and for one question. What takes more is said
// to be unsettled.
struct SearchBudget {
  int64_t whole = 100'000'000;
  int64_t question = 2'000'000;
};

// Everything that is found, by place in the document. Pure; takes a sound shape (ParseSop). At most
// a few seconds for 10,000 rules.
std::vector<Finding> Verify(const sop::Sop& sop, const VerificationContext& context,
                            SearchBudget budget = {});

// Whether any of `findings` keeps the SOP from coming into force.
bool HasErrors(const std::vector<Finding>& findings);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_VERIFY_H_
