#include "services/insight/insight_service.h"

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/norm_log/norm_log_store.h"
#include "services/insight/misroutes_store.h"
#include "services/insight/norm_table.h"

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

}  // namespace

InsightService::InsightService(pg::Pool& pool, municipality::SnapshotCache& municipalities,
                               rpc::Dispatcher& dispatcher, const Clock& clock)
    : pool_(pool), municipalities_(municipalities), dispatcher_(dispatcher), clock_(clock) {}

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

absl::Status InsightService::Figures(const rpc::Call& call, const v1::GetFiguresRequest& request,
                                     v1::GetFiguresResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const Question question, Read(request, clock_.Now()));
  std::vector<norms::JudgedCase> cases;
  std::shared_ptr<const municipality::MunicipalitySnapshot> municipality;
  WISSEL_RETURN_IF_ERROR(
      pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kRead,
                     [&](pg::Transaction& transaction) -> absl::Status {
                       WISSEL_RETURN_IF_ERROR(Judge(transaction, question, &cases));
                       WISSEL_ASSIGN_OR_RETURN(
                           municipality, municipalities_.GetFresh(transaction, call.tenant_id()));
                       return absl::OkStatus();
                     }));
  const absl::Time held = question.from == absl::InfinitePast() ? question.as_of : question.from;
  FillNormTable(cases, request.grouping(), ContextAt(*municipality, held), response);
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
  std::vector<norms::JudgedCase> cases;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) { return Judge(transaction, question, &cases); }));
  std::erase_if(cases, [&](const norms::JudgedCase& figure) {
    return figure.verdict != request.verdict() ||
           (!request.team_id().empty() && figure.team_id != request.team_id()) ||
           (request.channel() != common::v1::CHANNEL_UNSPECIFIED &&
            figure.channel != request.channel());
  });
  std::sort(cases.begin(), cases.end(), [](const norms::JudgedCase& a, const norms::JudgedCase& b) {
    return std::make_pair(a.received_at, a.case_id) < std::make_pair(b.received_at, b.case_id);
  });
  response->set_truncated(cases.size() > kMaxListedCases);
  if (response->truncated()) cases.resize(kMaxListedCases);
  for (const norms::JudgedCase& figure : cases) {
    v1::FigureCase* listed = response->add_cases();
    listed->set_reference(figure.case_id);
    listed->set_team_id(figure.team_id);
    listed->set_channel(figure.channel);
    *listed->mutable_received_at() = ToProto(figure.received_at);
    if (figure.due_at != absl::InfiniteFuture()) {
      *listed->mutable_due_at() = ToProto(figure.due_at);
    }
    if (figure.satisfied_at) *listed->mutable_satisfied_at() = ToProto(*figure.satisfied_at);
  }
  return absl::OkStatus();
}

}  // namespace wissel::insight
