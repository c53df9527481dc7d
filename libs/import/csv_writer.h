// Writes CSV (RFC 4180) that is safe to open in a spreadsheet. Everything that a spreadsheet may
// open is written through here.

#ifndef WISSEL_LIBS_IMPORT_CSV_WRITER_H_
#define WISSEL_LIBS_IMPORT_CSV_WRITER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wissel {

// Who reads a file.
enum class CsvReaderKind {
  // Programs: commas, decimal points.
  kProgram,
  // Excel as it is set up in the Netherlands: a byte order mark at the start, by which it knows
  // UTF-8, semicolons, decimal commas, and CRLF at the end of lines.
  kDutchExcel,
};

// Makes the text of one file, record by record. Not thread-safe.
class CsvWriter {
 public:
  explicit CsvWriter(CsvReaderKind reader);

  // Adds a field of text to the record at hand, quoted where needed. One that a spreadsheet would
  // take for a formula gets a quote mark before it: `=`, `+`, `-` and `@`, also as wide or small
  // forms, and also behind blanks, control characters and characters that are not seen, such as
  // U+202E, which spreadsheets pass over; and a tab or line end at the start.
  CsvWriter& Text(absl::string_view value);
  // Adds a number with digits, a sign and a decimal point. Empty: not known.
  CsvWriter& Number(absl::string_view value);
  CsvWriter& Number(int64_t value);
  // Ends the record.
  void EndRecord();

  // What was written since the last call, whole records only if called after EndRecord().
  std::string Take();

 private:
  void Add(std::string field);

  const bool is_excel_;
  bool is_record_begun_ = false;
  std::string text_;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_CSV_WRITER_H_
