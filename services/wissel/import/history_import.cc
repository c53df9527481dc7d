#include "services/wissel/import/history_import.h"

#include <unistd.h>

#include <cstdio>

#include "absl/hash/hash.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/wissel/command_app.h"

namespace wissel {
namespace {

constexpr size_t kBatch = 500;
constexpr int kTries = 5;

using cases::v1::CaseService;
using directory::v1::DirectoryService;

// One row of a batch may have brought this about, so that the others pass without it.
bool IsAboutARow(const absl::Status& status) {
  if (absl::IsInvalidArgument(status)) return true;
  const std::vector<ErrorDetail> details = DetailsOf(status);
  if (details.empty()) return false;
  if (details[0].reason == "constraint") return true;
  // SQLSTATE class 22: data exceptions.
  const auto state = details[0].facts.find("sqlstate");
  return state != details[0].facts.end() && absl::StartsWith(state->second, "22");
}

bool MayPassNextTime(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status);
}

absl::Status AtLine(const absl::Status& status, int64_t line) {
  absl::Status said(status.code(), absl::StrCat(status.message(), " (at line ", line, ")"));
  for (const ErrorDetail& detail : DetailsOf(status)) AddDetail(said, detail);
  return said;
}

}  // namespace

HistoryImport::HistoryImport(App& app, HistoryImportOptions options, ImportReport& report)
    : app_(app),
      options_(std::move(options)),
      report_(report),
      cases_(CaseService::NewStub(app.channels().For("cases"))),
      teams_(app, options_.tenant_id, options_.validate_only) {}

absl::Status HistoryImport::Run(const HistoryMapping& mapping, CsvReader& file) {
  WISSEL_RETURN_IF_ERROR(Start(mapping, file));
  absl::Status status = ReadRows(file);
  // What was read before something went wrong with the file itself.
  if (status.ok() || absl::IsDataLoss(status)) status.Update(Send());
  status.Update(report_.status());
  if (tally_.stored > 0) RenewStatistics();
  ShowProgress(file.progress(), true);
  return status.ok() ? status : AtLine(status, file.line());
}

// Everything that may be wrong with the file as a whole is found before anything is made.
absl::Status HistoryImport::Start(const HistoryMapping& mapping, CsvReader& file) {
  CsvRecord header;
  WISSEL_ASSIGN_OR_RETURN(const bool has_header, file.Next(&header));
  if (!has_header) return InvalidField("file", "empty_file", "the file has no header line");
  WISSEL_RETURN_IF_ERROR(header.fault);
  WISSEL_ASSIGN_OR_RETURN(reader_, HistoryRowReader::Make(mapping, header.fields));
  return options_.validate_only ? absl::OkStatus() : EnsureMunicipality(mapping);
}

absl::Status HistoryImport::ReadRows(CsvReader& file) {
  CsvRecord record;
  while (true) {
    WISSEL_ASSIGN_OR_RETURN(const bool more, file.Next(&record));
    if (!more) return absl::OkStatus();
    Take(record);
    WISSEL_RETURN_IF_ERROR(report_.status());
    if (batch_.size() < kBatch) continue;
    WISSEL_RETURN_IF_ERROR(Send());
    ShowProgress(file.progress(), false);
    if (options_.stopped()) return absl::CancelledError("stopped");
  }
}

void HistoryImport::Take(const CsvRecord& record) {
  if (!record.fault.ok()) return Reject(record.line, record.fault);
  absl::StatusOr<HistoryRow> read = reader_->Read(record.fields);
  if (!read.ok()) return Reject(record.line, read.status());
  if (options_.validate_only && !seen_ids_.insert(absl::HashOf(read->past.source_id())).second) {
    ++tally_.repeated;
    return;
  }
  batch_.push_back({record.line, *std::move(read)});
}

absl::Status HistoryImport::EnsureMunicipality(const HistoryMapping& mapping) {
  const auto directory = DirectoryService::NewStub(app_.channels().For("directory"));
  directory::v1::ListMunicipalitiesResponse known;
  WISSEL_RETURN_IF_ERROR(CallAs(app_, options_.tenant_id, *directory,
                                &DirectoryService::Stub::ListMunicipalities, {}, &known));
  for (const auto& municipality : known.municipalities()) {
    if (municipality.tenant_id() == options_.tenant_id) return absl::OkStatus();
  }
  directory::v1::EnsureMunicipalityRequest request;
  request.mutable_municipality()->set_tenant_id(options_.tenant_id);
  request.mutable_municipality()->set_name(
      mapping.municipality_name.empty() ? options_.tenant_id : mapping.municipality_name);
  request.set_time_zone(mapping.time_zone_name);
  directory::v1::EnsureMunicipalityResponse response;
  return CallAs(app_, options_.tenant_id, *directory, &DirectoryService::Stub::EnsureMunicipality,
                request, &response);
}

absl::Status HistoryImport::Send() {
  std::set<std::string> names;
  for (const Row& row : batch_) names.insert(row.read.past.team_id());
  if (!names.empty()) WISSEL_RETURN_IF_ERROR(teams_.Ensure(names));
  std::vector<const Row*> rows;
  for (Row& row : batch_) {
    const absl::StatusOr<std::string> team = teams_.IdOf(row.read.past.team_id());
    if (team.ok()) {
      row.read.past.set_team_id(*team);
      rows.push_back(&row);
      continue;
    }
    Reject(row.line,
           Error(absl::StatusCode::kInvalidArgument, "invalid_team",
                 absl::StrCat("no team can be called this: ", team.status().message()),
                 mapping().team, {{"expected", "the id or the name of a team, on one line"}}));
  }
  WISSEL_RETURN_IF_ERROR(Deliver(rows));
  batch_.clear();
  return absl::OkStatus();
}

