#include <memory>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/testing/postgres.h"
#include "services/cases/history/history_import.h"
#include "services/cases/history/history_store.h"
#include "services/cases/registration/reference_store.h"
#include "services/cases/test_municipality.h"
#include "services/cases/upkeep/due_mover.h"
#include "services/cases/upkeep/due_store.h"

namespace wissel::cases {
namespace {

class HistoryImporterTest : public ::testing::Test {
 protected:
  HistoryImporterTest() { PlantMunicipality(database_); }

  std::unique_ptr<pg::Pool> OpenPool() {
    pg::PoolOptions options = {.conninfo = database_.ConnInfo("cases"), .size = 4};
    for (const auto& more : {ReferenceStatements(), municipality::SnapshotStatements(),
                             HistoryStatements(), DueStatements()}) {
      options.statements.insert(options.statements.end(), more.begin(), more.end());
    }
    return pg::Pool::Open(std::move(options)).value();
  }

  static v1::ImportedCase Past(int number, int hours_open) {
    v1::ImportedCase past;
    past.set_source_id(absl::StrCat("source-", number));
    past.set_channel(common::v1::CHANNEL_PHONE);
    past.set_team_id("verleden");
    const absl::Time opened = absl::FromUnixSeconds(1'420'000'000 + 60 * number);
    *past.mutable_opened_at() = ToProto(opened);
    *past.mutable_due_at() = ToProto(opened + absl::Hours(48));
    if (hours_open > 0) *past.mutable_closed_at() = ToProto(opened + absl::Hours(hours_open));
    return past;
  }

  v1::ImportCasesResponse Import(const v1::ImportCasesRequest& request) {
    v1::ImportCasesResponse response;
    const absl::Status status = importer_.Import(AgentCall(), request, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  std::string Count(absl::string_view table, absl::string_view where = "true") {
    return database_.Admin(absl::StrCat("select count(*) from cases.", table, " where ", where));
  }

  testing::TestDatabase database_;
  std::unique_ptr<pg::Pool> pool_ = OpenPool();
  municipality::SnapshotCache municipalities_;
  HistoryImporter importer_{*pool_, municipalities_};
};

// -1 stands for "never counted".
TEST_F(HistoryImporterTest, AnImportEndsWithStatisticsOfWhatItStored) {
  database_.Admin("alter table cases.case_file set (autovacuum_enabled = false)");
  const auto counted = [&] {
    return database_.Admin(
        "select reltuples from pg_class where oid = 'cases.case_file'::regclass");
  };
  v1::ImportCasesRequest request;
  for (int i = 0; i < 50; ++i) *request.add_cases() = Past(i, 24);
  EXPECT_EQ(Import(request).stored(), 50);
  EXPECT_EQ(counted(), "-1");
  v1::ImportCasesRequest end;
  end.set_is_last(true);
  end.set_validate_only(true);
  Import(end);
  EXPECT_EQ(counted(), "-1");
  end.set_validate_only(false);
  Import(end);
  EXPECT_EQ(counted(), "50");
}

TEST_F(HistoryImporterTest, KeepsItsOwnTimestampsAndSendsNoMail) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 24);
  *request.add_cases() = Past(2, 0);
  *request.add_cases() = Past(3, 72);
  request.mutable_cases(2)->set_outcome(v1::CASE_OUTCOME_WITHDRAWN);
  request.mutable_cases(2)->set_excluded(true);
  request.mutable_cases(2)->clear_due_at();
  request.mutable_cases(1)->set_neighbourhood("Centrum");
  request.mutable_cases(1)->set_postcode("2511AB");
  EXPECT_EQ(Import(request).stored(), 3);

  EXPECT_EQ(Count("case_file",
                  "source_id = 'source-1' and state = 3 and outcome = 2 "
                  "and closed_at - received_at = interval '24 hours' "
                  "and due_at - received_at = interval '48 hours' "
                  "and received_at = to_timestamp(1420000060)"),
            "1");
  EXPECT_EQ(Count("case_file", "source_id = 'source-2' and state = 1 and closed_at is null"), "1");
  EXPECT_EQ(Count("case_file", "source_id = 'source-3' and outcome = 4 and due_at = 'infinity'"),
            "1");
  EXPECT_EQ(database_.Admin("select string_agg(kind || ':' || outcome || ':' || "
                            "extract(epoch from at)::bigint, ' ' order by at, kind) "
                            "from cases.case_event"),
            "1:0:1420000060 1:0:1420000120 1:0:1420000180 8:2:1420086460 9:4:1420259380");
  EXPECT_EQ(Count("case_event", "no_verdict"), "1");
  EXPECT_EQ(Count("contact"), "3");
  EXPECT_EQ(Count("contact", "neighbourhood = 'Centrum' and postcode = '2511AB'"), "1");
  EXPECT_EQ(Count("case_file", "source_id = 'source-2' and neighbourhood = 'Centrum'"), "1");
  EXPECT_EQ(Count("caused_mail"), "0");
  EXPECT_EQ(Count("breach"), "0");
}

TEST_F(HistoryImporterTest, TwiceChangesNothing) {
  v1::ImportCasesRequest request;
  for (int i = 0; i < 500; ++i) *request.add_cases() = Past(i, i % 3 * 40);
  EXPECT_EQ(Import(request).stored(), 500);
  const std::string sum =
      "select md5(string_agg(f::text, '' order by case_id)) from "
      "cases.case_file f";
  const std::string before = database_.Admin(sum);
  const v1::ImportCasesResponse again = Import(request);
  EXPECT_EQ(again.stored(), 0);
  EXPECT_EQ(again.repeated(), 500);
  EXPECT_EQ(database_.Admin(sum), before);
  EXPECT_EQ(Count("case_event", "kind = 1"), "500");
}

TEST_F(HistoryImporterTest, ASourceIdTwiceInOneRequestIsStoredOnce) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 24);
  *request.add_cases() = Past(1, 48);
  const v1::ImportCasesResponse response = Import(request);
  EXPECT_EQ(response.stored(), 1);
  EXPECT_EQ(response.repeated(), 1);
  EXPECT_EQ(Count("case_event"), "2");
}

TEST_F(HistoryImporterTest, ListsWhatCannotBeTakenAndStoresTheRest) {
  v1::ImportCasesRequest request;
  for (int i = 0; i < 6; ++i) *request.add_cases() = Past(i, 24);
  request.mutable_cases(1)->set_team_id("opgeheven");
  *request.mutable_cases(3)->mutable_closed_at() =
      ToProto(FromProto(request.cases(3).opened_at()) - absl::Hours(1));
  request.mutable_cases(5)->clear_source_id();
  const v1::ImportCasesResponse response = Import(request);
  EXPECT_EQ(response.stored(), 3);
  EXPECT_EQ(response.repeated(), 0);
  ASSERT_EQ(response.rejected_size(), 3);
  EXPECT_EQ(response.rejected(0).index(), 1);
  EXPECT_EQ(response.rejected(0).field(), "team_id");
  EXPECT_EQ(response.rejected(1).index(), 3);
  EXPECT_EQ(response.rejected(1).field(), "closed_at");
  EXPECT_EQ(response.rejected(2).field(), "source_id");
  EXPECT_EQ(Count("case_file"), "3");
}

// (B8)
TEST_F(HistoryImporterTest, ClosedBeforeReceivedByTwoClocksIsStoredAtTheReceipt) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 24);
  *request.mutable_cases(0)->mutable_closed_at() =
      ToProto(FromProto(request.cases(0).opened_at()) - absl::Seconds(7));
  const v1::ImportCasesResponse response = Import(request);
  EXPECT_EQ(response.stored(), 1);
  ASSERT_EQ(response.adjusted_size(), 1);
  EXPECT_EQ(response.adjusted(0).index(), 0);
  EXPECT_EQ(response.adjusted(0).field(), "closed_at");
  EXPECT_EQ(Count("case_file", "closed_at = received_at"), "1");
}

