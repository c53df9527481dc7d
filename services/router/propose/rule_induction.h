// Few rules that say what a estimator says.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_RULE_INDUCTION_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_RULE_INDUCTION_H_

#include <vector>

#include "services/router/propose/case_history.h"
#include "services/router/propose/team_estimator.h"

namespace wissel::router {

// A rule by numbers of CaseHistory.
struct CandidateRule {
  // What the rule looks at beside the topic; later ones go before earlier ones.
  enum class Kind { kTopic, kArea, kChannel };

  Kind kind = Kind::kTopic;
  // Of its topics, below their roots; a rule about a topic counts for those below it too, so deeper
  // ones go first.
  int depth = 0;
  std::vector<int> topics;
  // Of a kArea.
  std::vector<int> areas;
  // Of a kChannel.
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  int team = 0;
  // Cases of the period that it is expected to bring right, which would go wrong without it.
  double gain = 0;
};

// The most useful rule first. Of one kind and depth, two rules that meet name the same team.
//
// Topics that go to one team share a rule. Where an area makes another team of it, rules take
// rectangles of topics x areas, the most useful first, until each such area is in one. A channel
// has a rule of its own where it beats all of this by more than chance. A rule that brings fewer
// than `least_gain` cases right is left out; `depths` is the depth of each topic; `rest` is the
// team that gets what no rule takes.
std::vector<CandidateRule> InduceRules(const CaseHistory& history, const TeamEstimator& estimator,
                                       const std::vector<int>& depths, int rest, double least_gain);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_RULE_INDUCTION_H_
