// wissel import history FILE.csv[.gz]

#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/wissel/commands/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/import/history_import.h"

ABSL_FLAG(std::string, mapping, "", "YAML file that maps the columns; see docs/import.md");
ABSL_FLAG(
    std::string, rejects, "",
    "where rows that cannot be taken are written; empty: <name of the file>.rejects.csv here");

namespace wissel {

absl::Status ImportHistory(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 1));
  WISSEL_ASSIGN_OR_RETURN(const std::string tenant, TenantFlag());
  if (absl::GetFlag(FLAGS_mapping).empty()) {
    return InvalidField("mapping", "required",
                        "--mapping is missing: a file as docs/import.md says");
  }
  WISSEL_ASSIGN_OR_RETURN(const std::string yaml, ReadTextFile(absl::GetFlag(FLAGS_mapping)));
  WISSEL_ASSIGN_OR_RETURN(HistoryMapping mapping, ParseHistoryMapping(yaml));
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> file, CsvReader::Open(operands[0]));
  std::string rejects = absl::GetFlag(FLAGS_rejects);
  if (rejects.empty()) {
    rejects = absl::StrCat(operands[0].substr(operands[0].rfind('/') + 1), ".rejects.csv");
  }

  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  HistoryImport import(*app, tenant, rejects);
  const absl::Time began = absl::Now();
  WISSEL_ASSIGN_OR_RETURN(const ImportTally tally, import.Run(std::move(mapping), *file));
  const double seconds = absl::ToDoubleSeconds(absl::Now() - began);
  std::printf("%lld stored, %lld known already, %lld rejected, in %.1f s\n",
              static_cast<long long>(tally.stored), static_cast<long long>(tally.repeated),
              static_cast<long long>(tally.rejected), seconds);
  if (tally.rejected > 0) std::printf("rejected rows: %s\n", rejects.c_str());
  return absl::OkStatus();
}

}  // namespace wissel
