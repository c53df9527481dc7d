// What is found about teams, each by itself.

#ifndef WISSEL_LIBS_VERIFY_TEAM_CHECKS_H_
#define WISSEL_LIBS_VERIFY_TEAM_CHECKS_H_

#include <map>
#include <string>
#include <vector>

#include "libs/verify/finding.h"
#include "libs/verify/team_index.h"

namespace wissel::verify {

// Unknown and closed teams; teams with work and without mailbox, members, lead, norm or, where a
// rule needs them, hours or a number; a KCC without a lead; mailboxes of one person. A team that is
// unknown has no other findings.
std::vector<Finding> CheckTeams(const sop::Sop& sop, const std::map<std::string, TeamEntry>& teams,
                                absl::CivilDay today);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_TEAM_CHECKS_H_
