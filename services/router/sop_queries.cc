#include "services/router/sop_queries.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/decision/routing_request_proto.h"
#include "libs/sop/sop_diff.h"
#include "libs/sop/sop_reader.h"
#include "libs/verify/check_document.h"
#include "services/router/active/routing_facts.h"
#include "services/router/active/sop_store.h"
#include "services/router/active/team_facts_store.h"
#include "services/router/drafts/draft_store.h"
#include "services/router/propose/past_case_store.h"
#include "services/router/propose/propose.h"
#include "services/router/propose/propose_proto.h"

namespace wissel::router {
namespace {

constexpr absl::Duration kReplayPatience = absl::Minutes(5);
constexpr int kListed = 200;
constexpr int kMostListed = 10000;

struct Span {
  absl::Time from;
  absl::Time to;
};

absl::StatusOr<Span> SpanOf(const common::v1::Period& period) {
  Span span;
  WISSEL_ASSIGN_OR_RETURN(span.from, ReadTime("period.from", period.from()));
  WISSEL_ASSIGN_OR_RETURN(span.to, ReadTime("period.to", period.to()));
  if (period.has_from() && period.has_to() && span.from < span.to) return span;
  return InvalidField("period", "period", "a period begins before it ends");
}

// The SOP that `selector` means with the municipality that it is for.
struct ChosenHere {
  ChosenSop chosen;
  std::shared_ptr<const municipality::MunicipalitySnapshot> municipality;
};

absl::StatusOr<ChosenHere> ChooseHere(pg::Transaction& transaction,
                                      municipality::SnapshotCache& municipalities,
                                      absl::string_view tenant_id,
                                      const v1::SopSelector& selector) {
  ChosenHere here;
  WISSEL_ASSIGN_OR_RETURN(here.chosen, Choose(transaction, selector));
  WISSEL_ASSIGN_OR_RETURN(here.municipality, municipalities.GetFresh(transaction, tenant_id));
  return here;
}

absl::StatusOr<CompiledSopPtr> Compile(const ChosenHere& here) {
  WISSEL_ASSIGN_OR_RETURN(sop::Sop sop, sop::ParseSop(here.chosen.document));
  return decision::CompiledSop::Compile(std::move(sop), here.chosen.version,
                                        TeamDirectoryOf(*here.municipality));
}

}  // namespace

absl::StatusOr<ChosenSop> Choose(pg::Transaction& transaction, const v1::SopSelector& selector) {
  if (selector.has_document()) return ChosenSop{.document = selector.document()};
  if (selector.has_draft_id()) {
    WISSEL_ASSIGN_OR_RETURN(Draft draft, ReadDraft(transaction, selector.draft_id()));
    return ChosenSop{.document = std::move(draft.document)};
  }
  WISSEL_ASSIGN_OR_RETURN(std::optional<StoredSop> stored,
                          ReadSop(transaction, selector.version()));
  if (!stored) return NoSop();
  return ChosenSop{.document = std::move(stored->document), .version = stored->version};
}

absl::StatusOr<v1::CheckSopResponse> SopQueries::Check(absl::string_view tenant_id,
                                                       const v1::CheckSopRequest& request,
                                                       absl::Time deadline) {
  ChosenHere here;
  verify::VerificationContext context;
  const absl::Time now = absl::Now();
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, deadline, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(here,
                                ChooseHere(transaction, municipalities_, tenant_id, request.sop()));
        WISSEL_ASSIGN_OR_RETURN(context,
                                ReadVerificationContext(transaction, *here.municipality, now));
        return absl::OkStatus();
      }));
  return verify::CheckDocument(here.chosen.document, context, HoursOf(*here.municipality), now);
}

absl::StatusOr<v1::DiffSopResponse> SopQueries::Diff(absl::string_view tenant_id,
                                                     const v1::DiffSopRequest& request,
                                                     absl::Time deadline) {
  ChosenSop from;
  ChosenSop to;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, deadline, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(from, Choose(transaction, request.from()));
        WISSEL_ASSIGN_OR_RETURN(to, Choose(transaction, request.to()));
        return absl::OkStatus();
      }));
  WISSEL_ASSIGN_OR_RETURN(const sop::Sop before, sop::ParseSop(from.document));
  WISSEL_ASSIGN_OR_RETURN(const sop::Sop after, sop::ParseSop(to.document));
  return ToProto(sop::DiffSops(before, after));
}