// (B8)
TEST_F(HistoryImporterTest, ByNormIsDueByTheNormOfTheTeamAndTheCalendar) {
  v1::ImportCasesRequest request;
  request.set_due_by_norm(true);
  *request.add_cases() = Past(1, 24);
  request.mutable_cases(0)->set_team_id("parkeren");
  // A Wednesday; the 1st of January is closed, so four working days on is the next Wednesday.
  *request.mutable_cases(0)->mutable_opened_at() =
      ToProto(absl::FromCivil(absl::CivilSecond(2014, 12, 31, 12, 0, 0), absl::UTCTimeZone()));
  *request.add_cases() = Past(2, 0);
  const v1::ImportCasesResponse response = Import(request);
  EXPECT_EQ(response.stored(), 2);
  EXPECT_EQ(response.without_norm(), 1);
  EXPECT_EQ(Count("case_file", "source_id = 'source-1' and due_at = '2015-01-07 17:00+01'"), "1");
  EXPECT_EQ(Count("case_event", "kind = 1 and due_at = '2015-01-07 17:00+01'"), "1");
  EXPECT_EQ(Count("case_file", "source_id = 'source-2' and due_at = 'infinity'"), "1");
  // Norms count in days: a day alone that is the last one is in time, the next one is not.
  for (int day : {7, 8}) {
    v1::ImportedCase* past = request.add_cases();
    *past = request.cases(0);
    past->set_source_id(absl::StrCat("day-", day));
    past->set_closed_day_only(true);
    *past->mutable_closed_at() =
        ToProto(absl::FromCivil(absl::CivilSecond(2015, 1, day, 22, 59, 59), absl::UTCTimeZone()));
  }
  EXPECT_EQ(Import(request).stored(), 2);
  EXPECT_EQ(Count("case_file", "source_id = 'day-7' and closed_at = due_at"), "1");
  EXPECT_EQ(Count("case_file", "source_id = 'day-8' and closed_at > due_at"), "1");
  // It stays where it is.
  database_.Admin(absl::StrCat(
      "insert into directory.calendar (tenant_id, version, definition) values ('GM0603', 2, '",
      Week(1080), "')"));
  EXPECT_EQ(DueMover(*pool_, municipalities_).Run(kTenant).value(), 0);
  EXPECT_TRUE(Import(request).changed().empty());
}

