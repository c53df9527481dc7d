#include "libs/decision/compiled_sop.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/numeric/bits.h"
#include "libs/base/status.h"
#include "libs/decision/reason_text.h"
#include "libs/decision/rule_index.h"

namespace wissel::decision {

class CompiledSop::Impl {
 public:
  Impl(sop::Sop given, TeamDirectory given_facts)
      : sop(std::move(given)),
        facts(std::move(given_facts)),
        table(sop),
        reasons(sop, facts, table) {}

  // Without version and losing rules.
  v1::Decision Decide(size_t step, const RoutingRequest& request) const;
  // Steps before `winner` of the losing rules to name, in order.
  std::vector<size_t> Nearest(size_t winner, RuleIndex::View& view) const;
  const sop::SopRule& RuleAt(size_t step) const { return sop.rules[table.IndexOf(step)]; }
  void AddLoser(size_t step, const RuleEvaluation& evaluation, const RoutingRequest& request,
                v1::Decision& decision) const;

  const sop::Sop sop;
  const TeamDirectory facts;
  RuleIndex table;
  const ReasonText reasons;

 private:
  std::string NumberFor(const sop::Agreement& then) const;
};

v1::Decision CompiledSop::Impl::Decide(size_t step, const RoutingRequest& request) const {
  v1::Decision decision;
  if (step == table.steps()) {
    decision.set_reason(WhyNoRule());
    return decision;
  }
  const sop::SopRule& rule = RuleAt(step);
  decision.set_outcome(rule.then.outcome);
  decision.set_rule_id(rule.rule_id);
  decision.set_reason(reasons.WhyItApplies(rule, request));
  decision.set_team_id(rule.then.team_id);
  decision.set_steer_target(rule.then.steer_target);
  decision.set_steer_to(rule.then.steer_to);
  decision.set_phone_number(NumberFor(rule.then));
  decision.set_script(rule.then.script);
  for (const std::string& question : rule.then.questions) decision.add_questions(question);
  for (const sop::SopAnswer& known : rule.then.answers) {
    v1::KnownAnswer* answer = decision.add_answers();
    answer->set_question(known.question);
    answer->set_answer(known.answer);
  }
  return decision;
}

std::string CompiledSop::Impl::NumberFor(const sop::Agreement& then) const {
  if (!then.phone_number.empty() || then.outcome != v1::OUTCOME_TRANSFER) return then.phone_number;
  for (const sop::SopTeam& team : sop.teams) {
    if (team.team_id == then.team_id && !team.transfer_number.empty()) return team.transfer_number;
  }
  const auto known = facts.transfer_numbers.find(then.team_id);
  return known == facts.transfer_numbers.end() ? "" : known->second;
}

std::vector<size_t> CompiledSop::Impl::Nearest(size_t winner, RuleIndex::View& view) const {
  struct Loser {
    size_t step;
    int failed;
    int held;
  };
  std::vector<Loser> losers;
  losers.reserve(winner);
  for (size_t step = 0; step < winner; ++step) {
    const RuleEvaluation evaluation = table.Evaluate(step, view);
    const int failed = absl::popcount(evaluation.failed);
    losers.push_back({step, failed, absl::popcount(evaluation.asked) - failed});
  }
  const size_t most = std::min(kMostLosingRules, losers.size());
  std::partial_sort(losers.begin(), losers.begin() + most, losers.end(),
                    [](const Loser& a, const Loser& b) {
                      if (a.failed != b.failed) return a.failed < b.failed;
                      if (a.held != b.held) return a.held > b.held;
                      return a.step > b.step;
                    });
  std::vector<size_t> nearest;
  for (size_t i = 0; i < most; ++i) nearest.push_back(losers[i].step);
  std::sort(nearest.begin(), nearest.end());
  return nearest;
}

void CompiledSop::Impl::AddLoser(size_t step, const RuleEvaluation& evaluation,
                                 const RoutingRequest& request, v1::Decision& decision) const {
  const sop::SopRule& rule = RuleAt(step);
  v1::LosingRule* losing = decision.add_losing_rules();
  losing->set_rule_id(rule.rule_id);
  losing->set_reason(reasons.WhyItDoesNot(rule, evaluation, request));
}

CompiledSop::CompiledSop(std::unique_ptr<const Impl> impl, int64_t version)
    : impl_(std::move(impl)), version_(version) {}
CompiledSop::~CompiledSop() = default;

absl::StatusOr<std::shared_ptr<const CompiledSop>> CompiledSop::Compile(sop::Sop sop,
                                                                        int64_t version,
                                                                        TeamDirectory facts) {
  auto impl = std::make_unique<Impl>(std::move(sop), std::move(facts));
  WISSEL_RETURN_IF_ERROR(impl->table.Fill(impl->facts.team_hours));
  return std::shared_ptr<const CompiledSop>(new CompiledSop(std::move(impl), version));
}

const sop::Sop& CompiledSop::sop() const { return impl_->sop; }

size_t CompiledSop::Match(const RoutingRequest& request) const {
  RuleIndex::View view(impl_->table, request);
  const size_t step = impl_->table.Match(view);
  return step == impl_->table.steps() ? kNoRule : impl_->table.IndexOf(step);
}

v1::Decision CompiledSop::Decide(const RoutingRequest& request) const {
  RuleIndex::View view(impl_->table, request);
  const size_t winner = impl_->table.Match(view);
  v1::Decision decision = impl_->Decide(winner, request);
  decision.set_sop_version(version_);
  for (const size_t step : impl_->Nearest(winner, view)) {
    impl_->AddLoser(step, impl_->table.Evaluate(step, view), request, decision);
  }
  return decision;
}

Explanation CompiledSop::Explain(const RoutingRequest& request) const {
  RuleIndex::View view(impl_->table, request);
  const size_t winner = impl_->table.Match(view);
  Explanation explanation;
  explanation.decision = impl_->Decide(winner, request);
  explanation.decision.set_sop_version(version_);
  std::vector<RuleEvaluation> evaluations;
  for (size_t step = 0; step < winner; ++step) {
    evaluations.push_back(impl_->table.Evaluate(step, view));
    impl_->AddLoser(step, evaluations.back(), request, explanation.decision);
  }
  explanation.paragraph = Paragraph(explanation.decision, evaluations);
  return explanation;
}

}  // namespace wissel::decision
