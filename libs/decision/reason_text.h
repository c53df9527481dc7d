// The words of a decision, for KCC agents and teams: plain Dutch (B1), without anything that the
// resident typed. Pure and thread-safe.

#ifndef WISSEL_LIBS_DECISION_REASON_TEXT_H_
#define WISSEL_LIBS_DECISION_REASON_TEXT_H_

#include <string>
#include <vector>

#include "libs/decision/routing_request.h"
#include "libs/decision/rule_index.h"
#include "libs/decision/team_directory.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

namespace v1 = ::wissel::routing::v1;

// Puts the rules of one SOP in words.
class ReasonText {
 public:
  // All outlive it; the table may still be filled.
  ReasonText(const sop::Sop& sop, const TeamDirectory& facts, const RuleIndex& table)
      : sop_(sop), facts_(facts), table_(table) {}

  // One sentence: what to do, and by which conditions of `rule` that follows.
  std::string WhyItApplies(const sop::SopRule& rule, const RoutingRequest& request) const;

  // A sentence for each condition that failed.
  std::string WhyItDoesNot(const sop::SopRule& rule, const RuleEvaluation& evaluation,
                           const RoutingRequest& request) const;

 private:
  // "het thema is ‘Paspoort’ en het kanaal is telefoon"; empty for no conditions.
  std::string Causes(const sop::Conditions& conditions, const sop::Agreement& then,
                     const RoutingRequest& request) const;
  std::string TopicCause(const sop::Conditions& conditions, const RoutingRequest& request) const;
  std::string WhatToDo(const sop::Agreement& then) const;
  // "het team Burgerzaken"
  std::string Team(const std::string& team_id) const;
  std::string Areas(const sop::Conditions& conditions) const;
  std::string MenuChoices(const sop::Conditions& conditions) const;

  const sop::Sop& sop_;
  const TeamDirectory& facts_;
  const RuleIndex& table_;
};

// For a contact that no rule takes.
std::string WhyNoRule();

// A decision in one paragraph: what, by which rule of which version, and how the rules that were
// tried before failed. `decision` has all of these as losing rules, each with its evaluation.
std::string Paragraph(const v1::Decision& decision, const std::vector<RuleEvaluation>& evaluations);

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_REASON_TEXT_H_
