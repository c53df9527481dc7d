#include "services/cases/directory/directory_store.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/calendar/calendar_proto.h"
#include "libs/calendar/time_zone.h"
#include "libs/telemetry/log.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kMunicipality = {"cases_directory_municipality", R"(
  select tenant_id, time_zone, directory_version from directory.municipality_view
   where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kTeams = {"cases_directory_teams", R"(
  select team_id, name, mailbox, is_kcc from directory.team_view
   where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kNorms = {"cases_directory_norms", R"(
  select team_id, channel, valid_from, working_days, statutory, first_attempt_counts
    from directory.norm_view where tenant_id = (select wissel.tenant()))"};

constexpr pg::Statement kCalendar = {"cases_directory_calendar", R"(
  select version, definition::text as definition from directory.calendar_view
   where tenant_id = (select wissel.tenant()) order by version desc limit 1)"};

constexpr pg::Statement kMunicipalities = {"cases_directory_list", R"(
  select tenant_id, directory_version from directory.municipality_view)"};

absl::StatusOr<calendar::Calendar> CalendarOf(const directory::v1::Calendar& stored,
                                              calendar::Kind kind, absl::TimeZone zone) {
  WISSEL_ASSIGN_OR_RETURN(calendar::Definition definition, calendar::FromProto(stored, kind, zone));
  return calendar::Calendar::Make(std::move(definition));
}

absl::Status AddCalendars(pg::Result::Row row, Directory& directory) {
  directory::v1::Calendar stored;
  if (!google::protobuf::util::JsonStringToMessage(row.TextOrEmpty("definition"), &stored).ok()) {
    return absl::InvalidArgumentError("the stored calendar is not the JSON of a calendar");
  }
  WISSEL_ASSIGN_OR_RETURN(calendar::Calendar service,
                          CalendarOf(stored, calendar::Kind::kService, directory.zone));
  WISSEL_ASSIGN_OR_RETURN(calendar::Calendar statutory,
                          CalendarOf(stored, calendar::Kind::kStatutory, directory.zone));
  directory.service_calendar = std::move(service);
  directory.statutory_calendar = std::move(statutory);
  directory.calendar_version = row.Int64("version");
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

std::vector<pg::Statement> DirectoryStatements() {
  return {kMunicipality, kTeams, kNorms, kCalendar, kMunicipalities};
}

absl::Status NoSuchMunicipality() {
  return Error(absl::StatusCode::kFailedPrecondition, "no_such_municipality",
               "this municipality is not in the directory");
}

absl::StatusOr<int64_t> ReadDirectoryVersion(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result found, transaction.Run(kMunicipality));
  if (found.empty()) return NoSuchMunicipality();
  return found[0].Int64("directory_version");
}

absl::StatusOr<std::shared_ptr<const Directory>> ReadDirectory(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result found, transaction.Run(kMunicipality));
  if (found.empty()) return NoSuchMunicipality();
  const pg::Result::Row municipality = found[0];
  const absl::string_view tenant_id = municipality.Text("tenant_id");
  auto directory = std::make_shared<Directory>();
  directory->version = municipality.Int64("directory_version");
  const absl::StatusOr<absl::TimeZone> zone = calendar::ZoneNamed(municipality.Text("time_zone"));
  if (!zone.ok()) telemetry::LogError("time_zone_unreadable", {{"tenant", tenant_id}});
  directory->zone = zone.ok() ? *zone : calendar::Amsterdam();

  WISSEL_ASSIGN_OR_RETURN(pg::Result teams, transaction.Run(kTeams));
  for (pg::Result::Row row : teams) {
    directory->AddTeam({.team_id = row.TextOrEmpty("team_id"),
                        .name = row.TextOrEmpty("name"),
                        .mailbox = row.TextOrEmpty("mailbox"),
                        .is_kcc = row.Bool("is_kcc")});
  }
  WISSEL_ASSIGN_OR_RETURN(pg::Result norms, transaction.Run(kNorms));
  for (pg::Result::Row row : norms) {
    directory->AddNorm(row.Text("team_id"), static_cast<common::v1::Channel>(row.Int32("channel")),
                       DayOf(row.Text("valid_from")),
                       {.working_days = row.Int32("working_days"),
                        .statutory = row.Bool("statutory"),
                        .first_attempt_counts = row.Bool("first_attempt_counts")});
  }
  WISSEL_ASSIGN_OR_RETURN(pg::Result calendars, transaction.Run(kCalendar));
  for (pg::Result::Row row : calendars) {
    const absl::Status added = AddCalendars(row, *directory);
    if (!added.ok()) {
      telemetry::LogError("calendar_unreadable",
                          {{"tenant", tenant_id}, {"reason", added.message()}});
    }
  }
  return directory;
}

absl::StatusOr<std::map<std::string, int64_t>> ListMunicipalities(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kMunicipalities));
  std::map<std::string, int64_t> versions;
  for (pg::Result::Row row : rows) {
    versions.insert({row.TextOrEmpty("tenant_id"), row.Int64("directory_version")});
  }
  return versions;
}

}  // namespace wissel::cases
