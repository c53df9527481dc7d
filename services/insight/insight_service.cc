#include "services/insight/insight_service.h"

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/norm_log/norm_log_store.h"
#include "services/insight/misroutes_store.h"
#include "services/insight/norm_table.h"
#include "services/insight/rollup_store.h"

namespace wissel::insight {
namespace {

constexpr int kMaxListedCases = 1000;

// What a request asks for.
struct Question {
  absl::Time from = absl::InfinitePast();
  absl::Time to = absl::InfiniteFuture();
  absl::Time as_of;
};

// Fills `question` from the period in `field`.
absl::Status ReadPeriod(const std::string& field, const common::v1::Period& period,
                        Question* question) {
  if (period.has_from()) {
    WISSEL_ASSIGN_OR_RETURN(question->from, ReadTime(field + ".from", period.from()));
  }
  if (period.has_to()) {
    WISSEL_ASSIGN_OR_RETURN(question->to, ReadTime(field + ".to", period.to()));
  }
  if (question->to >= question->from) return absl::OkStatus();
  return InvalidField(field, "invalid_period", "the period ends before it begins");
}

template <typename Request>
absl::StatusOr<Question> Read(const Request& request, absl::Time now) {
  Question question;
  WISSEL_RETURN_IF_ERROR(ReadPeriod("received", request.received(), &question));
  question.as_of = now;
  if (request.has_as_of()) {
    WISSEL_ASSIGN_OR_RETURN(question.as_of, ReadTime("as_of", request.as_of()));
  }
  if (question.as_of > now) {
    return InvalidField("as_of", "in_the_future",
                        "figures are of what has happened; choose a moment that is not to come");
  }
  return question;
}

// Fills `cases` with those that `question` asks for.
absl::Status Judge(pg::Transaction& transaction, const Question& question,
                   std::vector<norms::JudgedCase>* cases) {
  return norm_log::JudgeCases(
      transaction, question.from, question.to, question.as_of,
      [cases](norms::JudgedCase judged) { cases->push_back(std::move(judged)); });
}

// The local day that begins at `moment`; nothing if it lies within a day.
std::optional<absl::CivilDay> DayFrom(absl::Time moment, absl::TimeZone zone) {
  const absl::CivilDay day = absl::ToCivilDay(moment, zone);
  if (absl::FromCivil(day, zone) != moment) return std::nullopt;
  return day;
}

// The period as whole local days, which counts are kept by; nothing if it is not.
std::optional<DayPeriod> DaysOf(const Question& question, absl::TimeZone zone) {
  DayPeriod days;
  if (question.from != absl::InfinitePast()) {
    days.from = DayFrom(question.from, zone);
    if (!days.from) return std::nullopt;
  }
  if (question.to != absl::InfiniteFuture()) {
    days.to = DayFrom(question.to, zone);
    if (!days.to) return std::nullopt;
  }
  return days;
}

void AddFigureCase(const CaseFact& fact, v1::ListFigureCasesResponse* response) {
  v1::FigureCase* listed = response->add_cases();
  listed->set_reference(fact.case_id);
  listed->set_team_id(fact.team_id);
  listed->set_channel(static_cast<common::v1::Channel>(fact.channel));
  *listed->mutable_received_at() = ToProto(fact.received_at);
  if (fact.due_at != absl::InfiniteFuture()) *listed->mutable_due_at() = ToProto(fact.due_at);
  if (fact.satisfied_at) *listed->mutable_satisfied_at() = ToProto(*fact.satisfied_at);
}

// The cases that the log gives for `request`.
absl::StatusOr<std::vector<CaseFact>> ListFromLog(pg::Transaction& transaction,
                                                  const Question& question,
                                                  const v1::ListFigureCasesRequest& request,
                                                  absl::TimeZone zone) {
  std::vector<norms::JudgedCase> judged;
  WISSEL_RETURN_IF_ERROR(Judge(transaction, question, &judged));
  std::vector<CaseFact> cases;
  for (const norms::JudgedCase& figure : judged) {
    const bool asked = figure.verdict == request.verdict() &&
                       (request.team_id().empty() || figure.team_id == request.team_id()) &&
                       (request.channel() == common::v1::CHANNEL_UNSPECIFIED ||
                        figure.channel == request.channel());
    if (asked) cases.push_back(FactOf(figure, zone));
  }
  std::sort(cases.begin(), cases.end(), [](const CaseFact& a, const CaseFact& b) {
    return std::make_pair(a.received_at, a.case_id) < std::make_pair(b.received_at, b.case_id);
  });
  return cases;
}

}  // namespace

InsightService::InsightService(pg::Pool& pool, municipality::SnapshotCache& municipalities,
                               RollupKeeper& keeper, rpc::Dispatcher& dispatcher,
                               const Clock& clock)
    : pool_(pool),
      municipalities_(municipalities),
      keeper_(keeper),
      dispatcher_(dispatcher),
      clock_(clock) {}

grpc::ServerUnaryReactor* InsightService::GetFigures(grpc::CallbackServerContext* context,
                                                     const v1::GetFiguresRequest* request,
                                                     v1::GetFiguresResponse* response) {
  return dispatcher_.Blocking(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out) { return Figures(call, in, out); });
}

