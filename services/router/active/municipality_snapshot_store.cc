#include "services/router/active/municipality_snapshot_store.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/telemetry/log.h"

namespace wissel::router {
namespace {

constexpr pg::Statement kMunicipality = {"router_house", R"(
  select m.tenant_id, m.time_zone, m.directory_version,
         (select c.definition::text from directory.calendar_view c
           where c.tenant_id = m.tenant_id
           order by c.version desc limit 1) as calendar
    from directory.municipality_view m where m.tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kTeams = {"router_house_teams", R"(
  select team_id, name, mailbox, transfer_number, members, has_norm, has_lead, is_kcc
    from directory.team_facts_view where tenant_id = (select wissel.tenant()))"};

absl::StatusOr<decision::ServiceHours> ReadHours(const std::string& zone_name,
                                                 const std::string& calendar) {
  WISSEL_ASSIGN_OR_RETURN(const absl::TimeZone zone, calendar::ZoneNamed(zone_name));
  if (calendar.empty()) return decision::ServiceHours(zone);
  directory::v1::Calendar stored;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(calendar, &stored, options).ok()) {
    return absl::InvalidArgumentError("the stored calendar is not the JSON of a calendar");
  }
  return decision::ServiceHours::Make(stored, zone);
}

}  // namespace

std::vector<pg::Statement> MunicipalitySnapshotStatements() { return {kMunicipality, kTeams}; }

absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> ReadMunicipalitySnapshot(
    pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result found, transaction.Run(kMunicipality));
  if (found.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition, "no_such_municipality",
                 "this municipality is not in the directory");
  }
  auto snapshot = std::make_shared<MunicipalitySnapshot>();
  snapshot->version = found[0].Int64("directory_version");
  absl::StatusOr<decision::ServiceHours> hours =
      ReadHours(found[0].TextOrEmpty("time_zone"), found[0].TextOrEmpty("calendar"));
  if (!hours.ok()) {
    telemetry::LogError("calendar_unreadable", {{"tenant", found[0].Text("tenant_id")},
                                                {"reason", hours.status().message()}});
    hours = decision::ServiceHours(calendar::Amsterdam());
  }
  snapshot->hours = *std::move(hours);
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kTeams));
  for (const pg::Result::Row row : rows) {
    snapshot->teams[row.TextOrEmpty("team_id")] = {
        .name = row.TextOrEmpty("name"),
        .mailbox = row.TextOrEmpty("mailbox"),
        .transfer_number = row.TextOrEmpty("transfer_number"),
        .members = row.Int32("members"),
        .has_lead = row.Bool("has_lead"),
        .has_norm = row.Bool("has_norm"),
        .is_kcc = row.Bool("is_kcc"),
        .hours = snapshot->hours.week()};
  }
  return std::shared_ptr<const MunicipalitySnapshot>(std::move(snapshot));
}

}  // namespace wissel::router
