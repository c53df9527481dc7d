// Past cases straight from a file, without an installation.

#ifndef WISSEL_SERVICES_WISSEL_IMPORT_PAST_CASES_FILE_H_
#define WISSEL_SERVICES_WISSEL_IMPORT_PAST_CASES_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/import/history_mapping.h"
#include "services/router/propose/case_history.h"

namespace wissel {

// The rows of a file that could be read.
struct PastCasesFile {
  std::vector<router::PastCase> cases;
  int64_t passed_over = 0;
  // Line and reason of the first row that was passed over.
  std::string first_fault;
};

// Every row of the CSV file at `path` that can be read, by local day of the mapping's zone, open
// cases too: their team is the one that holds them. NOT_FOUND `no_such_file`, `no_such_column`;
// INVALID_ARGUMENT for a file without a header.
absl::StatusOr<PastCasesFile> ReadPastCasesFile(const std::string& path,
                                                const HistoryMapping& mapping);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_IMPORT_PAST_CASES_FILE_H_
