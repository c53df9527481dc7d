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
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/moment.h"
#include "libs/import/csv_reader.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel {

// A column whose values stand for something; values that are not named give the default.
template <typename Value>
struct ValueMap {
  std::string column;
  // By ComparedValue().
  std::map<std::string, Value> values;
  Value otherwise{};
};

// What cells are compared by: without blanks around them, and whatever the case of ASCII letters.
std::string ComparedValue(absl::string_view cell);

// A mapping file, checked. A plain value.
struct HistoryMapping {
  // Name on screen for a municipality that is made by the import; empty: its code.
  std::string municipality_name;
  // IANA name of the zone that the file's times are in.
  std::string time_zone_name;
  absl::TimeZone time_zone;
  // How the file is written, as far as it is not to be found out.
  CsvOptions csv;
  // As for absl::ParseTime; the first that fits is taken.
  std::vector<std::string> time_formats = UsualMomentPatterns();
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
  // Values of a column that keep a row outside the norm figure, by ComparedValue().
  std::string excluded_column;
  std::set<std::string> excluded_values;
  // Due moments are worked out from the norms and the calendar of the municipality.
  bool due_by_norm = false;
  // A known row that has changed in the source is brought up to date.
  bool update_known = false;

  // Column of the file that a field of wissel.cases.v1.ImportedCase is read from; the name of the
  // field if it is read from none.
  std::string ColumnOf(absl::string_view field) const;
};

// Reads a mapping. INVALID_ARGUMENT `invalid_mapping` with line and column in the message.
absl::StatusOr<HistoryMapping> ParseHistoryMapping(const std::string& yaml);

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_HISTORY_MAPPING_H_
