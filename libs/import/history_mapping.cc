#include "libs/import/history_mapping.h"

#include <yaml-cpp/yaml.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

absl::Status Invalid(const YAML::Mark& mark, absl::string_view why) {
  return InvalidField(
      "mapping", "invalid_mapping",
      absl::StrCat("line ", mark.line + 1, ", column ", mark.column + 1, ": ", why));
}

// "Mobile App" style names of the mapping file -> value of a proto enum with `prefix`.
template <typename Enum>
absl::StatusOr<Enum> ReadEnum(const YAML::Node& node, absl::string_view prefix,
                              bool (*parse)(google::protobuf::ConstStringParam, Enum*)) {
  Enum value{};
  const std::string name = absl::StrCat(prefix, absl::AsciiStrToUpper(node.as<std::string>()));
  if (!parse(name, &value)) {
    return Invalid(node.Mark(), absl::StrCat("unknown value \"", node.as<std::string>(), "\""));
  }
  return value;
}

template <typename Enum>
absl::Status ReadValueMap(const YAML::Node& node, absl::string_view prefix,
                          bool (*parse)(google::protobuf::ConstStringParam, Enum*),
                          ValueMap<Enum>* map) {
  if (!node) return absl::OkStatus();
  for (const auto& entry : node) {
    const std::string key = entry.first.as<std::string>();
    if (key == "column") {
      map->column = entry.second.as<std::string>();
    } else if (key == "default") {
      WISSEL_ASSIGN_OR_RETURN(map->otherwise, ReadEnum(entry.second, prefix, parse));
    } else if (key == "values") {
      for (const auto& value : entry.second) {
        WISSEL_ASSIGN_OR_RETURN(map->values[value.first.as<std::string>()],
                                ReadEnum(value.second, prefix, parse));
      }
    } else {
      return Invalid(entry.first.Mark(), absl::StrCat("unknown key \"", key, "\""));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadColumns(const YAML::Node& node, HistoryMapping* mapping) {
  const std::map<std::string, std::string*> targets = {
      {"source_id", &mapping->source_id}, {"team", &mapping->team},
      {"opened", &mapping->opened},       {"topic", &mapping->topic},
      {"subject", &mapping->subject},     {"due", &mapping->due},
      {"closed", &mapping->closed},       {"neighbourhood", &mapping->neighbourhood},
      {"postcode", &mapping->postcode}};
  for (const auto& entry : node) {
    const auto target = targets.find(entry.first.as<std::string>());
    if (target == targets.end()) {
      return Invalid(entry.first.Mark(),
                     absl::StrCat("unknown key \"", entry.first.as<std::string>(), "\""));
    }
    *target->second = entry.second.as<std::string>();
  }
  for (const char* needed : {"source_id", "team", "opened"}) {
    if (targets.at(needed)->empty()) {
      return Invalid(node.Mark(), absl::StrCat("columns.", needed, " is missing"));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadExcluded(const YAML::Node& node, HistoryMapping* mapping) {
  if (!node) return absl::OkStatus();
  mapping->excluded_column = node["column"].as<std::string>();
  for (const auto& value : node["values"]) {
    mapping->excluded_values.insert(value.as<std::string>());
  }
  return absl::OkStatus();
}

absl::Status ReadRoot(const YAML::Node& root, HistoryMapping* mapping) {
  static const std::set<std::string> known = {"municipality", "time_zone", "time_format", "columns",
                                              "channel",      "outcome",   "excluded"};
  for (const auto& entry : root) {
    if (!known.contains(entry.first.as<std::string>())) {
      return Invalid(entry.first.Mark(),
                     absl::StrCat("unknown key \"", entry.first.as<std::string>(), "\""));
    }
  }
  mapping->municipality_name = root["municipality"].as<std::string>("");
  mapping->time_format = root["time_format"].as<std::string>("%Y-%m-%d %H:%M:%S");
  mapping->time_zone_name = root["time_zone"].as<std::string>("Europe/Amsterdam");
  if (!absl::LoadTimeZone(mapping->time_zone_name, &mapping->time_zone)) {
    return Invalid(root["time_zone"].Mark(),
                   absl::StrCat("no time zone is called ", mapping->time_zone_name));
  }
  if (!root["columns"]) return Invalid(root.Mark(), "columns is missing");
  WISSEL_RETURN_IF_ERROR(ReadColumns(root["columns"], mapping));
  mapping->channel.otherwise = common::v1::CHANNEL_INTERNAL;
  WISSEL_RETURN_IF_ERROR(
      ReadValueMap(root["channel"], "CHANNEL_", &common::v1::Channel_Parse, &mapping->channel));
  mapping->outcome.otherwise = cases::v1::CASE_OUTCOME_ANSWERED;
  WISSEL_RETURN_IF_ERROR(ReadValueMap(root["outcome"], "CASE_OUTCOME_",
                                      &cases::v1::CaseOutcome_Parse, &mapping->outcome));
  return ReadExcluded(root["excluded"], mapping);
}

template <typename Value>
Value Lookup(const ValueMap<Value>& map, absl::string_view cell) {
  const auto found = map.values.find(std::string(cell));
  return found == map.values.end() ? map.otherwise : found->second;
}

}  // namespace

absl::StatusOr<HistoryMapping> ParseHistoryMapping(const std::string& yaml) {
  HistoryMapping mapping;
  try {
    const YAML::Node root = YAML::Load(yaml);
    if (!root.IsMap()) return Invalid(root.Mark(), "a mapping of keys is expected");
    WISSEL_RETURN_IF_ERROR(ReadRoot(root, &mapping));
  } catch (const YAML::Exception& error) {
    return Invalid(error.mark, error.msg);
  }
  return mapping;
}

absl::StatusOr<HistoryRowReader> HistoryRowReader::Make(HistoryMapping mapping,
                                                        const std::vector<std::string>& header) {
  HistoryRowReader reader(std::move(mapping));
  for (size_t i = 0; i < header.size(); ++i) reader.columns_[header[i]] = i;
  const HistoryMapping& m = reader.mapping_;
  for (const std::string& column :
       {m.source_id, m.team, m.opened, m.topic, m.subject, m.due, m.closed, m.neighbourhood,
        m.postcode, m.channel.column, m.outcome.column, m.excluded_column}) {
    if (!column.empty() && !reader.columns_.contains(column)) {
      return Error(absl::StatusCode::kNotFound, "no_such_column",
                   absl::StrCat("the file has no column \"", column, "\", which the mapping names"),
                   "mapping");
    }
  }
  return reader;
}

absl::string_view HistoryRowReader::Cell(const std::vector<std::string>& row,
                                         const std::string& column) const {
  if (column.empty()) return "";
  return row[columns_.at(column)];
}

absl::StatusOr<std::optional<absl::Time>> HistoryRowReader::Moment(
    const std::vector<std::string>& row, const std::string& column) const {
  const absl::string_view cell = absl::StripAsciiWhitespace(Cell(row, column));
  if (cell.empty()) return std::optional<absl::Time>();
  absl::Time time;
  std::string why;
  // In the hour that a clock runs twice the first pass counts, in the hour that it skips the
  // moment of the switch: absl::ParseTime's own rule.
  if (!absl::ParseTime(mapping_.time_format, cell, mapping_.time_zone, &time, &why)) {
    return InvalidField(column, "invalid_time", absl::StrCat("not a time: ", why));
  }
  return std::optional<absl::Time>(time);
}

absl::StatusOr<cases::v1::ImportedCase> HistoryRowReader::Read(
    const std::vector<std::string>& row) const {
  if (row.size() != columns_.size()) {
    return InvalidField("", "wrong_number_of_columns",
                        absl::StrCat(row.size(), " columns instead of ", columns_.size()));
  }
  cases::v1::ImportedCase result;
  result.set_source_id(std::string(Cell(row, mapping_.source_id)));
  result.set_team_id(std::string(absl::StripAsciiWhitespace(Cell(row, mapping_.team))));
  result.set_topic_id(std::string(Cell(row, mapping_.topic)));
  result.set_subject(std::string(Cell(row, mapping_.subject)));
  result.set_neighbourhood(
      std::string(absl::StripAsciiWhitespace(Cell(row, mapping_.neighbourhood))));
  result.set_postcode(std::string(absl::StripAsciiWhitespace(Cell(row, mapping_.postcode))));
  result.set_channel(Lookup(mapping_.channel, Cell(row, mapping_.channel.column)));
  if (result.team_id().empty()) return InvalidField(mapping_.team, "required", "no team");
  WISSEL_ASSIGN_OR_RETURN(const auto opened, Moment(row, mapping_.opened));
  if (!opened) return InvalidField(mapping_.opened, "required", "no moment of receipt");
  *result.mutable_opened_at() = ToProto(*opened);
  WISSEL_ASSIGN_OR_RETURN(const auto due, Moment(row, mapping_.due));
  if (due) *result.mutable_due_at() = ToProto(*due);
  WISSEL_ASSIGN_OR_RETURN(const auto closed, Moment(row, mapping_.closed));
  if (closed) {
    *result.mutable_closed_at() = ToProto(*closed);
    result.set_outcome(Lookup(mapping_.outcome, Cell(row, mapping_.outcome.column)));
  }
  result.set_excluded(
      !mapping_.excluded_column.empty() &&
      mapping_.excluded_values.contains(std::string(Cell(row, mapping_.excluded_column))));
  return result;
}

}  // namespace wissel
