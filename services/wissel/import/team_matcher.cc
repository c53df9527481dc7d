#include "services/wissel/import/team_matcher.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"
#include "libs/text/clean.h"
#include "libs/text/normal_form.h"
#include "services/wissel/command_app.h"

namespace wissel {
namespace {

using directory::v1::DirectoryService;
using directory::v1::Team;

// `teams[3].name` -> 3; the size of `teams` for another field.
size_t PlaceOf(absl::string_view field, size_t none) {
  size_t place = none;
  if (!absl::ConsumePrefix(&field, "teams[")) return none;
  return absl::SimpleAtoi(field.substr(0, field.find(']')), &place) ? place : none;
}

}  // namespace

std::string ComparedTeamName(absl::string_view name) {
  const std::string line = text::Clean(name, text::Shape::kLine).value_or(std::string(name));
  const std::string plain = text::PlainDashesAndBlanks(line);
  const std::vector<absl::string_view> words = absl::StrSplit(plain, ' ', absl::SkipEmpty());
  return text::FoldCase(absl::StrJoin(words, " "));
}

std::string TeamIdFor(absl::string_view name) {
  std::string id;
  for (const char c : name) {
    if (absl::ascii_isalnum(c)) {
      id += absl::ascii_tolower(c);
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  return std::string(absl::StripSuffix(id, "-"));
}

TeamMatcher::TeamMatcher(App& app, std::string tenant_id, bool validate_only)
    : app_(app),
      tenant_id_(std::move(tenant_id)),
      validate_only_(validate_only),
      directory_(DirectoryService::NewStub(app.channels().For("directory"))) {}

absl::Status TeamMatcher::ReadTeams() {
  directory::v1::ListTeamsResponse known;
  WISSEL_RETURN_IF_ERROR(
      CallAs(app_, tenant_id_, *directory_, &DirectoryService::Stub::ListTeams, {}, &known));
  for (const Team& team : known.teams()) {
    ids_.emplace(team.team_id(), team.team_id());
    used_ids_.insert(team.team_id());
  }
  for (const Team& team : known.teams()) ids_.emplace(team.name(), team.team_id());
  for (const Team& team : known.teams()) {
    ids_.emplace(ComparedTeamName(team.team_id()), team.team_id());
  }
  for (const Team& team : known.teams()) {
    ids_.emplace(ComparedTeamName(team.name()), team.team_id());
  }
  read_ = true;
  return absl::OkStatus();
}

absl::Status TeamMatcher::Ensure(const std::set<std::string>& names) {
  if (!read_) WISSEL_RETURN_IF_ERROR(ReadTeams());
  std::vector<Team> missing;
  for (const std::string& name : names) {
    if (ids_.contains(name)) continue;
    const std::string compared = ComparedTeamName(name);
    // Until it is made its id is the name; what comes of it is noted below.
    if (!ids_.emplace(compared, name).second) continue;
    Team& team = missing.emplace_back();
    team.set_team_id(name);
    team.set_name(name);
  }
  return Make(std::move(missing));
}

// The directory takes all or nothing, and names the first that it does not take.
absl::Status TeamMatcher::Make(std::vector<Team> teams) {
  while (!teams.empty()) {
    directory::v1::EnsureTeamsRequest request;
    request.mutable_teams()->Add(teams.begin(), teams.end());
    request.set_validate_only(validate_only_);
    directory::v1::EnsureTeamsResponse response;
    const absl::Status status = CallAs(app_, tenant_id_, *directory_,
                                       &DirectoryService::Stub::EnsureTeams, request, &response);
    if (status.ok()) break;
    if (!Settle(status, teams)) return status;
  }
  for (const Team& team : teams) {
    ids_.insert_or_assign(ComparedTeamName(team.name()), team.team_id());
    used_ids_.insert(team.team_id());
    made_.push_back(team.name());
  }
  return absl::OkStatus();
}

// Gives the team that was refused another id, or does without it; false if none was.
bool TeamMatcher::Settle(const absl::Status& refusal, std::vector<Team>& teams) {
  const std::vector<ErrorDetail> details = DetailsOf(refusal);
  if (details.empty()) return false;
  const size_t place = PlaceOf(details[0].field, teams.size());
  if (place >= teams.size()) return false;
  Team& team = teams[place];
  const std::string id = TeamIdFor(team.name());
  const bool about_id = absl::EndsWith(details[0].field, ".team_id");
  if (about_id && team.team_id() == team.name() && !id.empty() && id != team.team_id()) {
    std::string free = id;
    for (int next = 2; !used_ids_.insert(free).second; ++next) free = absl::StrCat(id, "-", next);
    team.set_team_id(free);
    return true;
  }
  const auto holder = details[0].facts.find("team_id");
  ids_.insert_or_assign(ComparedTeamName(team.name()),
                        holder == details[0].facts.end()
                            ? absl::StatusOr<std::string>(refusal)
                            : absl::StatusOr<std::string>(holder->second));
  teams.erase(teams.begin() + static_cast<std::ptrdiff_t>(place));
  return true;
}

absl::StatusOr<std::string> TeamMatcher::IdOf(const std::string& name) const {
  auto found = ids_.find(name);
  if (found == ids_.end()) found = ids_.find(ComparedTeamName(name));
  if (found == ids_.end()) return absl::InternalError("this team was not asked for");
  return found->second;
}

}  // namespace wissel