grpc::ServerUnaryReactor* InsightService::ListFigureCases(grpc::CallbackServerContext* context,
                                                          const v1::ListFigureCasesRequest* request,
                                                          v1::ListFigureCasesResponse* response) {
  return dispatcher_.Blocking(context, request, response,
                              [this](const rpc::Call& call, const auto& in, auto* out) {
                                return FigureCases(call, in, out);
                              });
}

grpc::ServerUnaryReactor* InsightService::ListMisroutes(grpc::CallbackServerContext* context,
                                                        const v1::ListMisroutesRequest* request,
                                                        v1::ListMisroutesResponse* response) {
  return dispatcher_.Blocking(context, request, response,
                              [this](const rpc::Call& call, const auto& in, auto* out) {
                                return Misroutes(call, in, out);
                              });
}

absl::Status InsightService::Misroutes(const rpc::Call& call,
                                       const v1::ListMisroutesRequest& request,
                                       v1::ListMisroutesResponse* response) {
  Question question;
  WISSEL_RETURN_IF_ERROR(ReadPeriod("period", request.period(), &question));
  std::vector<RoutedCase> cases;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(cases, ReadRoutedCases(transaction, question.from, question.to));
        return absl::OkStatus();
      }));
  FillMisroutes(cases, *call.principal, response);
  return absl::OkStatus();
}

absl::StatusOr<bool> InsightService::IsKept(const rpc::Call& call, bool has_as_of) {
  if (has_as_of) return false;
  return keeper_.CatchUp(call.tenant_id(), call.deadline);
}

absl::Status InsightService::Figures(const rpc::Call& call, const v1::GetFiguresRequest& request,
                                     v1::GetFiguresResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const Question question, Read(request, clock_.Now()));
  WISSEL_ASSIGN_OR_RETURN(const bool kept, IsKept(call, request.has_as_of()));
  Tallies tallies;
  std::shared_ptr<const municipality::MunicipalitySnapshot> municipality;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(municipality,
                                municipalities_.GetFresh(transaction, call.tenant_id()));
        if (const auto days = DaysOf(question, municipality->zone); kept && days) {
          WISSEL_ASSIGN_OR_RETURN(tallies, ReadTallies(transaction, *days, question.as_of));
          return absl::OkStatus();
        }
        std::vector<norms::JudgedCase> cases;
        WISSEL_RETURN_IF_ERROR(Judge(transaction, question, &cases));
        tallies = TallyCases(cases);
        return absl::OkStatus();
      }));
  const absl::Time held = question.from == absl::InfinitePast() ? question.as_of : question.from;
  FillNormTable(tallies, request.grouping(), ContextAt(*municipality, held), response);
  *response->mutable_as_of() = ToProto(question.as_of);
  return absl::OkStatus();
}

absl::Status InsightService::FigureCases(const rpc::Call& call,
                                         const v1::ListFigureCasesRequest& request,
                                         v1::ListFigureCasesResponse* response) {
  if (request.verdict() == v1::VERDICT_UNSPECIFIED) {
    return InvalidField("verdict", "required", "say which figure the cases are asked for");
  }
  WISSEL_ASSIGN_OR_RETURN(const Question question, Read(request, clock_.Now()));
  WISSEL_ASSIGN_OR_RETURN(const bool kept, IsKept(call, request.has_as_of()));
  std::vector<CaseFact> cases;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetCached(transaction, call.tenant_id()));
        const auto days = DaysOf(question, municipality->zone);
        if (!kept || !days) {
          WISSEL_ASSIGN_OR_RETURN(cases,
                                  ListFromLog(transaction, question, request, municipality->zone));
          return absl::OkStatus();
        }
        WISSEL_ASSIGN_OR_RETURN(cases, ListFacts(transaction,
                                                 {.days = *days,
                                                  .as_of = question.as_of,
                                                  .verdict = request.verdict(),
                                                  .team_id = request.team_id(),
                                                  .channel = request.channel()},
                                                 kMaxListedCases + 1));
        return absl::OkStatus();
      }));
  response->set_truncated(cases.size() > kMaxListedCases);
  if (response->truncated()) cases.resize(kMaxListedCases);
  for (const CaseFact& fact : cases) AddFigureCase(fact, response);
  return absl::OkStatus();
}

}  // namespace wissel::insight
