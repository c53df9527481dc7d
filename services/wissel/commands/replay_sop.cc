// wissel sop replay FILE: past contacts of --tenant through an SOP that is not in force.

#include <cstdio>
#include <optional>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/norms/share.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/print_json.h"
#include "services/wissel/commands/text_table.h"
#include "wissel/routing/v1/sop.grpc.pb.h"

ABSL_DECLARE_FLAG(std::string, from);
ABSL_DECLARE_FLAG(std::string, to);
ABSL_FLAG(std::string, fail_if_moved_over, "", "exit with 1 when more of the contacts move, as 5%");

namespace wissel {
namespace {

using routing::v1::ReplayProgress;
using routing::v1::ReplayResult;
using routing::v1::SopService;

constexpr absl::Duration kTimeout = absl::Minutes(6);

// Share, 0..1; absent without the flag.
absl::StatusOr<std::optional<double>> MostMoved() {
  const std::string text = absl::GetFlag(FLAGS_fail_if_moved_over);
  if (text.empty()) return std::nullopt;
  double percent = 0;
  if (!absl::SimpleAtod(absl::string_view(text).substr(0, text.size() - absl::EndsWith(text, "%")),
                        &percent) ||
      !(percent >= 0) || percent > 100) {
    return InvalidField("fail_if_moved_over", "invalid_share",
                        "--fail-if-moved-over is a share such as 5%");
  }
  return percent / 100;
}

absl::StatusOr<routing::v1::ReplaySopRequest> ReadRequest(const std::string& document,
                                                          absl::TimeZone zone) {
  routing::v1::ReplaySopRequest request;
  request.mutable_sop()->set_document(document);
  WISSEL_ASSIGN_OR_RETURN(const absl::Time from,
                          ReadMoment("from", absl::GetFlag(FLAGS_from), zone));
  WISSEL_ASSIGN_OR_RETURN(const absl::Time to, ReadMoment("to", absl::GetFlag(FLAGS_to), zone));
  *request.mutable_period()->mutable_from() = ToProto(from);
  *request.mutable_period()->mutable_to() = ToProto(to);
  return request;
}

// Progress goes to the other stream, so that the result can be piped.
void TellProgress(const ReplayProgress& progress, absl::Time* told) {
  if (progress.done() < progress.total() && absl::Now() - *told < absl::Seconds(1)) return;
  *told = absl::Now();
  std::fprintf(stderr, "%s\n",
               absl::StrFormat("%d of %d contacts", progress.done(), progress.total()).c_str());
}

absl::StatusOr<ReplayResult> Replay(App& app, const std::string& tenant,
                                    const routing::v1::ReplaySopRequest& request) {
  grpc::ClientContext context;
  rpc::Continue(app.CallFor(tenant, kTimeout), &context);
  const auto sops = SopService::NewStub(app.channels().For("routing"));
  const auto stream = sops->ReplaySop(&context, request);
  ReplayResult result;
  absl::Time told = absl::Now();
  for (routing::v1::ReplaySopResponse message; stream->Read(&message);) {
    if (message.has_progress()) TellProgress(message.progress(), &told);
    if (message.has_result()) result = std::move(*message.mutable_result());
  }
  WISSEL_RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  return result;
}

double ShareMoved(const ReplayResult& result) {
  return result.contacts() == 0 ? 0 : static_cast<double>(result.moved()) / result.contacts();
}

void PrintText(const ReplayResult& result) {
  const std::string share =
      result.contacts() == 0 ? "0.0" : norms::PercentOf({result.moved(), result.contacts()});
  std::printf("%s\n", absl::StrCat(result.contacts(), " contacts, ", result.moved(), " move (",
                                   share, " %)")
                          .c_str());
  if (!result.moves().empty()) {
    TextTable moves(2);
    moves.Add({"from", "to", "contacts"});
    for (const auto& move : result.moves()) {
      moves.Add({move.from_team_id(), move.to_team_id(), absl::StrCat(move.contacts())});
    }
    std::printf("\n%s", moves.ToString().c_str());
  }
  TextTable loads(1);
  loads.Add({"team", "before", "after", "busiest day", "after", "in time", "pressure"});
  for (const auto& load : result.loads()) {
    loads.Add({load.team_id(), absl::StrCat(load.before()), absl::StrCat(load.after()),
               absl::StrCat(load.busiest_day_before()), absl::StrCat(load.busiest_day_after()),
               load.has_share_met() ? load.share_met_percent() + "%" : "-",
               load.has_norm_pressure() ? absl::StrFormat("%.2f", load.norm_pressure()) : "-"});
  }
  std::printf("\n%s", loads.ToString().c_str());
  TextTable outcomes(1);
  outcomes.Add({"outcome", "before", "after"});
  for (const auto& outcome : result.outcomes()) {
    outcomes.Add({absl::AsciiStrToLower(routing::v1::Outcome_Name(outcome.outcome()).substr(8)),
                  absl::StrCat(outcome.before()), absl::StrCat(outcome.after())});
  }
  std::printf("\n%s", outcomes.ToString().c_str());
}

}  // namespace

absl::Status ReplaySop(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 1));
  WISSEL_ASSIGN_OR_RETURN(const std::string tenant, TenantFlag());
  WISSEL_ASSIGN_OR_RETURN(const bool json, WantsJson());
  WISSEL_ASSIGN_OR_RETURN(const std::optional<double> most_moved, MostMoved());
  WISSEL_ASSIGN_OR_RETURN(const std::string document, ReadTextFile(operands[0]));
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  WISSEL_ASSIGN_OR_RETURN(const absl::TimeZone zone, TimeZoneOf(*app, tenant));
  WISSEL_ASSIGN_OR_RETURN(const auto request, ReadRequest(document, zone));
  WISSEL_ASSIGN_OR_RETURN(const ReplayResult result, Replay(*app, tenant, request));
  if (json) {
    WISSEL_RETURN_IF_ERROR(PrintJson(result));
  } else {
    PrintText(result);
  }
  return most_moved && ShareMoved(result) > *most_moved ? FoundSomething() : absl::OkStatus();
}

}  // namespace wissel
