// wissel sop check FILE, wissel sop diff OLD NEW: what is wrong with a document, and what changes.
// Without --tenant they need no database.

#include <cstdio>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/sop/sop_diff.h"
#include "libs/sop/sop_reader.h"
#include "libs/verify/check_document.h"
#include "libs/verify/finding_proto.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/print_json.h"
#include "wissel/routing/v1/sop.grpc.pb.h"

ABSL_DECLARE_FLAG(std::string, tenant);

namespace wissel {
namespace {

using routing::v1::ChangeKind;
using routing::v1::CheckSopResponse;
using routing::v1::DiffSopResponse;
using routing::v1::SopFinding;
using routing::v1::SopService;

constexpr char kUnreadable[] = "unreadable";

absl::StatusOr<CheckSopResponse> CheckAlone(const std::string& document) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Amsterdam", &zone)) {
    return absl::InternalError("the time zone Europe/Amsterdam is not installed");
  }
  const absl::Time now = absl::Now();
  return verify::CheckDocument(document,
                               {.teams = std::nullopt, .today = absl::ToCivilDay(now, zone)},
                               decision::ServiceHours(zone), now);
}

absl::StatusOr<CheckSopResponse> CheckForTenant(const std::string& tenant,
                                                const std::string& document) {
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  auto sops = SopService::NewStub(app->channels().For("routing"));
  routing::v1::CheckSopRequest request;
  request.mutable_sop()->set_document(document);
  CheckSopResponse response;
  WISSEL_RETURN_IF_ERROR(
      CallAs(*app, tenant, *sops, &SopService::Stub::CheckSop, request, &response));
  return response;
}

// As compilers write it, so that editors find the line.
void PrintFinding(const std::string& file, const SopFinding& finding) {
  std::printf("%s:%d:%d: %s: %s\n", file.c_str(), finding.line(), finding.column(),
              finding.severity() == routing::v1::SEVERITY_ERROR ? "fout" : "let op",
              finding.message().c_str());
  if (!finding.example().empty()) std::printf("    Voorbeeld: %s\n", finding.example().c_str());
}

absl::string_view MarkOf(ChangeKind kind) {
  switch (kind) {
    case routing::v1::CHANGE_KIND_ADDED:
      return "+";
    case routing::v1::CHANGE_KIND_REMOVED:
      return "-";
    case routing::v1::CHANGE_KIND_MOVED:
      return ">";
    default:
      return "~";
  }
}

void PrintDiff(const DiffSopResponse& diff) {
  for (const routing::v1::SopChange& change : diff.changes()) {
    std::printf("%s %s %s: %s\n", std::string(MarkOf(change.kind())).c_str(), change.part().c_str(),
                change.id().c_str(), change.description().c_str());
  }
  if (diff.changes().empty()) {
    std::printf("Er is geen verschil.\n");
    return;
  }
  std::printf("Betrokken teams: %s\n", absl::StrJoin(diff.team_ids(), ", ").c_str());
}

// The SOP in a file. A text that is none is told about as a finding.
absl::StatusOr<sop::Sop> ReadSopFile(const std::string& file) {
  WISSEL_ASSIGN_OR_RETURN(const std::string document, ReadTextFile(file));
  absl::StatusOr<sop::Sop> sop = sop::ParseSop(document);
  if (sop.ok()) return sop;
  SopFinding finding;
  verify::ToProto(sop.status(), &finding);
  PrintFinding(file, finding);
  return CannotRead();
}

}  // namespace

absl::Status CheckSop(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 1));
  WISSEL_ASSIGN_OR_RETURN(const bool json, WantsJson());
  WISSEL_ASSIGN_OR_RETURN(const std::string document, ReadTextFile(operands[0]));
  const std::string tenant = absl::GetFlag(FLAGS_tenant);
  WISSEL_ASSIGN_OR_RETURN(const CheckSopResponse check,
                          tenant.empty() ? CheckAlone(document) : CheckForTenant(tenant, document));
  if (json) {
    WISSEL_RETURN_IF_ERROR(PrintJson(check));
  } else {
    for (const SopFinding& finding : check.findings()) PrintFinding(operands[0], finding);
    std::printf("%d afspraken: %d fouten, %d waarschuwingen\n", check.rules(), check.errors(),
                check.findings_size() - check.errors());
  }
  if (check.findings_size() > 0 && check.findings(0).kind() == kUnreadable) return CannotRead();
  return check.errors() == 0 ? absl::OkStatus() : FoundSomething();
}

absl::Status DiffSop(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 2));
  WISSEL_ASSIGN_OR_RETURN(const bool json, WantsJson());
  WISSEL_ASSIGN_OR_RETURN(const sop::Sop before, ReadSopFile(operands[0]));
  WISSEL_ASSIGN_OR_RETURN(const sop::Sop after, ReadSopFile(operands[1]));
  const DiffSopResponse diff = sop::ToProto(sop::DiffSops(before, after));
  if (json) {
    WISSEL_RETURN_IF_ERROR(PrintJson(diff));
  } else {
    PrintDiff(diff);
  }
  return diff.changes().empty() ? absl::OkStatus() : FoundSomething();
}

}  // namespace wissel
