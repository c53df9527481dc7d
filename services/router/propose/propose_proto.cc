#include "services/router/propose/propose_proto.h"

#include <algorithm>

#include "libs/sop/sop_writer.h"

namespace wissel::router {

void ToProto(const Proposal& proposal, v1::ProposeSopResponse* out) {
  out->set_document(sop::WriteSop(proposal.sop));
  for (const RuleScore& score : proposal.learned.rules) {
    v1::ProposedRule* rule = out->add_rules();
    rule->set_rule_id(score.rule_id);
    rule->set_support(score.cases);
    rule->set_error_rate(
        score.cases > 0 ? static_cast<double>(score.wrong) / static_cast<double>(score.cases) : 0);
  }
  for (const Contradiction& found : proposal.contradictions) {
    v1::Contradiction* contradiction = out->add_contradictions();
    contradiction->set_topic_id(found.topic_id);
    contradiction->set_neighbourhood(found.area);
    contradiction->set_channel(found.channel);
    for (const auto& [team_id, cases] : found.teams) {
      v1::TeamShare* team = contradiction->add_teams();
      team->set_team_id(team_id);
      team->set_cases(cases);
    }
  }
  out->set_cases(proposal.learned.cases);
  out->set_accuracy(proposal.learned.accuracy());
}

void ToProto(const BacktestResult& unseen, v1::HeldOut* out) {
  constexpr size_t kMostConfusions = 20;
  out->set_cases(unseen.cases);
  out->set_accuracy(unseen.accuracy());
  for (size_t i = 0; i < std::min(unseen.confusions.size(), kMostConfusions); ++i) {
    const Confusion& found = unseen.confusions[i];
    v1::Confusion* confusion = out->add_confusions();
    confusion->set_topic_id(found.topic_id);
    confusion->set_proposed_team_id(found.by_sop);
    confusion->set_answered_team_id(found.by_history);
    confusion->set_cases(found.cases);
  }
}

}  // namespace wissel::router
