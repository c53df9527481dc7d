#include "services/wissel/import/past_cases_file.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/import/csv_reader.h"
#include "libs/import/history_row_reader.h"

namespace wissel {

absl::StatusOr<PastCasesFile> ReadPastCasesFile(const std::string& path,
                                                const HistoryMapping& mapping) {
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> file,
                          CsvReader::Open(path, mapping.csv));
  CsvRecord record;
  WISSEL_ASSIGN_OR_RETURN(const bool has_header, file->Next(&record));
  if (!has_header) return InvalidField("file", "empty_file", "the file has no header line");
  WISSEL_ASSIGN_OR_RETURN(const HistoryRowReader reader,
                          HistoryRowReader::Make(mapping, record.fields));
  PastCasesFile read;
  while (true) {
    WISSEL_ASSIGN_OR_RETURN(const bool more, file->Next(&record));
    if (!more) return read;
    const absl::StatusOr<HistoryRow> row =
        record.fault.ok() ? reader.Read(record.fields) : absl::StatusOr<HistoryRow>(record.fault);
    if (!row.ok()) {
      if (++read.passed_over == 1) {
        read.first_fault = absl::StrCat("line ", record.line, ": ", row.status().message());
      }
      continue;
    }
    const cases::v1::ImportedCase& past = row->past;
    read.cases.push_back({.day = absl::ToCivilDay(FromProto(past.opened_at()), mapping.time_zone),
                          .channel = past.channel(),
                          .topic_id = past.topic_id(),
                          .neighbourhood = past.neighbourhood(),
                          .postcode = past.postcode(),
                          .team_id = past.team_id()});
  }
}

}  // namespace wissel
