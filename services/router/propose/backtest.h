// How often an SOP gives past cases to the team that answered them.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_BACKTEST_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_BACKTEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "libs/decision/compiled_sop.h"
#include "services/router/propose/case_history.h"

namespace wissel::router {

// What one rule decided.
struct RuleScore {
  std::string rule_id;
  int64_t cases = 0;
  // Of these, answered by another team.
  int64_t wrong = 0;
};

// Cases of a topic that another team answered than the SOP says.
struct Confusion {
  std::string topic_id;
  // Empty: no rule applies.
  std::string by_sop;
  std::string by_history;
  int64_t cases = 0;
};

struct BacktestResult {
  int64_t cases = 0;
  int64_t right = 0;
  // Each rule of the SOP, in its order.
  std::vector<RuleScore> rules;
  // The most cases first.
  std::vector<Confusion> confusions;

  // 0 for no cases.
  double accuracy() const {
    return cases > 0 ? static_cast<double>(right) / static_cast<double>(cases) : 0;
  }
};

// Puts `cases` through `sop`, by nothing but channel, topic and area.
BacktestResult Backtest(const decision::CompiledSop& sop, absl::Span<const PastCase> cases);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_BACKTEST_H_
