#include "services/insight/insight_service.h"

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/norm_log/norm_log_store.h"
#include "services/insight/count_store.h"
#include "services/insight/dashboard.h"
#include "services/insight/fact_store.h"
#include "services/insight/forecast.h"
#include "services/insight/mark_store.h"
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

// For what is read from facts alone.
absl::Status NeverCounted() {
  return Error(absl::StatusCode::kFailedPrecondition, "never_counted",
               "the figures of this municipality are being made; ask again in a minute");
}

absl::Status CheckMark(const v1::FigureMark& mark) {
  switch (mark.kind_case()) {
    case v1::FigureMark::kArrival:
      if (mark.arrival().weekday() < 1 || mark.arrival().weekday() > 7) {
        return InvalidField("mark.arrival.weekday", "out_of_range", "1 is Monday and 7 Sunday");
      }
      if (mark.arrival().hour() < 0 || mark.arrival().hour() > 23) {
        return InvalidField("mark.arrival.hour", "out_of_range", "hours are numbered 0 to 23");
      }
      return absl::OkStatus();
    case v1::FigureMark::kOpen:
      if (mark.open() != v1::OPEN_KIND_LATE && mark.open() != v1::OPEN_KIND_DUE_THIS_WEEK) {
        return InvalidField("mark.open", "required", "say which open cases are asked for");
      }
      return absl::OkStatus();
    default:
      return absl::OkStatus();
  }
}

// Open cases: late ones, or those that are due until the week ends.
OpenQuery OpenQueryOf(const v1::ListFigureCasesRequest& request, absl::Time now,
                      const municipality::MunicipalitySnapshot& municipality) {
  OpenQuery query = {.to = now,
                     .team_id = request.team_id(),
                     .channel = request.channel(),
                     .topic_id = request.topic_id()};
  if (request.mark().open() == v1::OPEN_KIND_DUE_THIS_WEEK) {
    const WorkLeft work(municipality.CalendarFor(false), now, municipality.zone);
    query.from = now;
    query.to = absl::FromCivil(work.EndOfWeek() + 1, municipality.zone);
  }
  return query;
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

grpc::ServerUnaryReactor* InsightService::GetDashboard(grpc::CallbackServerContext* context,
                                                       const v1::GetDashboardRequest* request,
                                                       v1::GetDashboardResponse* response) {
  return dispatcher_.Blocking(context, request, response,
                              [this](const rpc::Call& call, const auto& in, auto* out) {
                                return Dashboard(call, in, out);
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
  const bool has_mark = request.mark().kind_case() != v1::FigureMark::KIND_NOT_SET;
  const bool facts_only = has_mark || !request.topic_id().empty();
  if (request.verdict() == v1::VERDICT_UNSPECIFIED && !has_mark) {
    return InvalidField("verdict", "required", "say which figure the cases are asked for");
  }
  if (facts_only && request.has_as_of()) {
    return InvalidField("as_of", "not_together",
                        "a topic or a mark can be asked for as of now only");
  }
  WISSEL_RETURN_IF_ERROR(CheckMark(request.mark()));
  WISSEL_ASSIGN_OR_RETURN(const Question question, Read(request, clock_.Now()));
  WISSEL_ASSIGN_OR_RETURN(const bool kept, IsKept(call, request.has_as_of()));
  if (facts_only && !kept) return NeverCounted();
  std::vector<CaseFact> cases;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetCached(transaction, call.tenant_id()));
        const absl::TimeZone zone = municipality->zone;
        if (request.mark().has_open()) {
          WISSEL_ASSIGN_OR_RETURN(
              cases, ListOpenFacts(transaction, OpenQueryOf(request, question.as_of, *municipality),
                                   kMaxListedCases + 1));
          return absl::OkStatus();
        }
        const auto days = DaysOf(question, zone);
        if (facts_only && !days) {
          return InvalidField("received", "invalid_period",
                              "for a topic or a mark the period must be whole days");
        }
        if (!kept || !days) {
          WISSEL_ASSIGN_OR_RETURN(cases, ListFromLog(transaction, question, request, zone));
          return absl::OkStatus();
        }
        WISSEL_ASSIGN_OR_RETURN(cases, ListFacts(transaction,
                                                 {.days = *days,
                                                  .as_of = question.as_of,
                                                  .verdict = request.verdict(),
                                                  .team_id = request.team_id(),
                                                  .channel = request.channel(),
                                                  .topic_id = request.topic_id(),
                                                  .mark = request.mark()},
                                                 kMaxListedCases + 1));
        return absl::OkStatus();
      }));
  response->set_truncated(cases.size() > kMaxListedCases);
  if (response->truncated()) cases.resize(kMaxListedCases);
  for (const CaseFact& fact : cases) AddFigureCase(fact, response);
  return absl::OkStatus();
}

absl::Status InsightService::Dashboard(const rpc::Call& call,
                                       const v1::GetDashboardRequest& request,
                                       v1::GetDashboardResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const DashboardMonths months, ReadMonths(request));
  const Scope scope = {
      .team_id = request.team_id(), .channel = request.channel(), .topic_id = request.topic_id()};
  WISSEL_ASSIGN_OR_RETURN(const bool kept, IsKept(call, false));
  if (!kept) return NeverCounted();
  const absl::Time now = clock_.Now();
  DashboardCounts counts;
  std::shared_ptr<const municipality::MunicipalitySnapshot> municipality;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(municipality,
                                municipalities_.GetFresh(transaction, call.tenant_id()));
        WISSEL_ASSIGN_OR_RETURN(counts.tallies,
                                ReadMonthTallies(transaction, months.trend, scope, now));
        WISSEL_ASSIGN_OR_RETURN(counts.marks, ReadMarks(transaction, months.asked, scope));
        WISSEL_ASSIGN_OR_RETURN(counts.topics_before,
                                ReadTopicCounts(transaction, months.before, scope));
        WISSEL_ASSIGN_OR_RETURN(counts.open,
                                ReadOpenCases(transaction, scope.team_id, now, municipality->zone));
        const absl::CivilDay today = absl::ToCivilDay(now, municipality->zone);
        WISSEL_ASSIGN_OR_RETURN(counts.done, ReadDone(transaction, today - kPaceDays, today));
        return absl::OkStatus();
      }));
  FillDashboard(counts, months, *municipality, now, response);
  return absl::OkStatus();
}

}  // namespace wissel::insight
