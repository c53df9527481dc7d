#include "services/insight/misroutes.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace wissel::insight {
namespace {

auto CellOf(const RoutedCase& of) {
  return std::tie(of.rule_id, of.team_id, of.misrouted, of.to_team_id);
}

}  // namespace

void FillMisroutes(absl::Span<const RoutedCase> cases, const rpc::Principal& who,
                   v1::ListMisroutesResponse* response) {
  // By rule and team, misrouted or not.
  std::map<std::pair<std::string, std::string>, int64_t> routed;
  int64_t by_rules = 0;
  int64_t misrouted = 0;
  v1::Misroute* cell = nullptr;
  for (size_t i = 0; i < cases.size(); ++i) {
    const RoutedCase& one = cases[i];
    if (i == 0 || CellOf(cases[i - 1]) != CellOf(one)) {
      routed[{one.rule_id, one.team_id}] += one.cell_cases;
      if (!one.rule_id.empty()) by_rules += one.cell_cases;
      if (!one.rule_id.empty() && one.misrouted) misrouted += one.cell_cases;
      if (!one.misrouted) continue;
      cell = response->add_misroutes();
      cell->set_rule_id(one.rule_id);
      cell->set_sop_version(one.cell_version);
      cell->set_from_team_id(one.team_id);
      cell->set_to_team_id(one.to_team_id);
      cell->set_cases(one.cell_cases);
    }
    if (!one.misrouted || cell->examples_size() == kMostExamples) continue;
    v1::MisroutedCase* example = cell->add_examples();
    example->set_reference(one.reference);
    if (who.MayReadCasesOf(one.holder_team_id)) example->set_reason(one.reason);
  }
  for (v1::Misroute& misroute : *response->mutable_misroutes()) {
    misroute.set_routed(routed[{misroute.rule_id(), misroute.from_team_id()}]);
  }
  std::stable_sort(
      response->mutable_misroutes()->begin(), response->mutable_misroutes()->end(),
      [](const v1::Misroute& a, const v1::Misroute& b) { return a.cases() > b.cases(); });
  response->set_routed(by_rules);
  response->set_misrouted(misrouted);
}

}  // namespace wissel::insight
