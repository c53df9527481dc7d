// What the services need to know of a municipality: teams, norms and calendars, as they stood at
// one version of the directory.

#ifndef WISSEL_LIBS_MUNICIPALITY_MUNICIPALITY_SNAPSHOT_H_
#define WISSEL_LIBS_MUNICIPALITY_MUNICIPALITY_SNAPSHOT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/calendar.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::municipality {

// A department team, or the KCC's own.
struct Team {
  std::string team_id;
  std::string name;
  // Group mailbox; empty for a team of imported history.
  std::string mailbox;
  // Empty if calls are not put through to the team.
  std::string transfer_number;
  bool is_kcc = false;
  // Place of the name among those of all teams in Dutch alphabetical order, from 1.
  int64_t place = 0;
};

// Within how many working days a team answers on a channel.
struct Norm {
  int working_days = 0;
  // Counted in the statutory calendar instead of the service calendar.
  bool statutory = false;
  // The first attempt to call back stops the clock.
  bool first_attempt_counts = false;
  // The share of answers in time that has to be exceeded, 0 to 1: for figures, not for clocks.
  double target_share = 0;
};

// A value that does not change once it is filled, so then it is thread-safe.
class MunicipalitySnapshot {
 public:
  // By team and channel, and then by the local date from which they hold.
  using Norms = absl::flat_hash_map<std::pair<std::string, common::v1::Channel>,
                                    std::map<absl::CivilDay, Norm>>;

  // The version that this was read at. It counts up with every change of teams, norms, calendars
  // or zone; who works in a team is no part of this.
  int64_t version = 0;
  absl::TimeZone zone;
  // Version of the calendars; 0 without calendars.
  int64_t calendar_version = 0;
  // Nothing if the municipality has none that can be read: then no norm clock can run and no day is
  // closed, and contacts are routed and registered all the same.
  std::optional<calendar::Calendar> service_calendar;
  std::optional<calendar::Calendar> statutory_calendar;

  void AddTeam(Team team);
  // A norm of a team and channel holds from a local date on, until a later one.
  void AddNorm(absl::string_view team_id, common::v1::Channel channel, absl::CivilDay valid_from,
               Norm norm);

  // By id.
  const absl::flat_hash_map<std::string, Team>& teams() const { return teams_; }
  // Null if there is none.
  const Team* FindTeam(absl::string_view team_id) const;
  // Id of the KCC's own team; empty if the municipality has none yet.
  const std::string& kcc_team_id() const { return kcc_team_id_; }
  // The KCC's own team, which also holds what could not be routed; null if the municipality has
  // none yet.
  const Team* kcc() const { return FindTeam(kcc_team_id_); }

  // A team and channel that never had a norm is not among them.
  const Norms& norms() const { return norms_; }
  // The norm that held on the local date of `moment`; nothing if none did.
  std::optional<Norm> NormAt(absl::string_view team_id, common::v1::Channel channel,
                             absl::Time moment) const;
  // Null if there is none.
  const calendar::Calendar* CalendarFor(bool statutory) const;

 private:
  absl::flat_hash_map<std::string, Team> teams_;
  std::string kcc_team_id_;
  Norms norms_;
};

// NOT_FOUND `no_such_team` with the field that names it.
absl::Status NoSuchTeam(absl::string_view field);

}  // namespace wissel::municipality

#endif  // WISSEL_LIBS_MUNICIPALITY_MUNICIPALITY_SNAPSHOT_H_
