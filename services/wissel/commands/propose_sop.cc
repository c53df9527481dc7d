// wissel sop propose: a draft SOP from past cases, of an installation or straight from a file.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/norms/share.h"
#include "services/router/propose/propose_proto.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/text_table.h"
#include "services/wissel/import/past_cases_file.h"
#include "wissel/routing/v1/sop.grpc.pb.h"

ABSL_DECLARE_FLAG(std::string, from);
ABSL_DECLARE_FLAG(std::string, to);
ABSL_DECLARE_FLAG(std::string, mapping);
ABSL_FLAG(std::string, history, "",
          "learn from this CSV file by --mapping, without an installation");
ABSL_FLAG(std::string, learn_to, "",
          "with --history: learn from the days before this one, such as 2015-03-01, and score on "
          "the rest");
ABSL_FLAG(int, most_rules, 0, "most rules; 0: three for each topic");
ABSL_FLAG(std::string, o, "", "file to write the document to");

namespace wissel {
namespace {

using router::PastCase;
using routing::v1::ProposeSopResponse;
using routing::v1::SopService;

absl::StatusOr<ProposeSopResponse> FromFile() {
  WISSEL_ASSIGN_OR_RETURN(const std::string yaml, ReadTextFile(absl::GetFlag(FLAGS_mapping)));
  WISSEL_ASSIGN_OR_RETURN(const HistoryMapping mapping, ParseHistoryMapping(yaml));
  WISSEL_ASSIGN_OR_RETURN(const absl::Time until,
                          ReadMoment("learn_to", absl::GetFlag(FLAGS_learn_to), mapping.time_zone));
  const absl::CivilDay learn_to = absl::ToCivilDay(until, mapping.time_zone);
  WISSEL_ASSIGN_OR_RETURN(PastCasesFile file,
                          ReadPastCasesFile(absl::GetFlag(FLAGS_history), mapping));
  if (file.passed_over > 0) {
    std::printf("%lld rows passed over; the first: %s\n\n",
                static_cast<long long>(file.passed_over), file.first_fault.c_str());
  }
  std::vector<PastCase>& cases = file.cases;
  const auto unseen = std::stable_partition(cases.begin(), cases.end(),
                                            [&](const PastCase& c) { return c.day < learn_to; });
  const size_t learned = static_cast<size_t>(unseen - cases.begin());
  WISSEL_ASSIGN_OR_RETURN(const router::Proposal proposal,
                          router::Propose(absl::MakeConstSpan(cases).first(learned), {},
                                          {.most_rules = absl::GetFlag(FLAGS_most_rules)}));
  WISSEL_ASSIGN_OR_RETURN(const auto compiled, decision::CompiledSop::Compile(proposal.sop, 0));
  ProposeSopResponse response;
  router::ToProto(proposal, &response);
  router::ToProto(router::Backtest(*compiled, absl::MakeConstSpan(cases).subspan(learned)),
                  response.mutable_held_out());
  return response;
}

absl::StatusOr<ProposeSopResponse> FromInstallation() {
  WISSEL_ASSIGN_OR_RETURN(const std::string tenant, TenantFlag());
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  WISSEL_ASSIGN_OR_RETURN(const absl::TimeZone zone, TimeZoneOf(*app, tenant));
  WISSEL_ASSIGN_OR_RETURN(const absl::Time from,
                          ReadMoment("from", absl::GetFlag(FLAGS_from), zone));
  WISSEL_ASSIGN_OR_RETURN(const absl::Time to, ReadMoment("to", absl::GetFlag(FLAGS_to), zone));
  routing::v1::ProposeSopRequest request;
  *request.mutable_period()->mutable_from() = ToProto(from);
  *request.mutable_period()->mutable_to() = ToProto(to);
  request.set_most_rules(absl::GetFlag(FLAGS_most_rules));
  auto sops = SopService::NewStub(app->channels().For("routing"));
  ProposeSopResponse response;
  WISSEL_RETURN_IF_ERROR(
      CallAs(*app, tenant, *sops, &SopService::Stub::ProposeSop, request, &response));
  return response;
}

// A share of so many cases in percent, never rounded across 0 or 100 %.
std::string Percent(double share, int64_t cases) {
  if (cases == 0) return "0.0";
  return norms::PercentOf({std::llround(share * static_cast<double>(cases)), cases});
}

void PrintRules(const ProposeSopResponse& proposal) {
  TextTable table(1);
  table.Add({"rule", "cases", "wrong"});
  for (const auto& rule : proposal.rules()) {
    table.Add({rule.rule_id(), absl::StrCat(rule.support()),
               absl::StrCat(Percent(rule.error_rate(), rule.support()), "%")});
  }
  std::fputs(table.ToString().c_str(), stdout);
}

void PrintContradictions(const ProposeSopResponse& proposal) {
  if (proposal.contradictions().empty()) return;
  std::printf("\nhistory contradicts itself, for people to decide:\n");
  for (const auto& found : proposal.contradictions()) {
    std::vector<std::string> teams;
    for (const auto& team : found.teams()) {
      if (teams.size() < 4) teams.push_back(absl::StrCat(team.team_id(), " ", team.cases()));
    }
    std::printf("  %s%s%s: %s\n", found.topic_id().c_str(),
                found.neighbourhood().empty() ? "" : " in ", found.neighbourhood().c_str(),
                absl::StrJoin(teams, ", ").c_str());
  }
}

void PrintAccuracy(const ProposeSopResponse& proposal) {
  std::printf("\n%d rules; right for %s %% of the %lld cases that they were learned from\n",
              proposal.rules_size(), Percent(proposal.accuracy(), proposal.cases()).c_str(),
              static_cast<long long>(proposal.cases()));
  if (!proposal.has_held_out()) return;
  std::printf(
      "right for %s %% of %lld later cases that %s not learned from; largest confusions:\n",
      Percent(proposal.held_out().accuracy(), proposal.held_out().cases()).c_str(),
      static_cast<long long>(proposal.held_out().cases()),
      absl::GetFlag(FLAGS_history).empty() ? "rules from the first four fifths were" : "they were");
  for (const auto& found : proposal.held_out().confusions()) {
    std::printf("%9lld  %s: %s instead of %s\n", static_cast<long long>(found.cases()),
                found.topic_id().c_str(), found.proposed_team_id().c_str(),
                found.answered_team_id().c_str());
  }
}

absl::Status WriteDocument(const std::string& path, const std::string& document) {
  std::ofstream file(path, std::ios::binary);
  file << document;
  file.close();
  if (file) return absl::OkStatus();
  return Error(absl::StatusCode::kUnavailable, "cannot_write",
               absl::StrCat("cannot write the file ", path), "o");
}

}  // namespace

absl::Status ProposeSop(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
  WISSEL_ASSIGN_OR_RETURN(const ProposeSopResponse proposal,
                          absl::GetFlag(FLAGS_history).empty() ? FromInstallation() : FromFile());
  PrintRules(proposal);
  PrintContradictions(proposal);
  PrintAccuracy(proposal);
  const std::string path = absl::GetFlag(FLAGS_o);
  return path.empty() ? absl::OkStatus() : WriteDocument(path, proposal.document());
}

}  // namespace wissel
