#include "libs/municipality/snapshot_store.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "libs/base/status.h"
#include "libs/calendar/calendar_proto.h"
#include "libs/calendar/time_zone.h"
#include "libs/telemetry/log.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::municipality {
namespace {

constexpr pg::Statement kMunicipality = {"municipality_row", R"(
  select tenant_id, time_zone, directory_version from directory.municipality_view
   where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kTeams = {"municipality_teams", R"(
  select team_id, name, mailbox, transfer_number, is_kcc,
         row_number() over (order by name collate "nl-x-icu", team_id) as place
    from directory.team_view where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kNorms = {"municipality_norms", R"(
  select team_id, channel, valid_from, working_days, statutory, first_attempt_counts, target_share
    from directory.norm_view where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kCalendar = {"municipality_calendar", R"(
  select version, definition::text as definition from directory.calendar_view
   where tenant_id = (select wissel.tenant()) order by version desc limit 1)"};

constexpr pg::Statement kMunicipalities = {"municipality_list", R"(
  select tenant_id, directory_version from directory.municipality_view)"};

absl::StatusOr<calendar::Calendar> CalendarOf(const directory::v1::Calendar& stored,
                                              calendar::Kind kind, absl::TimeZone zone) {
  WISSEL_ASSIGN_OR_RETURN(calendar::Definition definition, calendar::FromProto(stored, kind, zone));
  return calendar::Calendar::Make(std::move(definition));
}

absl::Status AddCalendars(pg::Result::Row row, MunicipalitySnapshot& snapshot) {
  directory::v1::Calendar stored;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(row.TextOrEmpty("definition"), &stored, options)
           .ok()) {
    return absl::InvalidArgumentError("the stored calendar is not the JSON of a calendar");
  }
  WISSEL_ASSIGN_OR_RETURN(calendar::Calendar service,
                          CalendarOf(stored, calendar::Kind::kService, snapshot.zone));
  WISSEL_ASSIGN_OR_RETURN(calendar::Calendar statutory,
                          CalendarOf(stored, calendar::Kind::kStatutory, snapshot.zone));
  snapshot.service_calendar = std::move(service);
  snapshot.statutory_calendar = std::move(statutory);
  snapshot.calendar_version = row.Int64("version");
  return absl::OkStatus();
}

absl::CivilDay DayOf(absl::string_view text) {
  absl::CivilDay day;
  // What PostgreSQL writes and Abseil does not read is a date beyond its years: never, or always.
  if (!absl::ParseCivilTime(text, &day)) {
    return text == "-infinity" ? absl::CivilDay::min() : absl::CivilDay::max();
  }
  return day;
}

}  // namespace

std::vector<pg::Statement> SnapshotStatements() {
  return {kMunicipality, kTeams, kNorms, kCalendar, kMunicipalities};
}

absl::Status NoSuchMunicipality() {
  return Error(absl::StatusCode::kFailedPrecondition, "no_such_municipality",
               "this municipality is not in the directory");
}

absl::StatusOr<int64_t> ReadVersion(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result found, transaction.Run(kMunicipality));
  if (found.empty()) return NoSuchMunicipality();
  return found[0].Int64("directory_version");
}

absl::StatusOr<std::shared_ptr<const MunicipalitySnapshot>> ReadSnapshot(
    pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result found, transaction.Run(kMunicipality));
  if (found.empty()) return NoSuchMunicipality();
  const pg::Result::Row municipality = found[0];
  const absl::string_view tenant_id = municipality.Text("tenant_id");
  auto snapshot = std::make_shared<MunicipalitySnapshot>();
  snapshot->version = municipality.Int64("directory_version");
  const absl::StatusOr<absl::TimeZone> zone = calendar::ZoneNamed(municipality.Text("time_zone"));
  if (!zone.ok()) telemetry::LogError("time_zone_unreadable", {{"tenant", tenant_id}});
  snapshot->zone = zone.ok() ? *zone : calendar::Amsterdam();

  WISSEL_ASSIGN_OR_RETURN(pg::Result teams, transaction.Run(kTeams));
  for (pg::Result::Row row : teams) {
    snapshot->AddTeam({.team_id = row.TextOrEmpty("team_id"),
                       .name = row.TextOrEmpty("name"),
                       .mailbox = row.TextOrEmpty("mailbox"),
                       .transfer_number = row.TextOrEmpty("transfer_number"),
                       .is_kcc = row.Bool("is_kcc"),
                       .place = row.Int64("place")});
  }
  WISSEL_ASSIGN_OR_RETURN(pg::Result norms, transaction.Run(kNorms));
  for (pg::Result::Row row : norms) {
    snapshot->AddNorm(row.Text("team_id"), static_cast<common::v1::Channel>(row.Int32("channel")),
                      DayOf(row.Text("valid_from")),
                      {.working_days = row.Int32("working_days"),
                       .statutory = row.Bool("statutory"),
                       .first_attempt_counts = row.Bool("first_attempt_counts"),
                       .target_share = row.Double("target_share")});
  }
  WISSEL_ASSIGN_OR_RETURN(pg::Result calendars, transaction.Run(kCalendar));
  for (pg::Result::Row row : calendars) {
    const absl::Status added = AddCalendars(row, *snapshot);
    if (!added.ok()) {
      telemetry::LogError("calendar_unreadable",
                          {{"tenant", tenant_id}, {"reason", added.message()}});
    }
  }
  return snapshot;
}

absl::StatusOr<std::map<std::string, int64_t>> ListMunicipalities(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kMunicipalities));
  std::map<std::string, int64_t> versions;
  for (pg::Result::Row row : rows) {
    versions.insert({row.TextOrEmpty("tenant_id"), row.Int64("directory_version")});
  }
  return versions;
}

}  // namespace wissel::municipality