absl::StatusOr<v1::ExplainDecisionResponse> SopQueries::Explain(
    absl::string_view tenant_id, const v1::ExplainDecisionRequest& request, absl::Time deadline) {
  ChosenHere here;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, deadline, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(here,
                                ChooseHere(transaction, municipalities_, tenant_id, request.sop()));
        return absl::OkStatus();
      }));
  WISSEL_ASSIGN_OR_RETURN(
      const decision::RoutingRequest routing_request,
      decision::RoutingRequestFrom(request.inquiry(), HoursOf(*here.municipality), absl::Now()));
  WISSEL_ASSIGN_OR_RETURN(const CompiledSopPtr sop, Compile(here));
  decision::Explanation explanation = sop->Explain(routing_request);
  v1::ExplainDecisionResponse response;
  *response.mutable_decision() = std::move(explanation.decision);
  response.set_paragraph(std::move(explanation.paragraph));
  return response;
}

absl::StatusOr<v1::ProposeSopResponse> SopQueries::Propose(absl::string_view tenant_id,
                                                           const v1::ProposeSopRequest& request,
                                                           absl::Time deadline) {
  WISSEL_ASSIGN_OR_RETURN(const Span span, SpanOf(request.period()));
  std::vector<PastCase> cases;
  sop::Sop known;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, deadline, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetFresh(transaction, tenant_id));
        WISSEL_ASSIGN_OR_RETURN(cases,
                                ReadPastCases(transaction, span.from, span.to, municipality->zone));
        WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction, 0));
        if (!stored) return absl::OkStatus();
        WISSEL_ASSIGN_OR_RETURN(known, sop::ParseSop(stored->document));
        return absl::OkStatus();
      }));
  const ProposeOptions options = {.most_rules = request.most_rules()};
  WISSEL_ASSIGN_OR_RETURN(const Proposal proposal, router::Propose(cases, known, options));
  v1::ProposeSopResponse response;
  ToProto(proposal, &response);
  // A history of one day leaves nothing to hold out.
  if (const absl::StatusOr<BacktestResult> unseen = HoldOut(cases, known, options); unseen.ok()) {
    ToProto(*unseen, response.mutable_held_out());
  }
  return response;
}

absl::StatusOr<v1::ReplayResult> SopQueries::Replay(absl::string_view tenant_id,
                                                    const v1::ReplaySopRequest& request,
                                                    absl::Time deadline, ReplayReport report) {
  WISSEL_ASSIGN_OR_RETURN(const Span span, SpanOf(request.period()));
  const absl::Time until = std::min(deadline, absl::Now() + kReplayPatience);
  ChosenHere before;
  ChosenHere after;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, until, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(after,
                                ChooseHere(transaction, municipalities_, tenant_id, request.sop()));
        WISSEL_ASSIGN_OR_RETURN(before.chosen, Choose(transaction, {}));
        before.municipality = after.municipality;
        return absl::OkStatus();
      }));
  const decision::ServiceHours hours = HoursOf(*after.municipality);
  ReplayTally::Options options = {.hours = &hours};
  WISSEL_ASSIGN_OR_RETURN(options.before, Compile(before));
  WISSEL_ASSIGN_OR_RETURN(options.after, Compile(after));
  options.most_listed = std::clamp(request.most_listed(), 0, kMostListed);
  if (options.most_listed == 0) options.most_listed = kListed;
  const bool words = LooksForWords(options.before->sop()) || LooksForWords(options.after->sop());
  ReplayTally tally(std::move(options));
  const ReplayScope scope = {.tenant_id = std::string(tenant_id),
                             .from = span.from,
                             .to = span.to,
                             .as_of = absl::Now(),
                             .deadline = until};
  WISSEL_RETURN_IF_ERROR(RunReplay(pool_, scope, words, tally, report));
  return tally.Result();
}

}  // namespace wissel::router
