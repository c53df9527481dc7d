// Imports a file of past cases in batches, through the cases service.

#ifndef WISSEL_SERVICES_WISSEL_IMPORT_HISTORY_IMPORT_H_
#define WISSEL_SERVICES_WISSEL_IMPORT_HISTORY_IMPORT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "libs/import/csv_reader.h"
#include "libs/import/history_row_reader.h"
#include "services/wissel/app.h"
#include "services/wissel/import/import_report.h"
#include "services/wissel/import/team_matcher.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

namespace wissel {

// How an import goes about.
struct HistoryImportOptions {
  // Code of the municipality.
  std::string tenant_id;
  // Everything is read and checked, and nothing stored.
  bool validate_only = false;
  // Asked after every batch; the import ends with CANCELLED once it says so.
  std::function<bool()> stopped = [] { return false; };
};

// One import. Rows that cannot be taken go to the report with line, column, reason and what would
// be right, and the rest goes on. Stopping half way loses nothing: the next run passes over what is
// there already, by the row's id in the source. Not thread-safe.
class HistoryImport {
 public:
  // `app` and `report` outlive the import.
  HistoryImport(App& app, HistoryImportOptions options, ImportReport& report);

  // Makes the municipality and, as they come up, its teams; then stores the rows of `file`. Shows a
  // progress bar on standard error when that is a terminal. Whatever this returns, tally() tells
  // what became of the rows so far; the message of an error that comes half way names the line.
  absl::Status Run(const HistoryMapping& mapping, CsvReader& file);

  const ImportTally& tally() const { return tally_; }
  // Names of the teams that were made.
  const std::vector<std::string>& made_teams() const { return teams_.made(); }

 private:
  // A row that waits for its batch.
  struct Row {
    int64_t line;
    HistoryRow read;
  };

  absl::Status Start(const HistoryMapping& mapping, CsvReader& file);
  absl::Status EnsureMunicipality(const HistoryMapping& mapping);
  absl::Status ReadRows(CsvReader& file);
  void Take(const CsvRecord& record);
  absl::Status Send();
  absl::Status Deliver(absl::Span<const Row* const> rows);
  void RenewStatistics();
  void Note(const cases::v1::ImportCasesResponse& response, absl::Span<const Row* const> rows);
  void NoteTaken(const Row& row);
  void Reject(int64_t line, const absl::Status& why);
  void ShowProgress(double share, bool last) const;
  const HistoryMapping& mapping() const { return reader_->mapping(); }

  App& app_;
  const HistoryImportOptions options_;
  ImportReport& report_;
  std::unique_ptr<cases::v1::CaseService::Stub> cases_;
  TeamMatcher teams_;
  std::optional<HistoryRowReader> reader_;
  std::vector<Row> batch_;
  // Hashes of the ids seen, where nothing is stored that could tell: 8 bytes a row.
  absl::flat_hash_set<size_t> seen_ids_;
  ImportTally tally_;
};

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_IMPORT_HISTORY_IMPORT_H_
