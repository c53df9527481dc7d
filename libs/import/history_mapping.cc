#include "libs/import/history_mapping.h"

#include <yaml-cpp/yaml.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

absl::Status Invalid(const YAML::Mark& mark, absl::string_view why) {
  return InvalidField(
      "mapping", "invalid_mapping",
      absl::StrCat("line ", mark.line + 1, ", column ", mark.column + 1, ": ", why));
}

absl::Status UnknownKey(const YAML::Node& key) {
  return Invalid(key.Mark(), absl::StrCat("unknown key \"", key.as<std::string>(), "\""));
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
        WISSEL_ASSIGN_OR_RETURN(map->values[ComparedValue(value.first.as<std::string>())],
                                ReadEnum(value.second, prefix, parse));
      }
    } else {
      return UnknownKey(entry.first);
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
    if (target == targets.end()) return UnknownKey(entry.first);
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
  for (const auto& entry : node) {
    const std::string key = entry.first.as<std::string>();
    if (key == "column") {
      mapping->excluded_column = entry.second.as<std::string>();
    } else if (key == "values") {
      for (const auto& value : entry.second) {
        mapping->excluded_values.insert(ComparedValue(value.as<std::string>()));
      }
    } else {
      return UnknownKey(entry.first);
    }
  }
  if (mapping->excluded_column.empty()) return Invalid(node.Mark(), "excluded.column is missing");
  return absl::OkStatus();
}

absl::Status ReadFile(const YAML::Node& root, HistoryMapping* mapping) {
  if (const YAML::Node node = root["encoding"]) {
    mapping->csv.encoding = TextEncodingOf(node.as<std::string>());
    if (!mapping->csv.encoding) {
      return Invalid(node.Mark(), "encoding is utf-8, utf-16le, utf-16be or windows-1252");
    }
  }
  if (const YAML::Node node = root["delimiter"]) {
    const std::string text = node.as<std::string>();
    if (text != "tab" && text.size() != 1) {
      return Invalid(node.Mark(), "delimiter is one of \",\", \";\", \"|\" and tab");
    }
    mapping->csv.delimiter = text == "tab" ? '\t' : text[0];
  }
  return absl::OkStatus();
}

absl::Status ReadTimes(const YAML::Node& root, HistoryMapping* mapping) {
  if (const YAML::Node node = root["time_format"]) {
    mapping->time_formats = node.IsSequence() ? node.as<std::vector<std::string>>()
                                              : std::vector<std::string>{node.as<std::string>()};
    for (const std::string& format : mapping->time_formats) {
      if (format.find('%') == std::string::npos) {
        return Invalid(node.Mark(), absl::StrCat("\"", format, "\" is no time format: one is ",
                                                 "\"%d-%m-%Y %H:%M\""));
      }
    }
  }
  mapping->time_zone_name = root["time_zone"].as<std::string>("Europe/Amsterdam");
  if (!absl::LoadTimeZone(mapping->time_zone_name, &mapping->time_zone)) {
    return Invalid(root["time_zone"].Mark(),
                   absl::StrCat("no time zone is called ", mapping->time_zone_name));
  }
  return absl::OkStatus();
}

// Whether a key with two words to choose from has the first of them; false if it is not given.
absl::StatusOr<bool> ReadChoice(const YAML::Node& root, const char* key, absl::string_view yes,
                                absl::string_view no) {
  const YAML::Node node = root[key];
  if (!node) return false;
  const std::string word = node.as<std::string>();
  if (word != yes && word != no) {
    return Invalid(node.Mark(), absl::StrCat(key, " is ", yes, " or ", no));
  }
  return word == yes;
}

absl::Status ReadRules(const YAML::Node& root, HistoryMapping* mapping) {
  WISSEL_ASSIGN_OR_RETURN(mapping->due_by_norm, ReadChoice(root, "due", "norm", "column"));
  WISSEL_ASSIGN_OR_RETURN(mapping->update_known, ReadChoice(root, "known", "update", "keep"));
  if (mapping->due_by_norm && !mapping->due.empty()) {
    return Invalid(root["due"].Mark(), "due: norm and columns.due contradict each other");
  }
  return absl::OkStatus();
}

absl::Status ReadRoot(const YAML::Node& root, HistoryMapping* mapping) {
  static const std::set<std::string> known = {"municipality", "time_zone", "encoding", "delimiter",
                                              "time_format",  "columns",   "channel",  "outcome",
                                              "excluded",     "due",       "known"};
  for (const auto& entry : root) {
    if (!known.contains(entry.first.as<std::string>())) return UnknownKey(entry.first);
  }
  mapping->municipality_name = root["municipality"].as<std::string>("");
  WISSEL_RETURN_IF_ERROR(ReadFile(root, mapping));
  WISSEL_RETURN_IF_ERROR(ReadTimes(root, mapping));
  if (!root["columns"]) return Invalid(root.Mark(), "columns is missing");
  WISSEL_RETURN_IF_ERROR(ReadColumns(root["columns"], mapping));
  mapping->channel.otherwise = common::v1::CHANNEL_INTERNAL;
  WISSEL_RETURN_IF_ERROR(
      ReadValueMap(root["channel"], "CHANNEL_", &common::v1::Channel_Parse, &mapping->channel));
  mapping->outcome.otherwise = cases::v1::CASE_OUTCOME_ANSWERED;
  WISSEL_RETURN_IF_ERROR(ReadValueMap(root["outcome"], "CASE_OUTCOME_",
                                      &cases::v1::CaseOutcome_Parse, &mapping->outcome));
  WISSEL_RETURN_IF_ERROR(ReadExcluded(root["excluded"], mapping));
  return ReadRules(root, mapping);
}

}  // namespace

std::string ComparedValue(absl::string_view cell) {
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(cell));
}

std::string HistoryMapping::ColumnOf(absl::string_view field) const {
  const std::map<absl::string_view, absl::string_view> columns = {
      {"source_id", source_id},   {"team_id", team},
      {"opened_at", opened},      {"due_at", due},
      {"closed_at", closed},      {"topic_id", topic},
      {"subject", subject},       {"neighbourhood", neighbourhood},
      {"postcode", postcode},     {"channel", channel.column},
      {"outcome", outcome.column}};
  const auto found = columns.find(field);
  return std::string(found == columns.end() || found->second.empty() ? field : found->second);
}

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

}  // namespace wissel
