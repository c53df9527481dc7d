// The words of a decision, for KCC agents and teams: plain Dutch (B1), without anything that the
// resident typed. Pure and thread-safe.

#ifndef WISSEL_SERVICES_ROUTER_REASON_H_
#define WISSEL_SERVICES_ROUTER_REASON_H_

#include <string>

#include "services/router/inquiry.h"
#include "services/router/sop.h"

namespace wissel::router {

// How an inquiry fares with the conditions of a rule. A condition that a rule does not have holds.
struct Verdict {
  bool channel = true;
  bool topic = true;
  bool keyword = true;
  bool customer = true;

  int failed() const { return !channel + !topic + !keyword + !customer; }
};

// One sentence: what to do, and by which conditions of `rule` that follows. `topic` is the topic of
// the inquiry and `through` the one of the rule that it is or lies below; both null when the rule
// does not ask for a topic.
std::string WhyItApplies(const SopRule& rule, Channel channel, const SopTopic* topic,
                         const SopTopic* through);

// The parts of a rule's sentences that are the same for every inquiry. Every decision names rules
// that did not apply, so they are put in words once.
struct RuleWords {
  // "‘Paspoort’ of ‘Rijbewijs’"
  std::string topics;
  // "telefoon, chat of balie"
  std::string channels;
};
RuleWords WordsOf(const Sop& sop, const SopRule& rule);

// A sentence for each condition that failed. `words` are those of `rule`; `topic` is null when none
// was chosen.
std::string WhyItDoesNot(const SopRule& rule, const RuleWords& words, const Verdict& verdict,
                         Channel channel, const SopTopic* topic);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_REASON_H_