// (B8)
TEST_F(HistoryImporterTest, ValidatingTellsEverythingAndStoresNothing) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 24);
  Import(request);
  *request.add_cases() = Past(2, 24);
  *request.add_cases() = Past(2, 24);
  *request.add_cases() = Past(3, 24);
  request.mutable_cases(3)->set_team_id("nog te maken");
  *request.add_cases() = Past(4, -1);
  request.mutable_cases(4)->clear_opened_at();
  request.mutable_cases(0)->set_subject("anders");
  request.set_validate_only(true);
  const v1::ImportCasesResponse response = Import(request);
  EXPECT_EQ(response.stored(), 2);
  EXPECT_EQ(response.repeated(), 2);
  EXPECT_EQ(response.rejected_size(), 1);
  ASSERT_EQ(response.changed_size(), 1);
  EXPECT_EQ(response.changed(0).index(), 0);
  EXPECT_EQ(Count("case_file"), "1");
  EXPECT_EQ(Count("case_file", "subject = ''"), "1");
}

TEST_F(HistoryImporterTest, ValidatingNeedsNoMunicipality) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 24);
  v1::ImportCasesResponse response;
  EXPECT_EQ(ReasonOf(importer_.Import(AgentCall("GM0001"), request, &response)),
            "no_such_municipality");
  request.set_validate_only(true);
  const absl::Status status = importer_.Import(AgentCall("GM0001"), request, &response);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.stored(), 1);
}