// A batch that is refused because of one of its rows is halved until that row stands by itself.
absl::Status HistoryImport::Deliver(absl::Span<const Row* const> rows) {
  if (rows.empty()) return absl::OkStatus();
  cases::v1::ImportCasesRequest request;
  for (const Row* row : rows) *request.add_cases() = row->read.past;
  request.set_validate_only(options_.validate_only);
  request.set_due_by_norm(mapping().due_by_norm);
  request.set_update_known(mapping().update_known);
  cases::v1::ImportCasesResponse response;
  absl::Status status;
  for (int tries = 0; tries < kTries; ++tries) {
    if (tries > 0) absl::SleepFor(absl::Seconds(1));
    status = CallAs(app_, options_.tenant_id, *cases_, &CaseService::Stub::ImportCases, request,
                    &response);
    if (!MayPassNextTime(status) || options_.stopped()) break;
  }
  if (status.ok()) {
    Note(response, rows);
    return absl::OkStatus();
  }
  if (!IsAboutARow(status)) return status;
  if (rows.size() == 1) {
    Reject(rows[0]->line, status);
    return absl::OkStatus();
  }
  const size_t half = rows.size() / 2;
  WISSEL_RETURN_IF_ERROR(Deliver(rows.first(half)));
  return Deliver(rows.subspan(half));
}

// Without them nothing is wrong but slow, and autovacuum makes up for it within minutes.
void HistoryImport::RenewStatistics() {
  if (options_.validate_only) return;
  cases::v1::ImportCasesRequest request;
  request.set_is_last(true);
  cases::v1::ImportCasesResponse response;
  const absl::Status status = CallAs(app_, options_.tenant_id, *cases_,
                                     &CaseService::Stub::ImportCases, request, &response);
  if (!status.ok()) {
    std::fprintf(stderr,
                 "figures may be slow for some minutes: PostgreSQL made no statistics (%s)\n",
                 std::string(status.message()).c_str());
  }
}

void HistoryImport::Note(const cases::v1::ImportCasesResponse& response,
                         absl::Span<const Row* const> rows) {
  tally_.stored += response.stored();
  tally_.repeated += response.repeated();
  tally_.without_norm += response.without_norm();
  absl::flat_hash_set<int> rejected;
  for (const auto& one : response.rejected()) {
    rejected.insert(one.index());
    Reject(rows.at(one.index())->line,
           Error(absl::StatusCode::kInvalidArgument, "rejected", one.reason(),
                 mapping().ColumnOf(one.field()), {{"expected", one.expected()}}));
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!rejected.contains(static_cast<int>(i))) NoteTaken(*rows[i]);
  }
  for (const auto& one : response.adjusted()) {
    ++tally_.adjusted;
    report_.Add(rows.at(one.index())->line, mapping().ColumnOf(one.field()), one.reason(), "",
                "adjusted");
  }
  for (const auto& one : response.changed()) {
    const bool updated = !one.updated_fields().empty();
    ++tally_.changed;
    tally_.updated += updated;
    const auto columns = [&](const auto& fields) {
      return absl::StrJoin(fields, " ", [&](std::string* out, const std::string& field) {
        absl::StrAppend(out, mapping().ColumnOf(field));
      });
    };
    report_.Add(rows.at(one.index())->line, columns(one.fields()),
                updated ? absl::StrCat("known already, with another content; brought up to date: ",
                                       columns(one.updated_fields()))
                        : "known already, with another content; left as it is",
                "", updated ? "updated" : "changed");
  }
}

void HistoryImport::NoteTaken(const Row& row) {
  for (const RowRemark& remark : row.read.remarks) {
    report_.Add(row.line, remark.column, remark.text, "", "adjusted");
  }
  tally_.adjusted += !row.read.remarks.empty();
  for (const auto& value : row.read.unnamed) {
    const bool counted = tally_.unnamed.contains(value) || tally_.unnamed.size() < kUnnamedMax;
    ++tally_.unnamed[counted ? value : std::make_pair(value.first, std::string(kOtherValues))];
  }
}

void HistoryImport::Reject(int64_t line, const absl::Status& why) {
  ++tally_.rejected;
  const std::vector<ErrorDetail> details = DetailsOf(why);
  const ErrorDetail detail = details.empty() ? ErrorDetail() : details[0];
  const auto expected = detail.facts.find("expected");
  report_.Add(line, detail.field, why.message(),
              expected == detail.facts.end() ? "" : expected->second, "rejected");
}

void HistoryImport::ShowProgress(double share, bool last) const {
  if (!isatty(STDERR_FILENO)) return;
  constexpr int kWidth = 40;
  const int done = static_cast<int>(share * kWidth);
  std::fprintf(stderr, "\r[%s%s] %3d%%  %lld rows%s", std::string(done, '#').c_str(),
               std::string(kWidth - done, '.').c_str(), static_cast<int>(share * 100),
               static_cast<long long>(tally_.stored + tally_.repeated + tally_.rejected),
               last ? "\n" : "");
  std::fflush(stderr);
}

}  // namespace wissel
