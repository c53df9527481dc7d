// The file that tells what became of rows that were not simply taken, and the tally of an import.

#ifndef WISSEL_SERVICES_WISSEL_IMPORT_IMPORT_REPORT_H_
#define WISSEL_SERVICES_WISSEL_IMPORT_IMPORT_REPORT_H_

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wissel {

// What became of a file so far.
struct ImportTally {
  int64_t stored = 0;
  int64_t repeated = 0;
  int64_t rejected = 0;
  // Taken, though not as they stand in the file.
  int64_t adjusted = 0;
  // Known already, with another content; and those of them that were brought up to date.
  int64_t changed = 0;
  int64_t updated = 0;
  // New rows for which `due: norm` found no norm or no calendar.
  int64_t without_norm = 0;
  // Rows by column and value, for values that the mapping does not name; at most kUnnamedMax.
  std::map<std::pair<std::string, std::string>, int64_t> unnamed;
};

// Different unnamed values that are counted one by one; all others together, as kOtherValues.
inline constexpr size_t kUnnamedMax = 100;
inline constexpr char kOtherValues[] = "(others)";

// A CSV file with the columns line, field, reason, expected, result. It is made with its first row,
// readable by its owner alone: an input may lie where nothing can be written, and mostly all is
// well. Not thread-safe.
class ImportReport {
 public:
  // Removes a report of before. FAILED_PRECONDITION `not_a_report` for another file that is there.
  static absl::StatusOr<std::unique_ptr<ImportReport>> At(const std::string& path);
  ~ImportReport();

  // `result` is rejected, adjusted, changed or updated.
  void Add(int64_t line, absl::string_view field, absl::string_view reason,
           absl::string_view expected, absl::string_view result);

  // INVALID_ARGUMENT `not_writable` once a row could not be written.
  const absl::Status& status() const { return status_; }
  const std::string& path() const { return path_; }
  bool empty() const { return file_ == nullptr; }

 private:
  explicit ImportReport(std::string path) : path_(std::move(path)) {}

  const std::string path_;
  std::FILE* file_ = nullptr;
  absl::Status status_;
};

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_IMPORT_IMPORT_REPORT_H_
