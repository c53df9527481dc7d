// What registration needs to know of a municipality: teams, norms and calendars, as they stood at
// one version of the directory.

#ifndef WISSEL_SERVICES_CASES_DIRECTORY_DIRECTORY_H_
#define WISSEL_SERVICES_CASES_DIRECTORY_DIRECTORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/calendar.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::cases {

// A department team, or the KCC's own.
struct Team {
  std::string team_id;
  std::string name;
  // Group mailbox; empty for a team of imported history.
  std::string mailbox;
  bool is_kcc = false;
};

// Within how many working days a team answers on a channel.
struct Norm {
  int working_days = 0;
  // Counted in the statutory calendar instead of the service calendar.
  bool statutory = false;
  // The first attempt to call back stops the clock.
  bool first_attempt_counts = false;
};

// Decides what is overdue and due today.
struct Today {
  absl::Time now;
  // Midnight at its end, where the municipality is.
  absl::Time end;
};

// A value that does not change once it is filled, so then it is thread-safe.
class Directory {
 public:
  // The version that this was read at; it counts up with every change.
  int64_t version = 0;
  absl::TimeZone zone;
  // Version of the calendars; 0 without calendars.
  int64_t calendar_version = 0;
  // Nothing if the municipality has none that can be read: then no norm clock can run, and a
  // contact is registered all the same.
  std::optional<calendar::Calendar> service_calendar;
  std::optional<calendar::Calendar> statutory_calendar;

  Today TodayAt(absl::Time now) const;

  void AddTeam(Team team);
  // A norm of a team and channel holds from a local date on, until a later one.
  void AddNorm(absl::string_view team_id, common::v1::Channel channel, absl::CivilDay valid_from,
               Norm norm);

  // Null if there is none.
  const Team* FindTeam(absl::string_view team_id) const;
  // Id of the KCC's own team; empty if the municipality has none yet.
  const std::string& kcc_team_id() const { return kcc_team_id_; }
  // The KCC's own team, which also holds what could not be routed; null if the municipality has
  // none yet.
  const Team* kcc() const { return FindTeam(kcc_team_id_); }
  // The norm that held on the local date of `moment`; nothing if none did.
  std::optional<Norm> NormAt(absl::string_view team_id, common::v1::Channel channel,
                             absl::Time moment) const;
  // Null if there is none.
  const calendar::Calendar* CalendarFor(bool statutory) const;

 private:
  absl::flat_hash_map<std::string, Team> teams_;
  std::string kcc_team_id_;
  // By start date, for each team and channel.
  absl::flat_hash_map<std::pair<std::string, int>, std::map<absl::CivilDay, Norm>> norms_;
};

// NOT_FOUND `no_such_team` with the field that names it.
absl::Status NoSuchTeam(absl::string_view field);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_DIRECTORY_DIRECTORY_H_
