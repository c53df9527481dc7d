// How the columns of a file of past cases map to Wissel's fields; docs/import.md describes the
// format, docs/examples/ has a real one.

#ifndef WISSEL_LIBS_IMPORT_HISTORY_MAPPING_H_
#define WISSEL_LIBS_IMPORT_HISTORY_MAPPING_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel {

// A column whose values stand for something; values that are not named give the default.
template <typename Value>
struct ValueMap {
  std::string column;
  std::map<std::string, Value> values;
  Value otherwise{};
};

// A mapping file, checked.
struct HistoryMapping {
  // Name on screen for a municipality that is made by the import; empty: its code.
  std::string municipality_name;
  // IANA name of the zone that the file's times are in.
  std::string time_zone_name;
  absl::TimeZone time_zone;
  // As for absl::ParseTime.
  std::string time_format;
  std::string source_id;
  std::string team;
  std::string opened;
  // Empty: the file has no such column.
  std::string topic;
  std::string subject;
  std::string due;
  std::string closed;
  std::string neighbourhood;
  std::string postcode;
  ValueMap<common::v1::Channel> channel;
  ValueMap<cases::v1::CaseOutcome> outcome;
  // Values of a column that keep a row outside the norm figure.
  std::string excluded_column;
  std::set<std::string> excluded_values;
};

// Reads a mapping. INVALID_ARGUMENT `invalid_mapping` with line and column in the message.
absl::StatusOr<HistoryMapping> ParseHistoryMapping(const std::string& yaml);

// Turns rows into cases by the header of a file.
class HistoryRowReader {
 public:
  // NOT_FOUND `no_such_column` when the file lacks a column that the mapping names.
  static absl::StatusOr<HistoryRowReader> Make(HistoryMapping mapping,
                                               const std::vector<std::string>& header);

  // INVALID_ARGUMENT with the column when a value cannot be read.
  absl::StatusOr<cases::v1::ImportedCase> Read(const std::vector<std::string>& row) const;

 private:
  explicit HistoryRowReader(HistoryMapping mapping) : mapping_(std::move(mapping)) {}
  // Empty for a column that the mapping does not use.
  absl::string_view Cell(const std::vector<std::string>& row, const std::string& column) const;
  absl::StatusOr<std::optional<absl::Time>> Moment(const std::vector<std::string>& row,
                                                   const std::string& column) const;

  HistoryMapping mapping_;
  std::map<std::string, size_t> columns_;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_HISTORY_MAPPING_H_
