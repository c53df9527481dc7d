// Finds the teams that a file of past cases names, and makes those that are not there.

#ifndef WISSEL_SERVICES_WISSEL_IMPORT_TEAM_MATCHER_H_
#define WISSEL_SERVICES_WISSEL_IMPORT_TEAM_MATCHER_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/wissel/app.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

namespace wissel {

// What names of teams are compared by: whatever the case of letters, and with single blanks.
std::string ComparedTeamName(absl::string_view name);

// An id of ASCII letters, digits and hyphens for a team of that name; empty if it has none of
// those.
std::string TeamIdFor(absl::string_view name);

// The teams of one municipality. Not thread-safe.
class TeamMatcher {
 public:
  // With `validate_only` no team is made, though everything is as if. `app` outlives the matcher.
  TeamMatcher(App& app, std::string tenant_id, bool validate_only);

  // Sees to it that a team is there for each of `names`: one whose id or else name it is, letter
  // case and blanks aside, or else a new one with that name, and as id the name or, where that is
  // not allowed, what TeamIdFor makes of it. A name that no team can have is remembered as such.
  // Fails only when the directory cannot be asked.
  absl::Status Ensure(const std::set<std::string>& names);

  // Id of the team for a name that was ensured; INVALID_ARGUMENT for one that no team can have.
  absl::StatusOr<std::string> IdOf(const std::string& name) const;

  // Names of the teams that were made.
  const std::vector<std::string>& made() const { return made_; }

 private:
  absl::Status ReadTeams();
  absl::Status Make(std::vector<directory::v1::Team> teams);
  bool Settle(const absl::Status& refusal, std::vector<directory::v1::Team>& teams);

  App& app_;
  const std::string tenant_id_;
  const bool validate_only_;
  std::unique_ptr<directory::v1::DirectoryService::Stub> directory_;
  bool read_ = false;
  // By id and by name, first as they are and then by ComparedTeamName.
  std::map<std::string, absl::StatusOr<std::string>> ids_;
  std::set<std::string> used_ids_;
  std::vector<std::string> made_;
};

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_IMPORT_TEAM_MATCHER_H_
