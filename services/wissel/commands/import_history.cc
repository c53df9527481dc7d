// wissel import history FILE.csv[.gz]

#include <algorithm>
#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/stop_signal.h"
#include "services/wissel/import/history_import.h"

ABSL_FLAG(std::string, mapping, "", "YAML file that maps the columns of the file; docs/import.md");
ABSL_FLAG(std::string, rejects, "",
          "where rows that were not simply taken are listed; empty: FILE.rejects.csv, beside the "
          "file");
ABSL_FLAG(bool, check, false, "read and check everything, and store nothing");

namespace wissel {
namespace {

void PrintUnnamed(const ImportTally& tally) {
  std::map<std::string, std::vector<std::pair<int64_t, std::string>>> by_column;
  for (const auto& [value, count] : tally.unnamed) {
    by_column[value.first].emplace_back(count, value.second);
  }
  for (auto& [column, values] : by_column) {
    std::sort(values.rbegin(), values.rend());
    int64_t rows = 0;
    for (const auto& value : values) rows += value.first;
    std::printf(
        "%lld rows with a value in \"%s\" that the mapping does not name, taken as its "
        "default: %s\n",
        static_cast<long long>(rows), column.c_str(),
        absl::StrJoin(values, ", ", [](std::string* out, const auto& value) {
          absl::StrAppend(out, "\"", value.second, "\" ", value.first);
        }).c_str());
  }
}

void PrintTally(const HistoryImport& import, bool check, double seconds) {
  const ImportTally& tally = import.tally();
  std::printf("%s\n", absl::StrFormat("%d %s, %d known already, %d rejected, in %.1f s",
                                      tally.stored, check ? "would be stored" : "stored",
                                      tally.repeated, tally.rejected, seconds)
                          .c_str());
  const auto tell = [](int64_t count, const char* what) {
    if (count > 0) std::printf("%lld %s\n", static_cast<long long>(count), what);
  };
  tell(tally.adjusted, "rows taken otherwise than they stand in the file");
  tell(tally.changed, "known rows with another content in the file");
  tell(tally.updated,
       check ? "known rows would be brought up to date" : "known rows brought up to date");
  tell(tally.without_norm, "rows for which no norm or no calendar holds, so without a due moment");
  if (const auto& made = import.made_teams(); !made.empty()) {
    std::printf("teams %s: %s\n", check ? "that would be made" : "made",
                absl::StrJoin(made, ", ").c_str());
  }
  PrintUnnamed(tally);
}

absl::StatusOr<HistoryMapping> ReadMapping() {
  if (absl::GetFlag(FLAGS_mapping).empty()) {
    return InvalidField("mapping", "required",
                        "--mapping is missing: a file as docs/import.md says");
  }
  WISSEL_ASSIGN_OR_RETURN(const std::string yaml, ReadTextFile(absl::GetFlag(FLAGS_mapping)));
  return ParseHistoryMapping(yaml);
}

}  // namespace

absl::Status ImportHistory(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 1));
  WISSEL_ASSIGN_OR_RETURN(const std::string tenant, TenantFlag());
  WISSEL_ASSIGN_OR_RETURN(const HistoryMapping mapping, ReadMapping());
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> file,
                          CsvReader::Open(operands[0], mapping.csv));
  std::string rejects = absl::GetFlag(FLAGS_rejects);
  if (rejects.empty()) rejects = absl::StrCat(operands[0], ".rejects.csv");
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<ImportReport> report, ImportReport::At(rejects));
  const bool check = absl::GetFlag(FLAGS_check);

  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  std::printf("read as %s, columns separated by %s\n",
              std::string(NameOf(file->encoding())).c_str(),
              file->delimiter() == '\t' ? "tabs" : std::string(1, file->delimiter()).c_str());
  WatchStopSignals();
  HistoryImport import(*app, {.tenant_id = tenant, .validate_only = check, .stopped = StopAsked},
                       *report);
  const absl::Time began = absl::Now();
  absl::Status status = import.Run(mapping, *file);
  PrintTally(import, check, absl::ToDoubleSeconds(absl::Now() - began));
  if (!report->empty()) std::printf("what to look at: %s\n", report->path().c_str());
  // After the import: whatever should follow on many new rows belongs here.
  if (!status.ok()) return status;
  return check && import.tally().rejected > 0 ? FoundSomething() : absl::OkStatus();
}

}  // namespace wissel
