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

namespace wissel::router {

// Puts the rules of one SOP in words.
class Reasons {
 public:
  // All outlive it; the table may still be filled.
  Reasons(const Sop& sop, const HouseFacts& facts, const RuleTable& table)
      : sop_(sop), facts_(facts), table_(table) {}

  // One sentence: what to do, and by which conditions of `rule` that follows.
  std::string WhyItApplies(const SopRule& rule, const Inquiry& inquiry) const;

  // A sentence for each condition that failed.
  std::string WhyItDoesNot(const SopRule& rule, const Verdict& verdict,
                           const Inquiry& inquiry) const;

 private:
  // "het thema is ‘Paspoort’ en het kanaal is telefoon"; empty for no conditions.
  std::string Causes(const Conditions& conditions, const Agreement& then,
                     const Inquiry& inquiry) const;
  std::string TopicCause(const Conditions& conditions, const Inquiry& inquiry) const;
  std::string WhatToDo(const Agreement& then) const;
  // "het team Burgerzaken"
  std::string Team(const std::string& team_id) const;
  std::string Areas(const Conditions& conditions) const;
  std::string MenuChoices(const Conditions& conditions) const;

  const Sop& sop_;
  const HouseFacts& facts_;
  const RuleTable& table_;
};

// For a contact that no rule takes.
std::string WhyNoRule();

// A decision in one paragraph: what, by which rule of which version, and how the rules that were
// tried before failed. `decision` has all of these as losing rules, each with its verdict.
std::string Paragraph(const v1::Decision& decision, const std::vector<Verdict>& verdicts);

}  // namespace wissel::router

#endif  // WISSEL_LIBS_DECISION_REASON_TEXT_H_
