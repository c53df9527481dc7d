#include "libs/municipality/municipality_snapshot.h"

#include <iterator>
#include <utility>

#include "libs/base/status.h"

namespace wissel::municipality {

void MunicipalitySnapshot::AddTeam(Team team) {
  if (team.is_kcc) kcc_team_id_ = team.team_id;
  std::string team_id = team.team_id;
  teams_.insert_or_assign(std::move(team_id), std::move(team));
}

void MunicipalitySnapshot::AddNorm(absl::string_view team_id, common::v1::Channel channel,
                                   absl::CivilDay valid_from, Norm norm) {
  norms_[{std::string(team_id), channel}].insert_or_assign(valid_from, norm);
}

const Team* MunicipalitySnapshot::FindTeam(absl::string_view team_id) const {
  const auto found = teams_.find(team_id);
  return found == teams_.end() ? nullptr : &found->second;
}

std::optional<Norm> MunicipalitySnapshot::NormAt(absl::string_view team_id,
                                                 common::v1::Channel channel,
                                                 absl::Time moment) const {
  const auto found = norms_.find({std::string(team_id), channel});
  if (found == norms_.end()) return std::nullopt;
  const auto later = found->second.upper_bound(absl::ToCivilDay(moment, zone));
  if (later == found->second.begin()) return std::nullopt;
  return std::prev(later)->second;
}

const calendar::Calendar* MunicipalitySnapshot::CalendarFor(bool statutory) const {
  const auto& calendar = statutory ? statutory_calendar : service_calendar;
  return calendar ? &*calendar : nullptr;
}

absl::Status NoSuchTeam(absl::string_view field) {
  return Error(absl::StatusCode::kNotFound, "no_such_team", "there is no such team", field);
}

}  // namespace wissel::municipality
