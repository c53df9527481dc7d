// wissel sop explain [FILE]: where a contact goes and why. By the SOP in force of --tenant, by the
// SOP in FILE in that municipality, or, without --tenant, by FILE alone and without a database.

#include <cstdio>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/decision/compiled_sop.h"
#include "libs/decision/routing_request_proto.h"
#include "libs/sop/sop_reader.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/print_json.h"
#include "wissel/routing/v1/sop.grpc.pb.h"

ABSL_DECLARE_FLAG(std::string, tenant);
ABSL_FLAG(std::string, channel, "", "phone, callback, email, form, chat, ...");
ABSL_FLAG(std::string, topic, "", "topic of the SOP");
ABSL_FLAG(std::string, subject, "", "subject line");
ABSL_FLAG(std::string, text, "", "the question");
ABSL_FLAG(bool, business, false, "the customer is a business");
ABSL_FLAG(bool, urgent, false, "it cannot wait");
ABSL_FLAG(std::string, neighbourhood, "", "where it is about");
ABSL_FLAG(std::string, postcode, "", "where it is about");
ABSL_FLAG(std::string, municipality, "", "code, for a centre that serves several");
ABSL_FLAG(std::string, menu_key, "", "key pressed in the menu of the 14+ number");
ABSL_FLAG(std::string, at, "now",
          "moment of the contact, such as 2026-01-31T09:15 where the municipality is");

namespace wissel {
namespace {

using routing::v1::DecideRequest;
using routing::v1::ExplainDecisionRequest;
using routing::v1::ExplainDecisionResponse;
using routing::v1::SopService;

absl::StatusOr<DecideRequest> ReadInquiry(absl::TimeZone zone) {
  DecideRequest routing_request;
  common::v1::Channel channel;
  if (!common::v1::Channel_Parse(
          absl::StrCat("CHANNEL_", absl::AsciiStrToUpper(absl::GetFlag(FLAGS_channel))),
          &channel) ||
      channel == common::v1::CHANNEL_UNSPECIFIED) {
    return InvalidField("channel", "unknown_channel", "--channel is phone, email, form, ...");
  }
  routing_request.set_channel(channel);
  routing_request.set_topic_id(absl::GetFlag(FLAGS_topic));
  routing_request.set_subject(absl::GetFlag(FLAGS_subject));
  routing_request.set_text(absl::GetFlag(FLAGS_text));
  routing_request.set_is_business(absl::GetFlag(FLAGS_business));
  routing_request.set_is_urgent(absl::GetFlag(FLAGS_urgent));
  routing_request.set_neighbourhood(absl::GetFlag(FLAGS_neighbourhood));
  routing_request.set_postcode(absl::GetFlag(FLAGS_postcode));
  routing_request.set_municipality(absl::GetFlag(FLAGS_municipality));
  routing_request.set_menu_key(absl::GetFlag(FLAGS_menu_key));
  WISSEL_ASSIGN_OR_RETURN(const absl::Time at, ReadMoment("at", absl::GetFlag(FLAGS_at), zone));
  *routing_request.mutable_at() = ToProto(at);
  return routing_request;
}

absl::StatusOr<ExplainDecisionResponse> ExplainAlone(const std::string& document) {
  WISSEL_ASSIGN_OR_RETURN(const DecideRequest request, ReadInquiry(calendar::Amsterdam()));
  WISSEL_ASSIGN_OR_RETURN(sop::Sop parsed, sop::ParseSop(document));
  WISSEL_ASSIGN_OR_RETURN(const auto sop, decision::CompiledSop::Compile(std::move(parsed), 0));
  WISSEL_ASSIGN_OR_RETURN(const decision::RoutingRequest routing_request,
                          decision::RoutingRequestFrom(
                              request, decision::ServiceHours(calendar::Amsterdam()), absl::Now()));
  decision::Explanation explanation = sop->Explain(routing_request);
  ExplainDecisionResponse response;
  *response.mutable_decision() = std::move(explanation.decision);
  response.set_paragraph(std::move(explanation.paragraph));
  return response;
}

absl::StatusOr<ExplainDecisionResponse> ExplainForTenant(const std::string& tenant,
                                                         const std::string& document) {
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  WISSEL_ASSIGN_OR_RETURN(const absl::TimeZone zone, TimeZoneOf(*app, tenant));
  ExplainDecisionRequest request;
  if (!document.empty()) request.mutable_sop()->set_document(document);
  WISSEL_ASSIGN_OR_RETURN(*request.mutable_inquiry(), ReadInquiry(zone));
  auto sops = SopService::NewStub(app->channels().For("routing"));
  ExplainDecisionResponse response;
  WISSEL_RETURN_IF_ERROR(
      CallAs(*app, tenant, *sops, &SopService::Stub::ExplainDecision, request, &response));
  return response;
}

}  // namespace

absl::Status ExplainSop(const std::vector<std::string>& operands) {
  const std::string tenant = absl::GetFlag(FLAGS_tenant);
  WISSEL_ASSIGN_OR_RETURN(const bool json, WantsJson());
  std::string document;
  if (tenant.empty() || !operands.empty()) {
    WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 1));
    WISSEL_ASSIGN_OR_RETURN(document, ReadTextFile(operands[0]));
  }
  WISSEL_ASSIGN_OR_RETURN(
      const ExplainDecisionResponse response,
      tenant.empty() ? ExplainAlone(document) : ExplainForTenant(tenant, document));
  if (json) return PrintJson(response);
  std::printf("%s\n", response.paragraph().c_str());
  return absl::OkStatus();
}

}  // namespace wissel
