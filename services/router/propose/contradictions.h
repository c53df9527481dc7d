// What history contradicts itself on.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_CONTRADICTIONS_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_CONTRADICTIONS_H_

#include <vector>

#include "services/router/propose/propose.h"
#include "services/router/propose/rule_induction.h"

namespace wissel::router {

// Of each topic: all its cases together, or by area or channel where `rules` make that difference.
// Fewer than ten cases contradict nothing.
std::vector<Contradiction> FindContradictions(const CaseHistory& history,
                                              const std::vector<CandidateRule>& rules);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_CONTRADICTIONS_H_
