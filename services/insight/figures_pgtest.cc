// Figures as the service gives them, through gRPC.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/testing/postgres.h"
#include "services/insight/insight.h"

namespace wissel::insight {
namespace {

constexpr char kTenant[] = "GM0603";

// Everybody is a manager.
class Managers final : public rpc::Authenticator {
 public:
  void Authenticate(absl::string_view, absl::string_view, Done done) override {
    auto who = std::make_shared<rpc::Principal>();
    who->tenant_id = kTenant;
    who->account_id = "max";
    who->roles = {options::v1::ROLE_MANAGER};
    done(std::shared_ptr<const rpc::Principal>(std::move(who)));
  }
};

class FiguresTest : public ::testing::Test {
 protected:
  FiguresTest() {
    database_.Admin(
        "insert into directory.municipality (tenant_id, name, time_zone) values ('GM0603', "
        "'Rijswijk', 'Europe/Amsterdam'); insert into directory.team (tenant_id, team_id, name, "
        "is_kcc) select 'GM0603', * from (values ('kcc', 'Klantcontact', true), ('a', 'Zorg', "
        "false), ('b', 'Één loket', false), ('c', 'eiland', false)) as t");
  }

  // A case with its events, each SQL for `at, kind, channel`.
  void Plant(int64_t reference, const char* team, const std::vector<std::string>& events) {
    std::string sql = absl::StrCat(
        "insert into cases.case_file (tenant_id, case_id, state, channel, team_id, received_at, "
        "due_at) values ('GM0603', ",
        reference, ", 1, 2, '", team, "', '2026-03-02 09:00Z', '2026-03-04 16:00Z')");
    for (size_t i = 0; i < events.size(); ++i) {
      absl::StrAppend(&sql,
                      "; insert into cases.case_event (tenant_id, case_id, sequence, actor_id, "
                      "actor_name, team_id, due_at, at, kind, channel) values ('GM0603', ",
                      reference, ", ", i + 1, ", '', '', '", team, "', '2026-03-04 16:00Z', ",
                      events[i], ")");
    }
    database_.Admin(sql);
  }