// (C4)
TEST_F(HistoryImporterTest, AKnownCaseThatChangedIsToldAndUpdatedWhereAsked) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 0);
  Import(request);
  request.mutable_cases(0)->set_subject("Put verstopt");
  request.mutable_cases(0)->set_postcode("2511AB");
  request.mutable_cases(0)->set_team_id("parkeren");
  *request.mutable_cases(0)->mutable_closed_at() =
      ToProto(FromProto(request.cases(0).opened_at()) + absl::Hours(5));
  v1::ImportCasesResponse response = Import(request);
  ASSERT_EQ(response.changed_size(), 1);
  EXPECT_EQ(response.changed(0).fields_size(), 4);
  EXPECT_TRUE(response.changed(0).updated_fields().empty());
  EXPECT_EQ(Count("case_file", "state = 1 and subject = ''"), "1");

  request.set_update_known(true);
  response = Import(request);
  ASSERT_EQ(response.changed_size(), 1);
  EXPECT_EQ(response.changed(0).updated_fields_size(), 3);
  EXPECT_EQ(Count("case_file",
                  "state = 3 and outcome = 2 and subject = 'Put verstopt' and version = 2 "
                  "and team_id = 'verleden' and closed_at - received_at = interval '5 hours'"),
            "1");
  EXPECT_EQ(Count("contact", "subject = 'Put verstopt' and postcode = '2511AB'"), "1");
  EXPECT_EQ(Count("case_event", "sequence = 2 and kind = 8 and team_id = 'verleden'"), "1");
  // Once is enough: what is left is the team, which an import does not move.
  response = Import(request);
  ASSERT_EQ(response.changed_size(), 1);
  EXPECT_EQ(response.changed(0).fields_size(), 1);
  EXPECT_TRUE(response.changed(0).updated_fields().empty());
  EXPECT_EQ(Count("case_event"), "2");
}

TEST_F(HistoryImporterTest, WhatSomebodyWorkedOnIsNeverUpdated) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 0);
  Import(request);
  database_.Admin(
      "insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name, "
      "team_id) select tenant_id, case_id, 2, now(), 2, 'a', 'A', team_id from cases.case_file");
  request.set_update_known(true);
  request.mutable_cases(0)->set_subject("anders");
  EXPECT_TRUE(Import(request).changed().empty());
  *request.mutable_cases(0)->mutable_closed_at() =
      ToProto(FromProto(request.cases(0).opened_at()) + absl::Hours(5));
  const v1::ImportCasesResponse response = Import(request);
  ASSERT_EQ(response.changed_size(), 1);
  EXPECT_EQ(response.changed(0).fields(0), "closed_at");
  EXPECT_TRUE(response.changed(0).updated_fields().empty());
  EXPECT_EQ(Count("case_file", "state = 1 and subject = ''"), "1");
}

TEST_F(HistoryImporterTest, ABatchHasAnEnd) {
  v1::ImportCasesRequest request;
  for (int i = 0; i <= kImportBatchMax; ++i) *request.add_cases() = Past(i, 24);
  v1::ImportCasesResponse response;
  EXPECT_EQ(ReasonOf(importer_.Import(AgentCall(), request, &response)), "too_many");
  request.clear_cases();
  EXPECT_EQ(Import(request).stored(), 0);
}

TEST_F(HistoryImporterTest, TheSameFileTwiceAtOnceIsStoredOnce) {
  constexpr int kThreads = 6;
  std::vector<std::thread> threads;
  std::vector<v1::ImportCasesResponse> responses(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      v1::ImportCasesRequest request;
      // Each in an order of its own.
      for (int i = 0; i < 300; ++i) *request.add_cases() = Past((i * (2 * t + 1) * 7) % 300, 24);
      responses[t] = Import(request);
    });
  }
  for (std::thread& thread : threads) thread.join();
  int stored = 0;
  for (const v1::ImportCasesResponse& response : responses) {
    stored += response.stored();
    EXPECT_EQ(response.stored() + response.repeated(), 300);
  }
  EXPECT_EQ(absl::StrCat(stored), Count("case_file"));
  EXPECT_EQ(Count("case_file"), database_.Admin("select count(distinct source_id) "
                                                "from cases.case_file"));
}

TEST_F(HistoryImporterTest, ANewCalendarNeverMovesThePast) {
  v1::ImportCasesRequest request;
  *request.add_cases() = Past(1, 0);
  Import(request);
  database_.Admin(absl::StrCat(
      "insert into directory.calendar (tenant_id, version, definition) values ('GM0603', 2, '",
      Week(1080), "')"));
  DueMover mover(*pool_, municipalities_);
  EXPECT_EQ(mover.Run(kTenant).value(), 0);
  EXPECT_EQ(Count("case_event", "kind = 13"), "0");
}

}  // namespace
}  // namespace wissel::cases
