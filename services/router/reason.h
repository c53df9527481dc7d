// The words of a decision, for KCC agents and teams: plain Dutch (B1), without anything that the
// resident typed. Pure and thread-safe.

#ifndef WISSEL_SERVICES_ROUTER_REASON_H_
#define WISSEL_SERVICES_ROUTER_REASON_H_

#include <string>

#include "services/router/inquiry.h"
#include "services/router/sop.h"

namespace wissel::router {

// One sentence: what to do, and by which conditions of `rule` that follows. `topic` is the topic of
// the inquiry and `through` the one of the rule that it is or lies below; both null when the rule
// does not ask for a topic.
std::string WhyItApplies(const SopRule& rule, Channel channel, const SopTopic* topic,
                         const SopTopic* through);

// A sentence for each condition that failed. `topic` is null when none was chosen.
std::string WhyItDoesNot(const Sop& sop, const SopRule& rule, const Verdict& verdict,
                         Channel channel, const SopTopic* topic);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_REASON_H_
