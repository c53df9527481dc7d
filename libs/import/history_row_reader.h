// Makes past cases of the rows of a file, by its mapping.

#ifndef WISSEL_LIBS_IMPORT_HISTORY_ROW_READER_H_
#define WISSEL_LIBS_IMPORT_HISTORY_ROW_READER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/base/moment.h"
#include "libs/import/history_mapping.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel {

// Something about a cell that people should know, although the row was taken.
struct RowRemark {
  // As it stands in the header.
  std::string column;
  // What was found, and what was made of it.
  std::string text;
};

// A row that could be read; `team_id` of the case is the team's name as the file has it.
struct HistoryRow {
  cases::v1::ImportedCase past;
  std::vector<RowRemark> remarks;
  // Values that the mapping does not name, by column.
  std::vector<std::pair<std::string, std::string>> unnamed;
};

// Knows the header of one file. Immutable, so thread-safe.
class HistoryRowReader {
 public:
  // NOT_FOUND `no_such_column` when the file lacks a column that the mapping names, with what it
  // has; INVALID_ARGUMENT `column_twice` when two have that name, `invalid_text` for a header that
  // is not in the file's encoding. Other columns may have any name or none.
  static absl::StatusOr<HistoryRowReader> Make(HistoryMapping mapping,
                                               const std::vector<std::string>& header);

  // INVALID_ARGUMENT with the column as field and the fact `expected` when a row cannot be taken:
  // `wrong_number_of_columns`, `invalid_text`, `required`, `invalid_time`. One cell too few is an
  // empty one, with a remark; empty ones too many are passed over.
  //
  // A date alone is the start of its day for the receipt and the last second of it for due and end.
  // A local time that the clock shows twice is the first of the two, unless an end would come
  // before its receipt; one that it never shows is the moment of the change. Each is remarked on.
  absl::StatusOr<HistoryRow> Read(std::vector<std::string> cells) const;

  const HistoryMapping& mapping() const { return mapping_; }

 private:
  explicit HistoryRowReader(HistoryMapping mapping) : mapping_(std::move(mapping)) {}
  // Empty for a column that the mapping does not use.
  absl::string_view Cell(const std::vector<std::string>& row, const std::string& column) const;
  absl::StatusOr<std::optional<WrittenMoment>> Moment(const std::vector<std::string>& row,
                                                      const std::string& column,
                                                      std::vector<RowRemark>& remarks) const;
  absl::Status FitToHeader(std::vector<std::string>& row, HistoryRow& read) const;
  absl::Status ReadTexts(const std::vector<std::string>& row, HistoryRow& read) const;
  absl::Status ReadMoments(const std::vector<std::string>& row, HistoryRow& read) const;

  HistoryMapping mapping_;
  // The columns that the mapping names.
  std::map<std::string, size_t> columns_;
  // Columns of the header, up to the last one with a name.
  size_t width_ = 0;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_HISTORY_ROW_READER_H_
