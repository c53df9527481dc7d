#include "services/router/propose/backtest.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace wissel::router {

BacktestResult Backtest(const decision::CompiledSop& sop, absl::Span<const PastCase> cases) {
  BacktestResult card;
  for (const sop::SopRule& rule : sop.sop().rules) card.rules.push_back({rule.rule_id, 0, 0});
  std::map<std::tuple<std::string, std::string, std::string>, int64_t> confusions;
  for (const PastCase& past : cases) {
    decision::RoutingRequest request;
    request.channel = past.channel;
    request.topic_id = past.topic_id;
    request.neighbourhood = past.neighbourhood;
    request.postcode = past.postcode;
    const size_t match = sop.Match(request);
    const std::string team = match == decision::kNoRule ? "" : sop.sop().rules[match].then.team_id;
    const bool right = team == past.team_id;
    card.cases += past.cases;
    if (match != decision::kNoRule) card.rules[match].cases += past.cases;
    if (right) {
      card.right += past.cases;
      continue;
    }
    if (match != decision::kNoRule) card.rules[match].wrong += past.cases;
    confusions[{past.topic_id, team, past.team_id}] += past.cases;
  }
  for (const auto& [key, count] : confusions) {
    const auto& [topic, by_sop, by_history] = key;
    card.confusions.push_back({topic, by_sop, by_history, count});
  }
  std::stable_sort(card.confusions.begin(), card.confusions.end(),
                   [](const Confusion& a, const Confusion& b) { return a.cases > b.cases; });
  return card;
}

}  // namespace wissel::router
