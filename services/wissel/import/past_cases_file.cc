#include "services/wissel/import/past_cases_file.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/import/csv.h"

namespace wissel {

absl::StatusOr<std::vector<router::PastCase>> ReadPastCasesFile(const std::string& path,
                                                                const HistoryMapping& mapping) {
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> file, CsvReader::Open(path));
  std::vector<std::string> row;
  WISSEL_ASSIGN_OR_RETURN(const bool has_header, file->Next(&row));
  if (!has_header) return InvalidField("file", "empty_file", "the file has no header line");
  WISSEL_ASSIGN_OR_RETURN(const HistoryRowReader reader, HistoryRowReader::Make(mapping, row));
  std::vector<router::PastCase> cases;
  while (true) {
    WISSEL_ASSIGN_OR_RETURN(const bool more, file->Next(&row));
    if (!more) return cases;
    const absl::StatusOr<cases::v1::ImportedCase> past = reader.Read(row);
    if (!past.ok()) {
      return InvalidField("file", "invalid_row",
                          absl::StrCat("line ", file->line(), ": ", past.status().message()));
    }
    cases.push_back({.day = absl::ToCivilDay(FromProto(past->opened_at()), mapping.time_zone),
                     .channel = past->channel(),
                     .topic_id = past->topic_id(),
                     .neighbourhood = past->neighbourhood(),
                     .postcode = past->postcode(),
                     .team_id = past->team_id()});
  }
}

}  // namespace wissel
