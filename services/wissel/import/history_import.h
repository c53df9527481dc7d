// Imports a file of past cases in batches, through the cases service.

#ifndef WISSEL_SERVICES_WISSEL_IMPORT_HISTORY_IMPORT_H_
#define WISSEL_SERVICES_WISSEL_IMPORT_HISTORY_IMPORT_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/import/csv.h"
#include "libs/import/history_mapping.h"
#include "services/wissel/app.h"
#include "wissel/cases/v1/cases.grpc.pb.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

namespace wissel {

// What became of a file.
struct ImportTally {
  int64_t stored = 0;
  int64_t repeated = 0;
  int64_t rejected = 0;
};

// One import. Rows that cannot be taken go to the reject file with line, field and reason, and the
// rest goes on. Stopping half way loses nothing: the next run passes over what is there already,
// by the row's id in the source. Not thread-safe.
class HistoryImport {
 public:
  // `rejects_path` is written only when a row is rejected.
  HistoryImport(App& app, std::string tenant_id, std::string rejects_path);
  ~HistoryImport();

  // Makes the municipality and, as they come up, its teams; then stores the rows of `file`. Shows a
  // progress bar on standard error when that is a terminal.
  absl::StatusOr<ImportTally> Run(HistoryMapping mapping, CsvReader& file);

 private:
  absl::Status EnsureMunicipality(const HistoryMapping& mapping);
  absl::Status Send();
  absl::Status EnsureTeams();
  absl::Status Reject(int64_t line, absl::string_view field, absl::string_view reason);
  void ShowProgress(double share, bool last) const;

  App& app_;
  const std::string tenant_id_;
  const std::string rejects_path_;
  std::FILE* rejects_ = nullptr;
  std::unique_ptr<cases::v1::CaseService::Stub> cases_;
  std::unique_ptr<directory::v1::DirectoryService::Stub> directory_;
  std::set<std::string> known_teams_;
  // The batch that is being filled, and the line of each of its rows.
  cases::v1::ImportCasesRequest batch_;
  std::vector<int64_t> lines_;
  ImportTally tally_;
};

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_IMPORT_HISTORY_IMPORT_H_
