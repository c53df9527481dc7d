#include "libs/import/history_row_reader.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

absl::Status Wrong(absl::string_view column, absl::string_view reason, absl::string_view message,
                   absl::string_view expected) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message, column,
               {{"expected", std::string(expected)}});
}

// Spreadsheets have cells of several lines; a name or a subject is one, with single blanks.
std::string OneLine(absl::string_view cell) {
  std::string line(cell);
  absl::RemoveExtraAsciiWhitespace(&line);
  std::replace_if(line.begin(), line.end(), absl::ascii_isspace, ' ');
  return line;
}

template <typename Value>
Value Lookup(const ValueMap<Value>& map, absl::string_view cell, HistoryRow& read) {
  const auto found = map.values.find(ComparedValue(cell));
  if (found != map.values.end()) return found->second;
  if (!map.column.empty()) read.unnamed.emplace_back(map.column, OneLine(cell));
  return map.otherwise;
}

absl::Status NoSuchColumn(const std::string& column, const std::vector<std::string>& header) {
  return Error(
      absl::StatusCode::kNotFound, "no_such_column",
      absl::StrCat("the file has no column \"", column, "\", which the mapping names; it has \"",
                   absl::StrJoin(header, "\", \""), "\""),
      "mapping");
}

}  // namespace

absl::StatusOr<HistoryRowReader> HistoryRowReader::Make(HistoryMapping mapping,
                                                        const std::vector<std::string>& header) {
  HistoryRowReader reader(std::move(mapping));
  std::vector<std::string> names;
  for (const std::string& cell : header) {
    if (!IsUtf8(cell)) {
      return Wrong("file", "invalid_text",
                   "the header has a character that its encoding does not have: give the encoding "
                   "in the mapping",
                   "encoding: windows-1252");
    }
    names.push_back(OneLine(cell));
  }
  // Spreadsheets write cells that were once used.
  while (!names.empty() && names.back().empty()) names.pop_back();
  reader.width_ = names.size();
  const HistoryMapping& m = reader.mapping_;
  for (const std::string& column :
       {m.source_id, m.team, m.opened, m.topic, m.subject, m.due, m.closed, m.neighbourhood,
        m.postcode, m.channel.column, m.outcome.column, m.excluded_column}) {
    if (column.empty()) continue;
    const auto found = std::find(names.begin(), names.end(), column);
    if (found == names.end()) return NoSuchColumn(column, names);
    if (std::find(found + 1, names.end(), column) != names.end()) {
      return InvalidField("mapping", "column_twice",
                          absl::StrCat("the file has two columns \"", column,
                                       "\": give one of them another name in its header"));
    }
    reader.columns_[column] = static_cast<size_t>(found - names.begin());
  }
  return reader;
}

absl::string_view HistoryRowReader::Cell(const std::vector<std::string>& row,
                                         const std::string& column) const {
  if (column.empty()) return "";
  return absl::StripAsciiWhitespace(row[columns_.at(column)]);
}

absl::Status HistoryRowReader::FitToHeader(std::vector<std::string>& row, HistoryRow& read) const {
  const size_t given = row.size();
  while (row.size() > width_ && absl::StripAsciiWhitespace(row.back()).empty()) row.pop_back();
  if (row.size() + 1 == width_) {
    row.emplace_back();
    for (const auto& [column, index] : columns_) {
      if (index == given) read.remarks.push_back({column, "the cell is missing: taken as empty"});
    }
  }
  if (row.size() == width_) return absl::OkStatus();
  return Wrong("", "wrong_number_of_columns", absl::StrCat("the row has ", given, " cells"),
               absl::StrCat(width_, " cells, with quote marks around one that has a delimiter"));
}