  absl::StatusOr<v1::GetFiguresResponse> Figures(const v1::GetFiguresRequest& request = {}) {
    return Call(&v1::InsightService::Stub::GetFigures, request, v1::GetFiguresResponse());
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::InsightService::Stub::*method)(
                                    grpc::ClientContext*, const Request&, Response*),
                                const Request& request, Response response) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kAuthorizationKey, "Bearer token");
    const grpc::Status status = (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  testing::TestDatabase database_;
  Managers managers_;
  rpc::WorkerPool workers_{2, 10};
  rpc::Dispatcher dispatcher_{managers_, workers_};
  std::unique_ptr<Insight> insight_ =
      Insight::Build({.conninfo = database_.ConnInfo("insight")}, dispatcher_).value();
  std::unique_ptr<rpc::Server> server_ = rpc::Server::Start({}, {&insight_->service()}).value();
  std::unique_ptr<v1::InsightService::Stub> stub_ =
      v1::InsightService::NewStub(server_->InProcess());
};

TEST_F(FiguresTest, OneCallbackAndTwoContactsMoreAreOneCaseAndThreeContacts) {
  Plant(1, "a",
        {"'2026-03-02 09:00Z', 1, 2", "'2026-03-02 10:00Z', 14, 3", "'2026-03-03 10:00Z', 14, 1"});
  Plant(2, "a", {"'2026-03-02 09:00Z', 1, 2"});
  const auto figures = Figures();
  ASSERT_TRUE(figures.ok()) << figures.status();
  EXPECT_EQ(figures->total().received(), 2);
  EXPECT_EQ(figures->total().contacts(), 4);
  v1::GetFiguresRequest then;
  *then.mutable_as_of() =
      ToProto(absl::FromCivil(absl::CivilHour(2026, 3, 2, 12), absl::UTCTimeZone()));
  EXPECT_EQ(Figures(then)->total().contacts(), 3);
}

// 22:30 UTC on 31 March is the first of April in Rijswijk.
TEST_F(FiguresTest, ATargetHoldsFromTheBeginningOfItsDayInTheMunicipality) {
  database_.Admin(
      "insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days, "
      "target_share) values ('GM0603', 'a', 2, '2026-01-01', 2, 0.8), "
      "('GM0603', 'a', 2, '2026-04-01', 2, 0.9)");
  Plant(1, "a", {"'2026-03-31 22:31Z', 1, 2"});
  const auto target_of_period_from = [&](absl::CivilSecond from) {
    v1::GetFiguresRequest request;
    request.set_grouping(v1::FIGURE_GROUPING_TEAM_AND_CHANNEL);
    *request.mutable_received()->mutable_from() =
        ToProto(absl::FromCivil(from, absl::UTCTimeZone()));
    const auto figures = Figures(request);
    return figures.ok() && figures->rows_size() == 1 ? figures->rows(0).target_share() : -1;
  };
  EXPECT_EQ(target_of_period_from(absl::CivilSecond(2026, 3, 31, 21, 59, 59)), 0.8);
  EXPECT_EQ(target_of_period_from(absl::CivilSecond(2026, 3, 31, 22, 0, 0)), 0.9);
}

// Counts are kept by day: a period that begins within one is read from the log.
TEST_F(FiguresTest, OfAPeriodWithinADayAreExact) {
  Plant(1, "a", {"'2026-03-02 09:00Z', 1, 2"});
  Plant(2, "a", {"'2026-03-02 15:00Z', 1, 2"});
  const absl::Time give_up = absl::Now() + absl::Seconds(20);
  while (database_.Admin("select count(*) from insight.case_fact") != "2") {
    ASSERT_LT(absl::Now(), give_up) << "nothing is counted";
    absl::SleepFor(absl::Milliseconds(20));
  }
  const auto at = [](int day, int hour) {
    return ToProto(absl::FromCivil(absl::CivilHour(2026, 3, day, hour), absl::UTCTimeZone()));
  };
  // Midnight in Rijswijk is 23:00 here.
  for (const auto& [hour, cases] : {std::pair(23, 2), std::pair(12, 0)}) {
    v1::GetFiguresRequest request;
    *request.mutable_received()->mutable_from() = at(1, hour);
    *request.mutable_received()->mutable_to() = at(2, hour == 23 ? 23 : 8);
    EXPECT_EQ(Figures(request)->total().missed(), cases) << hour;
  }
  v1::ListFigureCasesRequest request;
  request.set_verdict(v1::VERDICT_MISSED);
  *request.mutable_received()->mutable_from() = at(2, 12);
  *request.mutable_received()->mutable_to() = at(3, 12);
  const auto listed =
      Call(&v1::InsightService::Stub::ListFigureCases, request, v1::ListFigureCasesResponse());
  ASSERT_EQ(listed->cases_size(), 1);
  EXPECT_EQ(listed->cases(0).reference(), 2);
}

TEST_F(FiguresTest, OfAMomentToComeAreRefused) {
  Plant(1, "a", {"'2026-03-02 09:00Z', 1, 2"});
  v1::GetFiguresRequest request;
  *request.mutable_as_of() = ToProto(absl::Now() + absl::Hours(1));
  const absl::Status refused = Figures(request).status();
  EXPECT_EQ(ReasonOf(refused), "in_the_future");
  EXPECT_EQ(DetailsOf(refused).front().field, "as_of");
  v1::ListFigureCasesRequest cases;
  cases.set_verdict(v1::VERDICT_MISSED);
  EXPECT_EQ(Call(&v1::InsightService::Stub::ListFigureCases, cases, v1::ListFigureCasesResponse())
                ->cases_size(),
            1);
  *cases.mutable_as_of() = request.as_of();
  EXPECT_EQ(ReasonOf(Call(&v1::InsightService::Stub::ListFigureCases, cases,
                          v1::ListFigureCasesResponse())
                         .status()),
            "in_the_future");
  // A period may end later: it is today's month.
  request.clear_as_of();
  *request.mutable_received()->mutable_to() = ToProto(absl::Now() + absl::Hours(24 * 31));
  EXPECT_EQ(Figures(request)->total().missed(), 1);
}

TEST_F(FiguresTest, RowsComeInDutchAlphabeticalOrder) {
  int64_t reference = 0;
  for (const char* team : {"a", "b", "c", "kcc"}) {
    Plant(++reference, team, {"'2026-03-02 09:00Z', 1, 2"});
  }
  const auto figures = Figures();
  ASSERT_TRUE(figures.ok()) << figures.status();
  std::vector<std::string> names;
  for (const v1::FigureRow& row : figures->rows()) names.push_back(row.team_name());
  EXPECT_THAT(names, ::testing::ElementsAre("Één loket", "eiland", "Klantcontact", "Zorg"));
}

}  // namespace
}  // namespace wissel::insight
