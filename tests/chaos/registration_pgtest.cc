// Contacts come in while everything is killed at random: every acknowledged contact is there
// exactly once and whole, and service is back within ten seconds. Two controls show that the test
// can fail: without synchronous commit contacts get lost, without deduplication they come twice.

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "libs/testing/postgres.h"
#include "tests/chaos/clients.h"
#include "tests/support/installation.h"
#include "tests/support/web_client.h"

namespace wissel::chaos {
namespace {

using testing::Installation;
using testing::Shape;

constexpr int kClients = 8;

// Kills a run, as WISSEL_CHAOS_KILLS says; 50 unless it does.
int Kills() {
  int kills = 50;
  const char* text = std::getenv("WISSEL_CHAOS_KILLS");
  if (text != nullptr && !absl::SimpleAtoi(text, &kills)) kills = 50;
  return kills;
}

// What is wrong with the rows, counted.
struct Damage {
  // Acknowledged, but not there.
  int64_t lost = 0;
  // There more than once.
  int64_t twice = 0;
  // There without all of its rows.
  int64_t half = 0;
};

class ChaosTest : public ::testing::TestWithParam<Shape> {
 protected:
  void SetUp() override {
    RecordProperty("kills", Kills());
    ASSERT_EQ(installation_.Start(), absl::OkStatus());
    ASSERT_EQ(installation_.MakeDemo(), absl::OkStatus());
    testing::WebClient client(installation_.url());
    ASSERT_EQ(client.SignIn("GM9901", "kim", "welkom-bij-wissel"), absl::OkStatus());
    token_ = client.token();
  }

  void TearDown() override {
    database_.Admin("alter system reset all");
    database_.CrashAndRestart();
  }

  // Kills something at random and starts what was killed, as systemd would.
  void KillSomething() {
    const std::vector<std::string> processes = installation_.processes();
    switch (random_() % 4) {
      case 0:
        database_.CrashAndRestart();
        break;
      case 1:
        KillBackend();
        break;
      default: {
        const std::string& name = processes[random_() % processes.size()];
        installation_.Kill(name);
        installation_.process(name).Start();
      }
    }
  }

  // SIGKILL for one backend of a service: PostgreSQL then throws all of them out and recovers by
  // itself.
  void KillBackend() {
    const std::string pid = database_.Admin(
        "select pid from pg_stat_activity where usename like 'wissel_%' order by random() limit 1");
    if (pid.empty()) return;
    int number = 0;
    ASSERT_TRUE(absl::SimpleAtoi(pid, &number));
    kill(number, SIGKILL);
    // Until PostgreSQL has seen it the other backends go on, and what they acknowledge says
    // nothing.
    const absl::Time until = absl::Now() + absl::Seconds(10);
    while (kill(number, 0) == 0 && absl::Now() < until) absl::SleepFor(absl::Milliseconds(1));
  }

  // Seconds until a contact can be registered again.
  double SecondsUntilWhole(int64_t acknowledged_before, const Clients& clients) {
    const absl::Time began = absl::Now();
    // Two rounds of all clients: what was under way during the kill may have been acknowledged
    // late.
    while (clients.acknowledged() < acknowledged_before + 2 * kClients &&
           absl::Now() < began + absl::Seconds(60)) {
      absl::SleepFor(absl::Milliseconds(10));
    }
    return absl::ToDoubleSeconds(absl::Now() - began);
  }

  Promises KillAndRegister(int kills) {
    Clients clients(installation_.url(), token_, kClients);
    double slowest = 0;
    for (int i = 0; i < kills; ++i) {
      absl::SleepFor(absl::Milliseconds(50 + random_() % 300));
      KillSomething();
      slowest = std::max(slowest, SecondsUntilWhole(clients.acknowledged(), clients));
    }
    Promises promises = clients.Stop();
    std::printf(
        "%d kills, %zu contacts acknowledged, %lld tries failed, whole again in %.1f s at most\n",
        kills, promises.size(), static_cast<long long>(clients.failed_tries()), slowest);
    EXPECT_LE(slowest, 10);
    EXPECT_GT(clients.failed_tries(), 0) << "nothing was ever in the way: the test proves nothing";
    return promises;
  }

  int64_t Count(const std::string& sql) {
    int64_t count = -1;
    EXPECT_TRUE(absl::SimpleAtoi(database_.Admin(sql), &count)) << sql;
    return count;
  }

  // Contacts that came in while the router was away go to their team, and its mail with them, when
  // it is back.
  void WaitUntilRouted() {
    const absl::Time until = absl::Now() + absl::Seconds(10);
    while (Count("select count(*) from cases.case_file where routing_pending") > 0) {
      ASSERT_LT(absl::Now(), until) << "contacts still wait for the router";
      absl::SleepFor(absl::Milliseconds(100));
    }
  }