absl::Status HistoryRowReader::ReadTexts(const std::vector<std::string>& row,
                                         HistoryRow& read) const {
  for (const auto& [column, index] : columns_) {
    if (!IsUtf8(row[index])) {
      return Wrong(column, "invalid_text",
                   "a character that the encoding of the file does not have",
                   "a file in one encoding, or `encoding` in the mapping");
    }
  }
  cases::v1::ImportedCase& past = read.past;
  past.set_source_id(std::string(Cell(row, mapping_.source_id)));
  past.set_team_id(OneLine(Cell(row, mapping_.team)));
  past.set_topic_id(OneLine(Cell(row, mapping_.topic)));
  past.set_subject(OneLine(Cell(row, mapping_.subject)));
  past.set_neighbourhood(OneLine(Cell(row, mapping_.neighbourhood)));
  past.set_postcode(OneLine(Cell(row, mapping_.postcode)));
  past.set_channel(Lookup(mapping_.channel, Cell(row, mapping_.channel.column), read));
  past.set_excluded(
      !mapping_.excluded_column.empty() &&
      mapping_.excluded_values.contains(ComparedValue(Cell(row, mapping_.excluded_column))));
  if (past.source_id().empty()) {
    return Wrong(mapping_.source_id, "required", "no id", "the id of the row in its source");
  }
  if (past.team_id().empty()) {
    return Wrong(mapping_.team, "required", "no team", "the id or the name of a team");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<WrittenMoment>> HistoryRowReader::Moment(
    const std::vector<std::string>& row, const std::string& column,
    std::vector<RowRemark>& remarks) const {
  const absl::string_view cell = Cell(row, column);
  if (cell.empty()) return std::optional<WrittenMoment>();
  WISSEL_ASSIGN_OR_RETURN(const WrittenMoment moment,
                          ParseMoment(column, cell, mapping_.time_formats, mapping_.time_zone));
  if (moment.shown == ClockShows::kNever) {
    remarks.push_back(
        {column,
         absl::StrCat("the clock never showed \"", cell, "\", when summer time began: taken as ",
                      absl::FormatTime("%H:%M", moment.time, mapping_.time_zone))});
  } else if (moment.shown == ClockShows::kTwice) {
    remarks.push_back(
        {column, absl::StrCat("the clock showed \"", cell,
                              "\" twice, when summer time ended: taken as the first")});
  }
  return std::optional<WrittenMoment>(moment);
}

absl::Status HistoryRowReader::ReadMoments(const std::vector<std::string>& row,
                                           HistoryRow& read) const {
  WISSEL_ASSIGN_OR_RETURN(const auto opened, Moment(row, mapping_.opened, read.remarks));
  if (!opened) {
    return Wrong(mapping_.opened, "required", "no moment of receipt",
                 MomentForms(mapping_.time_formats));
  }
  *read.past.mutable_opened_at() = ToProto(opened->time);
  // For a date alone, and for a time on the night of the clock change that would else come too
  // soon.
  const auto until = [&](const WrittenMoment& moment, const std::string& column) {
    if (moment.is_date) return moment.latest;
    if (moment.shown != ClockShows::kTwice || moment.time >= opened->time) return moment.time;
    read.remarks.back() = {column,
                           "the clock showed this time twice, when summer time ended: taken "
                           "as the second, which comes after the receipt"};
    return moment.latest;
  };
  WISSEL_ASSIGN_OR_RETURN(const auto due, Moment(row, mapping_.due, read.remarks));
  if (due) *read.past.mutable_due_at() = ToProto(until(*due, mapping_.due));
  WISSEL_ASSIGN_OR_RETURN(const auto closed, Moment(row, mapping_.closed, read.remarks));
  if (!closed) return absl::OkStatus();
  absl::Time end = until(*closed, mapping_.closed);
  // Closed today, at a time that is not known: not in the future.
  if (closed->is_date && closed->time <= absl::Now()) end = std::min(end, absl::Now());
  *read.past.mutable_closed_at() = ToProto(end);
  read.past.set_closed_day_only(closed->is_date);
  read.past.set_outcome(Lookup(mapping_.outcome, Cell(row, mapping_.outcome.column), read));
  return absl::OkStatus();
}

absl::StatusOr<HistoryRow> HistoryRowReader::Read(std::vector<std::string> cells) const {
  HistoryRow read;
  WISSEL_RETURN_IF_ERROR(FitToHeader(cells, read));
  WISSEL_RETURN_IF_ERROR(ReadTexts(cells, read));
  WISSEL_RETURN_IF_ERROR(ReadMoments(cells, read));
  return read;
}

}  // namespace wissel
