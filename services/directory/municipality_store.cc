#include "services/directory/municipality_store.h"

#include <google/protobuf/util/json_util.h>

#include <string>

#include "libs/base/status.h"

namespace wissel::directory {
namespace {

constexpr pg::Statement kList = {"directory_list_municipalities", R"(
  select tenant_id, name, time_zone from directory.municipality
   order by name collate "nl-x-icu", tenant_id)"};

constexpr pg::Statement kLock = {"directory_lock_municipality", R"(
  select tenant_id, name, time_zone from directory.municipality
   where tenant_id = wissel.tenant()
     for no key update)"};

constexpr pg::Statement kInsert = {"directory_insert_municipality", R"(
  insert into directory.municipality (tenant_id, name, time_zone) values ($1, $2, $3)
  on conflict (tenant_id) do nothing)"};

constexpr pg::Statement kUpdate = {"directory_update_municipality", R"(
  update directory.municipality
     set name = $1, time_zone = $2, directory_version = directory_version + 1
   where tenant_id = wissel.tenant() and (name, time_zone) <> ($1, $2))"};

constexpr pg::Statement kAdvanceSop = {"directory_advance_sop", R"(
  update directory.municipality set sop_version = $1::bigint
   where tenant_id = wissel.tenant() and sop_version < $1::bigint)"};

constexpr pg::Statement kInsertCalendar = {"directory_insert_calendar", R"(
  insert into directory.calendar (tenant_id, version, definition)
  select wissel.tenant(), coalesce(max(version), 0) + 1, $1::jsonb
    from directory.calendar where tenant_id = wissel.tenant()
  returning version)"};

constexpr pg::Statement kFindCalendar = {"directory_find_calendar", R"(
  select version, definition::text as definition from directory.calendar
   where tenant_id = wissel.tenant()
   order by version desc limit 1)"};

absl::Status UnknownMunicipality() {
  return Error(absl::StatusCode::kNotFound, "unknown_municipality",
               "there is no municipality with this code");
}

Municipality Read(const pg::Result::Row& row) {
  return {.tenant_id = row.TextOrEmpty("tenant_id"),
          .name = row.TextOrEmpty("name"),
          .time_zone = row.TextOrEmpty("time_zone")};
}

}  // namespace

std::vector<pg::Statement> MunicipalityStatements() {
  return {kList, kLock, kInsert, kUpdate, kAdvanceSop, kInsertCalendar, kFindCalendar};
}

absl::StatusOr<std::vector<Municipality>> ListAllMunicipalities(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kList));
  std::vector<Municipality> all;
  for (const pg::Result::Row row : rows) all.push_back(Read(row));
  return all;
}

absl::StatusOr<Municipality> LockMunicipality(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kLock));
  if (rows.empty()) return UnknownMunicipality();
  return Read(rows[0]);
}

absl::StatusOr<bool> InsertMunicipality(pg::Transaction& transaction,
                                        const Municipality& municipality) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kInsert, {municipality.tenant_id, municipality.name,
                                                    municipality.time_zone}));
  return rows.affected() == 1;
}

absl::Status UpdateMunicipality(pg::Transaction& transaction, const Municipality& municipality) {
  return transaction.Run(kUpdate, {municipality.name, municipality.time_zone}).status();
}

absl::StatusOr<bool> AdvanceSop(pg::Transaction& transaction, int64_t version) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kAdvanceSop, {version}));
  return rows.affected() == 1;
}

absl::StatusOr<int64_t> InsertCalendar(pg::Transaction& transaction, const v1::Calendar& calendar) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(calendar, &json).ok()) {
    return absl::InternalError("a calendar could not be written as JSON");
  }
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kInsertCalendar, {json}));
  return rows[0].Int64("version");
}

absl::StatusOr<v1::GetCalendarResponse> FindCalendar(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kFindCalendar));
  if (rows.empty()) return UnknownMunicipality();
  v1::GetCalendarResponse found;
  found.set_version(rows[0].Int64("version"));
  google::protobuf::util::JsonParseOptions options;
  // A newer release may have written fields that this one does not know.
  options.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(rows[0].TextOrEmpty("definition"),
                                                   found.mutable_calendar(), options)
           .ok()) {
    return absl::InternalError("a stored calendar could not be read");
  }
  return found;
}

}  // namespace wissel::directory
