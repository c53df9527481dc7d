// Reads CSV (RFC 4180): quoted fields with commas, quotes and line ends in them.

#ifndef WISSEL_LIBS_IMPORT_CSV_H_
#define WISSEL_LIBS_IMPORT_CSV_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace wissel {

// A file of records, plain or compressed with gzip. Not thread-safe.
class CsvReader {
 public:
  // NOT_FOUND `no_such_file`.
  static absl::StatusOr<std::unique_ptr<CsvReader>> Open(const std::string& path);
  ~CsvReader();

  // The next record; false at the end of the file. DATA_LOSS when the file breaks off inside a
  // quoted field or its compression is damaged. A byte order mark at the start is passed over.
  absl::StatusOr<bool> Next(std::vector<std::string>* record);

  // Line on which the last record began, from 1.
  int64_t line() const { return record_line_; }
  // Share of the (compressed) file that has been read, 0 to 1.
  double progress() const;

 private:
  CsvReader() = default;
  int Take();

  struct File;
  std::unique_ptr<File> file_;
  int64_t next_line_ = 1;
  int64_t record_line_ = 0;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_CSV_H_
