// wissel figures: the norm table as text, CSV or JSON.

#include <google/protobuf/util/json_util.h>

#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/import/csv_writer.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/text_table.h"
#include "wissel/directory/v1/directory.grpc.pb.h"
#include "wissel/insight/v1/insight.grpc.pb.h"

ABSL_FLAG(
    std::string, as_of, "",
    "moment that the figures are for, such as 2026-01-31, 31-01-2026, 2026-01-31T09:15 in the "
    "time zone of the municipality, or RFC 3339; empty or now: now");
ABSL_FLAG(std::string, from, "", "contacts received from this moment on, as --as-of; empty: all");
ABSL_FLAG(std::string, to, "", "contacts received before this moment, as --as-of; empty: all");
ABSL_FLAG(std::string, by, "team", "one row for each team, channel or team,channel");
ABSL_FLAG(
    std::string, format, "text",
    "text or json; for figures also csv, or excel (CSV as Excel in Dutch opens it: semicolons, "
    "decimal commas and a byte order mark)");

namespace wissel {
namespace {

using insight::v1::FigureRow;

absl::StatusOr<insight::v1::GetFiguresRequest> ReadRequest(absl::TimeZone zone) {
  insight::v1::GetFiguresRequest request;
  if (const std::string text = absl::GetFlag(FLAGS_as_of); !text.empty()) {
    WISSEL_ASSIGN_OR_RETURN(const absl::Time time, ReadMoment("as_of", text, zone));
    *request.mutable_as_of() = ToProto(time);
  }
  if (const std::string text = absl::GetFlag(FLAGS_from); !text.empty()) {
    WISSEL_ASSIGN_OR_RETURN(const absl::Time time, ReadMoment("from", text, zone));
    *request.mutable_received()->mutable_from() = ToProto(time);
  }
  if (const std::string text = absl::GetFlag(FLAGS_to); !text.empty()) {
    WISSEL_ASSIGN_OR_RETURN(const absl::Time time, ReadMoment("to", text, zone));
    *request.mutable_received()->mutable_to() = ToProto(time);
  }
  const std::string by = absl::GetFlag(FLAGS_by);
  if (by == "team") {
    request.set_grouping(insight::v1::FIGURE_GROUPING_TEAM);
  } else if (by == "channel") {
    request.set_grouping(insight::v1::FIGURE_GROUPING_CHANNEL);
  } else if (by == "team,channel") {
    request.set_grouping(insight::v1::FIGURE_GROUPING_TEAM_AND_CHANNEL);
  } else {
    return InvalidField("by", "invalid_grouping", "--by is team, channel or team,channel");
  }
  return request;
}

std::string ChannelName(const FigureRow& row) {
  return absl::AsciiStrToLower(common::v1::Channel_Name(row.channel()).substr(8));
}

// Names of the columns that tell what a row stands for.
std::vector<std::string> KeyColumns() {
  const std::string by = absl::GetFlag(FLAGS_by);
  if (by == "team,channel") return {"team", "channel"};
  return {by};
}

std::vector<std::string> KeyOf(const FigureRow& row) {
  std::vector<std::string> key;
  for (const std::string& column : KeyColumns()) {
    key.push_back(column == "team" ? row.team_name() : ChannelName(row));
  }
  return key;
}

void PrintCsv(const insight::v1::GetFiguresResponse& figures, CsvReaderKind reader) {
  CsvWriter csv(reader);
  for (const std::string& column : KeyColumns()) csv.Text(column);
  for (const char* column :
       {"received", "met", "missed", "open_not_due", "no_norm", "excluded", "share_met", "contacts",
        "share_met_percent", "target_percent", "on_target"}) {
    csv.Text(column);
  }
  csv.EndRecord();
  for (const FigureRow& row : figures.rows()) {
    for (const std::string& part : KeyOf(row)) csv.Text(part);
    for (const int64_t count : {row.received(), row.met(), row.missed(), row.open_not_due(),
                                row.no_norm(), row.excluded()}) {
      csv.Number(count);
    }
    csv.Number(row.has_share_met() ? absl::StrFormat("%.15g", row.share_met()) : "");
    csv.Number(row.contacts()).Number(row.share_met_percent()).Number(row.target_percent());
    csv.Text(!row.has_share_met() || !row.has_target_share() ? "" : row.on_target() ? "yes" : "no");
    csv.EndRecord();
  }
  std::fputs(csv.Take().c_str(), stdout);
}

void AddTextRow(const std::string& key, const FigureRow& row, TextTable& table) {
  std::vector<std::string> cells = {key};
  for (const int64_t count : {row.received(), row.contacts(), row.met(), row.missed(),
                              row.open_not_due(), row.no_norm(), row.excluded()}) {
    cells.push_back(absl::StrCat(count));
  }
  cells.push_back(row.has_share_met() ? row.share_met_percent() + "%" : "-");
  cells.push_back(row.has_target_share() ? row.target_percent() + "%" : "-");
  table.Add(std::move(cells));
}

void PrintText(const insight::v1::GetFiguresResponse& figures) {
  TextTable table(1);
  table.Add({absl::GetFlag(FLAGS_by), "received", "contacts", "met", "missed", "not due", "no norm",
             "excluded", "in time", "target"});
  for (const FigureRow& row : figures.rows()) {
    AddTextRow(absl::StrJoin(KeyOf(row), ", "), row, table);
  }
  AddTextRow("all", figures.total(), table);
  std::fputs(table.ToString().c_str(), stdout);
}

absl::Status Print(const insight::v1::GetFiguresResponse& figures) {
  const std::string format = absl::GetFlag(FLAGS_format);
  if (format == "csv") {
    PrintCsv(figures, CsvReaderKind::kProgram);
  } else if (format == "excel") {
    PrintCsv(figures, CsvReaderKind::kDutchExcel);
  } else if (format == "text") {
    PrintText(figures);
  } else if (format == "json") {
    std::string json;
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    options.always_print_primitive_fields = true;
    if (!google::protobuf::util::MessageToJsonString(figures, &json, options).ok()) {
      return absl::InternalError("the figures cannot be written as JSON");
    }
    std::printf("%s\n", json.c_str());
  } else {
    return InvalidField("format", "invalid_format", "--format is text, csv, excel or json");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status PrintFigures(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
  WISSEL_ASSIGN_OR_RETURN(const std::string tenant, TenantFlag());
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  WISSEL_ASSIGN_OR_RETURN(const absl::TimeZone zone, TimeZoneOf(*app, tenant));
  WISSEL_ASSIGN_OR_RETURN(const insight::v1::GetFiguresRequest request, ReadRequest(zone));
  auto insight = insight::v1::InsightService::NewStub(app->channels().For("insight"));
  insight::v1::GetFiguresResponse figures;
  WISSEL_RETURN_IF_ERROR(CallAs(*app, tenant, *insight,
                                &insight::v1::InsightService::Stub::GetFigures, request, &figures));
  return Print(figures);
}

}  // namespace wissel
