#include "libs/verify/verify.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "libs/verify/rule_checks.h"
#include "libs/verify/team_checks.h"
#include "libs/verify/team_index.h"
#include "libs/verify/text_checks.h"

namespace wissel::verify {

std::vector<Finding> Verify(const sop::Sop& sop, const VerificationContext& context,
                            SearchBudget budget) {
  const std::map<std::string, TeamEntry> teams = ReadTeams(sop, context);
  const ContactSpace space(sop, HoursOf(teams));
  std::vector<std::string> numbers;
  for (const sop::SopRule& rule : sop.rules) {
    numbers.push_back(teams.at(rule.then.team_id).transfer_number);
  }
  std::vector<Finding> findings = RuleChecks(sop, space, std::move(numbers), budget).Run();
  for (std::vector<Finding> more :
       {CheckTeams(sop, teams, context.today), CheckTexts(sop, context.today)}) {
    findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(a.location.line, a.location.column, a.kind) <
           std::tuple(b.location.line, b.location.column, b.kind);
  });
  return findings;
}

bool HasErrors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.severity == Finding::Severity::kError;
  });
}

}  // namespace wissel::verify
