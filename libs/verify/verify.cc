#include "libs/verify/verify.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "libs/verify/rule_checks.h"
#include "libs/verify/team_checks.h"
#include "libs/verify/team_index.h"
#include "libs/verify/text_checks.h"

namespace wissel::router {

std::vector<Finding> Verify(const Sop& sop, const Surroundings& surroundings, SearchBudget budget) {
  const std::map<std::string, TeamEntry> teams = ReadTeams(sop, surroundings);
  const Space space(sop, HoursOf(teams));
  std::vector<std::string> numbers;
  for (const SopRule& rule : sop.rules) {
    numbers.push_back(teams.at(rule.then.team_id).transfer_number);
  }
  std::vector<Finding> findings = RuleChecks(sop, space, std::move(numbers), budget).Run();
  for (std::vector<Finding> more :
       {CheckTeams(sop, teams, surroundings.today), CheckTexts(sop, surroundings.today)}) {
    findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(a.place.line, a.place.column, a.kind) <
           std::tuple(b.place.line, b.place.column, b.kind);
  });
  return findings;
}

bool HasErrors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.severity == Finding::Severity::kError;
  });
}

}  // namespace wissel::router
