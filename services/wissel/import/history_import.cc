#include "services/wissel/import/history_import.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/import/csv_writer.h"
#include "services/wissel/commands/command_app.h"

namespace wissel {
namespace {

constexpr int kBatch = 500;

using cases::v1::CaseService;
using directory::v1::DirectoryService;

}  // namespace

HistoryImport::HistoryImport(App& app, std::string tenant_id, std::string rejects_path)
    : app_(app),
      tenant_id_(std::move(tenant_id)),
      rejects_path_(std::move(rejects_path)),
      cases_(CaseService::NewStub(app.book().For("cases"))),
      directory_(DirectoryService::NewStub(app.book().For("directory"))) {}

HistoryImport::~HistoryImport() {
  if (rejects_ != nullptr) std::fclose(rejects_);
}

absl::StatusOr<ImportTally> HistoryImport::Run(HistoryMapping mapping, CsvReader& file) {
  std::vector<std::string> row;
  WISSEL_ASSIGN_OR_RETURN(const bool has_header, file.Next(&row));
  if (!has_header) return InvalidField("file", "empty_file", "the file has no header line");
  WISSEL_RETURN_IF_ERROR(EnsureMunicipality(mapping));
  WISSEL_ASSIGN_OR_RETURN(const HistoryRowReader reader,
                          HistoryRowReader::Make(std::move(mapping), row));
  while (true) {
    WISSEL_ASSIGN_OR_RETURN(const bool more, file.Next(&row));
    if (!more) break;
    absl::StatusOr<cases::v1::ImportedCase> read = reader.Read(row);
    if (!read.ok()) {
      const auto details = DetailsOf(read.status());
      WISSEL_RETURN_IF_ERROR(
          Reject(file.line(), details.empty() ? "" : details[0].field, read.status().message()));
      continue;
    }
    *batch_.add_cases() = *std::move(read);
    lines_.push_back(file.line());
    if (batch_.cases_size() == kBatch) {
      WISSEL_RETURN_IF_ERROR(Send());
      ShowProgress(file.progress(), false);
    }
  }
  WISSEL_RETURN_IF_ERROR(Send());
  ShowProgress(1, true);
  return tally_;
}

absl::Status HistoryImport::EnsureMunicipality(const HistoryMapping& mapping) {
  directory::v1::ListMunicipalitiesResponse known;
  WISSEL_RETURN_IF_ERROR(CallAs(app_, tenant_id_, *directory_,
                                &DirectoryService::Stub::ListMunicipalities, {}, &known));
  for (const auto& municipality : known.municipalities()) {
    if (municipality.tenant_id() == tenant_id_) return absl::OkStatus();
  }
  directory::v1::EnsureMunicipalityRequest request;
  request.mutable_municipality()->set_tenant_id(tenant_id_);
  request.mutable_municipality()->set_name(
      mapping.municipality_name.empty() ? tenant_id_ : mapping.municipality_name);
  request.set_time_zone(mapping.time_zone_name);
  directory::v1::EnsureMunicipalityResponse response;
  return CallAs(app_, tenant_id_, *directory_, &DirectoryService::Stub::EnsureMunicipality, request,
                &response);
}

absl::Status HistoryImport::EnsureTeams() {
  directory::v1::EnsureTeamsRequest request;
  for (const auto& row : batch_.cases()) {
    if (!known_teams_.insert(row.team_id()).second) continue;
    directory::v1::Team* team = request.add_teams();
    team->set_team_id(row.team_id());
    team->set_name(row.team_id());
  }
  if (request.teams().empty()) return absl::OkStatus();
  directory::v1::EnsureTeamsResponse response;
  return CallAs(app_, tenant_id_, *directory_, &DirectoryService::Stub::EnsureTeams, request,
                &response);
}

absl::Status HistoryImport::Send() {
  if (batch_.cases().empty()) return absl::OkStatus();
  WISSEL_RETURN_IF_ERROR(EnsureTeams());
  cases::v1::ImportCasesResponse response;
  WISSEL_RETURN_IF_ERROR(
      CallAs(app_, tenant_id_, *cases_, &CaseService::Stub::ImportCases, batch_, &response));
  tally_.stored += response.stored();
  tally_.repeated += response.repeated();
  for (const auto& rejected : response.rejected()) {
    WISSEL_RETURN_IF_ERROR(
        Reject(lines_.at(rejected.index()), rejected.field(), rejected.reason()));
  }
  batch_.Clear();
  lines_.clear();
  return absl::OkStatus();
}

absl::Status HistoryImport::Reject(int64_t line, absl::string_view field,
                                   absl::string_view reason) {
  ++tally_.rejected;
  if (rejects_ == nullptr) {
    rejects_ = std::fopen(rejects_path_.c_str(), "w");
    if (rejects_ == nullptr) {
      return InvalidField("rejects", "not_writable",
                          absl::StrCat("cannot write the reject file ", rejects_path_));
    }
    std::fputs("line,field,reason\n", rejects_);
  }
  CsvWriter csv(CsvReaderKind::kProgram);
  csv.Number(line).Text(field).Text(reason).EndRecord();
  std::fputs(csv.Take().c_str(), rejects_);
  return absl::OkStatus();
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