  // Compares the rows with what was promised.
  Damage Look(const Promises& promises) {
    std::string values;
    for (const auto& [key, reference] : promises) {
      absl::StrAppend(&values, values.empty() ? "" : ",", "('", key, "',", reference, ")");
    }
    database_.Admin(absl::StrCat(
        "drop table if exists promise; create table promise (key text, reference bigint); "
        "insert into promise values ",
        values));
    Damage damage;
    damage.lost = Count(
        "select count(*) from promise p where not exists (select from cases.case_file f "
        "where f.case_id = p.reference and f.subject = p.key)");
    damage.twice = Count(
        "select count(*) from (select subject from cases.case_file where subject like 'chaos-%' "
        "group by subject having count(*) > 1) as t");
    damage.half = Count(
        "select count(*) from cases.case_file f where subject like 'chaos-%' and not ("
        "  (select count(*) from cases.contact c where c.tenant_id = f.tenant_id and"
        "     c.case_id = f.case_id) = 1 and"
        "  (select count(*) from cases.case_event e where e.tenant_id = f.tenant_id and"
        "     e.case_id = f.case_id and e.kind = 1) = 1 and"
        "  (select count(*) from cases.caused_mail m where m.tenant_id = f.tenant_id and"
        "     m.case_id = f.case_id and m.kind like 'customer%') = 1 and"
        "  exists (select from cases.caused_mail m where m.tenant_id = f.tenant_id and"
        "     m.case_id = f.case_id and m.kind like 'team%'))");
    damage.half += Count("select count(*) from cases.breach");
    return damage;
  }

  testing::TestDatabase database_;
  Installation installation_{GetParam(), database_.BaseConnInfo()};
  std::string token_;
  std::mt19937 random_{std::random_device{}()};
};

TEST_P(ChaosTest, NothingIsLostDoubledOrHalf) {
  const Promises promises = KillAndRegister(Kills());
  WaitUntilRouted();
  const Damage damage = Look(promises);
  EXPECT_EQ(damage.lost, 0);
  EXPECT_EQ(damage.twice, 0);
  EXPECT_EQ(damage.half, 0);
  // What figures are read from was counted by processes that were killed as well.
  EXPECT_EQ(installation_.Run({"insight", "verify", "--tenant=GM9901"}), absl::OkStatus())
      << installation_.output();
  EXPECT_EQ(Count("select sum(met + missed + no_norm + excluded) + (select count(*) from "
                  "insight.case_fact where verdict = 0) from insight.day_count"),
            Count("select count(*) from cases.case_file"));
}

INSTANTIATE_TEST_SUITE_P(Shapes, ChaosTest, ::testing::Values(Shape::kAll, Shape::kSplit),
                         [](const auto& info) {
                           return info.param == Shape::kAll ? "OneProcess" : "ManyProcesses";
                         });

using ControlTest = ChaosTest;

TEST_P(ControlTest, WithoutSynchronousCommitContactsAreLost) {
  database_.Admin("alter system set synchronous_commit = off");
  database_.Admin("alter system set wal_writer_delay = '10s'");
  database_.CrashAndRestart();
  ASSERT_EQ(installation_.Start(), absl::OkStatus());
  int64_t lost = 0;
  for (int round = 0; round < 5 && lost == 0; ++round) {
    Clients clients(installation_.url(), token_, kClients);
    SecondsUntilWhole(clients.acknowledged(), clients);
    absl::SleepFor(absl::Milliseconds(300));
    database_.CrashAndRestart();
    lost = Look(clients.Stop()).lost;
  }
  EXPECT_GT(lost, 0);
}

TEST_P(ControlTest, WithoutDeduplicationContactsComeTwice) {
  // A key that is not kept is as good as none.
  database_.Admin(
      "create function cases.forget() returns trigger language plpgsql as "
      "'begin new.idempotency_key = null; new.request_hash = null; return new; end'; "
      "create trigger forget before insert on cases.contact "
      "for each row execute function cases.forget()");
  int64_t twice = 0;
  for (int round = 0; round < 5 && twice == 0; ++round) {
    Clients clients(installation_.url(), token_, kClients);
    for (int i = 0; i < 10; ++i) {
      SecondsUntilWhole(clients.acknowledged(), clients);
      installation_.Kill("all");
      installation_.process("all").Start();
    }
    twice = Look(clients.Stop()).twice;
  }
  EXPECT_GT(twice, 0);
}

INSTANTIATE_TEST_SUITE_P(Controls, ControlTest, ::testing::Values(Shape::kAll),
                         [](const auto&) { return "OneProcess"; });

}  // namespace
}  // namespace wissel::chaos
