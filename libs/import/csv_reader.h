// Reads tables of text, RFC 4180 and what spreadsheets make of it: quoted fields with delimiters,
// quote marks and line ends in them, and any of several delimiters.

#ifndef WISSEL_LIBS_IMPORT_CSV_READER_H_
#define WISSEL_LIBS_IMPORT_CSV_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/import/text_file.h"

namespace wissel {

// How a file is to be read; what is absent is found out.
struct CsvOptions {
  std::optional<TextEncoding> encoding;
  // A comma, semicolon, tab or vertical bar.
  std::optional<char> delimiter;
};

// A row of the file.
struct CsvRecord {
  // On which it began, from 1.
  int64_t line = 0;
  std::vector<std::string> fields;
  // What keeps it from being read, INVALID_ARGUMENT `open_quote` or `too_long` with the fact
  // `expected`; OK otherwise.
  absl::Status fault;
};

// A file of records. At most a record and a little is in memory, whatever the file holds. Not
// thread-safe.
class CsvReader {
 public:
  // Without a delimiter a first line `sep=;` tells it, or else the one that the first line has most
  // of; a comma where it has none. NOT_FOUND `no_such_file`; DATA_LOSS as Next.
  static absl::StatusOr<std::unique_ptr<CsvReader>> Open(const std::string& path,
                                                         const CsvOptions& options = {});

  // The next record that is not blank; false at the end. A record with a quote mark that is never
  // closed, or of more than 1 MiB, has a fault, and reading goes on with the next line. DATA_LOSS
  // `damaged_file` when the compression is damaged.
  absl::StatusOr<bool> Next(CsvRecord* record);

  char delimiter() const { return delimiter_; }
  TextEncoding encoding() const { return file_->encoding(); }
  // Line on which the last record began, from 1; 0 before the first.
  int64_t line() const { return line_; }
  // Share of the (compressed) file that has been read, 0 to 1.
  double progress() const { return file_->progress(); }

 private:
  enum class End { kRecord, kFile, kOpenQuote, kTooLong };

  explicit CsvReader(std::unique_ptr<TextFile> file) : file_(std::move(file)) {}
  absl::Status FindDelimiter();
  absl::StatusOr<bool> Have(size_t index);
  absl::StatusOr<End> Scan(std::vector<std::string>* fields);
  absl::Status PassOverLine();
  void MoveTo(size_t index);

  std::unique_ptr<TextFile> file_;
  char delimiter_ = ',';
  // Text from the beginning of the record that is being read.
  std::string text_;
  size_t begin_ = 0;
  // Where the record that Scan has read ends.
  size_t end_ = 0;
  int64_t next_line_ = 1;
  int64_t line_ = 0;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_CSV_READER_H_
