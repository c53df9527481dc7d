#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/norm_log/norm_log_store.h"
#include "libs/testing/postgres.h"

namespace wissel::norm_log {
namespace {

using insight::v1::Verdict;

// Two municipalities with three cases a minute, each received, given to another team and answered;
// and one with a contact that was added to it.
constexpr char kFill[] = R"(
  insert into directory.municipality (tenant_id, name, time_zone)
  select t, t, 'Europe/Amsterdam' from unnest(array['GM1', 'GM2']) as t;
  insert into directory.team (tenant_id, team_id, name, is_kcc)
  select tenant_id, 'kcc', 'KCC', true from directory.municipality;
  insert into cases.case_file (tenant_id, case_id, state, outcome, channel, team_id, received_at,
                               due_at, closed_at)
  select tenant_id, n, 3, 2, 2, 'kcc', timestamptz '2026-04-01Z' + n * interval '20 seconds',
         'infinity', 'infinity'
    from directory.municipality, generate_series(1, 6000) n;
  insert into cases.case_event (tenant_id, case_id, sequence, actor_id, actor_name, at, kind,
                                team_id, outcome, due_at, channel, first_attempt_counts, no_verdict)
  select tenant_id, case_id, 1, '', '', received_at, 1, 'kcc', 0, received_at + interval '1 hour',
         2, false, case_id % 10 = 0
    from cases.case_file
  union all
  select tenant_id, case_id, 2, '', '', received_at + interval '1 minute', 2, 'parkeren', 0, null,
         null, null, null
    from cases.case_file
  union all
  select tenant_id, case_id, 3, '', '', received_at + interval '2 hours' * (case_id % 2), 8,
         'parkeren', 2, null, null, null, null
    from cases.case_file
  union all
  select tenant_id, 7, 4, '', '', '2026-04-02Z', 14, 'parkeren', 0, null, 1, null, null
    from directory.municipality)";

class NormLogTest : public ::testing::Test {
 protected:
  NormLogTest() { database_.Admin(kFill); }

  std::vector<norms::JudgedCase> Judge(absl::string_view role, absl::Time from, absl::Time to,
                                       absl::Time as_of) {
    const auto pool =
        pg::Pool::Open(
            {.conninfo = database_.ConnInfo(role), .size = 1, .statements = Statements()})
            .value();
    std::vector<norms::JudgedCase> cases;
    const absl::Status status = pool->InTenant(
        "GM1", absl::Now() + absl::Seconds(60), pg::Access::kRead,
        [&](pg::Transaction& transaction) {
          return JudgeCases(transaction, from, to, as_of,
                            [&](norms::JudgedCase judged) { cases.push_back(judged); });
        });
    EXPECT_TRUE(status.ok()) << status;
    return cases;
  }

  static int64_t Count(const std::vector<norms::JudgedCase>& cases, Verdict verdict) {
    return std::count_if(cases.begin(), cases.end(),
                         [&](const auto& judged) { return judged.verdict == verdict; });
  }

  const absl::Time first_ = absl::FromCivil(absl::CivilDay(2026, 4, 1), absl::UTCTimeZone());
  const testing::TestDatabase database_;
};

TEST_F(NormLogTest, JudgesEveryCaseOnceWhateverThePages) {
  for (const char* role : {"insight", "router"}) {
    const auto cases =
        Judge(role, absl::InfinitePast(), absl::InfiniteFuture(), first_ + absl::Hours(1000));
    ASSERT_EQ(cases.size(), 6000u) << role;
    EXPECT_EQ(Count(cases, insight::v1::VERDICT_MET), 2400);
    EXPECT_EQ(Count(cases, insight::v1::VERDICT_MISSED), 3000);
    EXPECT_EQ(Count(cases, insight::v1::VERDICT_EXCLUDED), 600);
    for (const norms::JudgedCase& judged : cases) {
      ASSERT_EQ(judged.contacts, judged.case_id == 7 ? 2 : 1);
      ASSERT_EQ(judged.team_id, judged.case_id % 2 == 0 ? "kcc" : "parkeren");
    }
  }
}

TEST_F(NormLogTest, LooksAtThePeriodUpToTheMoment) {
  const absl::Time hour = first_ + absl::Hours(1);
  const auto cases = Judge("insight", hour, hour + absl::Minutes(1), absl::InfiniteFuture());
  EXPECT_EQ(cases.size(), 3u);
  EXPECT_EQ(cases.front().received_at, hour);
  EXPECT_EQ(Judge("insight", hour, absl::InfiniteFuture(), hour).size(), 1u);
  EXPECT_TRUE(Judge("insight", hour, hour, hour).empty());
}

}  // namespace
}  // namespace wissel::norm_log
