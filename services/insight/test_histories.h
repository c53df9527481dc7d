// A database for histories of cases, and what keeps figures of them.

#ifndef WISSEL_SERVICES_INSIGHT_TEST_HISTORIES_H_
#define WISSEL_SERVICES_INSIGHT_TEST_HISTORIES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "libs/pg/pool.h"
#include "libs/testing/postgres.h"
#include "services/insight/insight.h"
#include "services/insight/rollup_keeper.h"
#include "services/insight/test_random_log.h"

namespace wissel::insight {

inline constexpr char kTenant[] = "GM0603";
// A municipality with three teams, whose log is written here without what is around it.
class HistoriesTest : public ::testing::Test {
 protected:
  HistoriesTest() {
    database_.Admin(
        "insert into directory.municipality (tenant_id, name, time_zone) values ('GM0603', "
        "'Rijswijk', 'Europe/Amsterdam'); insert into directory.team (tenant_id, team_id, name, "
        "is_kcc) select 'GM0603', * from (values ('kcc', 'Klantcontact', true), ('a', 'Zorg', "
        "false), ('b', 'Parkeren', false), ('c', 'Afval', false)) as t;"
        // Histories are planted here without the cases around them.
        "alter table cases.case_event alter column actor_id set default '', "
        "alter column actor_name set default ''");
  }

  static std::string Quoted(absl::Time time) {
    if (time == absl::InfiniteFuture()) return "'infinity'";
    return absl::StrCat("'", absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone()), "'");
  }

  // Rows of `events`, which are the last ones of `history`.
  static std::string Rows(const History& history, const std::vector<LoggedEvent>& events) {
    std::string rows;
    size_t sequence = history.events.size() - events.size();
    for (const LoggedEvent& event : events) {
      absl::StrAppend(
          &rows, rows.empty() ? "" : ",", "('GM0603',", history.case_id, ",", ++sequence, ",",
          Quoted(event.at), ",", event.kind, ",'", event.team_id, "',", event.outcome, ",",
          event.due_at ? Quoted(*event.due_at) : "null", ",", ChannelOf(history, event), ",",
          event.first_attempt_counts ? (*event.first_attempt_counts ? "true" : "false") : "null",
          ",", event.no_verdict ? "true" : "false", ")");
    }
    return rows;
  }

  static std::string ChannelOf(const History& history, const LoggedEvent& event) {
    if (event.kind == kReceived) return absl::StrCat(history.channel);
    return event.kind == kAdded ? absl::StrCat(event.channel) : "null";
  }

  static std::string InsertOf(const std::string& rows) {
    return absl::StrCat(
        "insert into cases.case_event (tenant_id, case_id, sequence, at, kind, team_id, outcome, "
        "due_at, channel, first_attempt_counts, no_verdict) values ",
        rows);
  }

  void Plant(const History& history, const std::vector<LoggedEvent>& events) {
    if (!events.empty()) database_.Admin(InsertOf(Rows(history, events)));
  }

  bool CatchUp() { return keeper_.CatchUp(kTenant, Soon()).value(); }
  absl::Time Soon() { return absl::Now() + absl::Minutes(1); }

  RollupDifferences Verify() { return keeper_.Verify(kTenant, Soon()).value(); }

  testing::TestDatabase database_;
  const absl::Time now_ = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  absl::TimeZone zone_ = [] {
    absl::TimeZone zone;
    absl::LoadTimeZone("Europe/Amsterdam", &zone);
    return zone;
  }();
  std::unique_ptr<pg::Pool> pool_ =
      pg::Pool::Open(
          {.conninfo = database_.ConnInfo("insight"), .size = 3, .statements = InsightStatements()})
          .value();
  municipality::SnapshotCache municipalities_;
  RollupKeeper keeper_{*pool_, municipalities_};
};

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_TEST_HISTORIES_H_
