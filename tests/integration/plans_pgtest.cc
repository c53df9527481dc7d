// How PostgreSQL carries out the statements that everybody waits for, under the role of the service
// and row-level security, with two municipalities of 20,000 cases: rows removed by filters are at
// most ten times the rows returned. Read from EXPLAIN, so nothing depends on the clock.

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/norm_log/norm_log_store.h"
#include "libs/pg/statement.h"
#include "libs/testing/postgres.h"
#include "services/cases/actions/case_store.h"
#include "services/cases/questions/open_questions_store.h"
#include "services/cases/queue/queue_store.h"
#include "services/cases/queue/watch_store.h"
#include "services/cases/registration/case_response_store.h"
#include "services/cases/registration/first_registration_store.h"
#include "services/cases/registration/registration_store.h"
#include "services/cases/upkeep/due_store.h"
#include "services/cases/upkeep/rerouter_store.h"
#include "services/directory/session_store.h"
#include "services/insight/insight.h"
#include "services/router/active/sop_store.h"
#include "services/router/propose/past_case_store.h"
#include "services/router/replay/replay_store.h"

namespace wissel::testing {
namespace {

using google::protobuf::Struct;

// Fifty municipalities of twelve teams.
constexpr char kTeams[] = R"(
  insert into directory.municipality (tenant_id, name, time_zone)
  select 'GM' || lpad(m::text, 4, '0'), 'Gemeente ' || m, 'Europe/Amsterdam'
    from generate_series(1, 50) m;
  insert into directory.team (tenant_id, team_id, name, is_kcc)
  select tenant_id, 'team-' || t, 'Team ' || t, t = 1
    from directory.municipality, generate_series(1, 12) t;
  insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days, target_share)
  select tenant_id, team_id, channel, date '2020-01-01', 2, 0.9
    from directory.team, generate_series(1, 9) channel;
  insert into directory.calendar (tenant_id, version, definition)
  select tenant_id, 1, '{}' from directory.municipality;
  insert into directory.account (tenant_id, account_id, login, display_name, password_hash)
  select tenant_id, 'account-' || a, 'login-' || a, 'Naam ' || a, 'x'
    from directory.municipality, generate_series(1, 100) a;
  insert into directory.account_role (tenant_id, account_id, role)
  select tenant_id, account_id, 2 from directory.account;
  insert into directory.account_team (tenant_id, account_id, team_id)
  select tenant_id, account_id, 'team-1' from directory.account;
  insert into directory.session (tenant_id, token_hash, account_id, expires_at)
  select tenant_id, sha256(convert_to(account_id, 'UTF8')), account_id, now() + interval '1 day'
    from directory.account;
  insert into router.sop_version (tenant_id, version, document, sha256, loaded_by)
  select tenant_id, v, 'topics: []', sha256('topics: []'), 'x'
    from directory.municipality, generate_series(1, 20) v;)";

// Cases of some of them, a third of them open.
constexpr char kCases[] = R"(
  create temporary table made as
  select tenant_id, n as case_id, 'team-' || 1 + n % 12 as team_id, 1 + n % 9 as channel,
         now() - make_interval(mins => n * 20) as received_at, n % 3 = 0 as is_open,
         date_trunc('day', now() - make_interval(mins => n * 20)) + interval '65 hours' as due_at
    from unnest(array[$tenants]) as tenant_id, generate_series($first, $last) n;
  insert into cases.case_file (tenant_id, case_id, state, outcome, channel, team_id, subject,
                               received_at, due_at, norm_working_days, calendar_version, closed_at,
                               routing_pending)
  select tenant_id, case_id, case when is_open then 1 else 3 end,
         case when is_open then 0 else 2 end, channel, team_id, 'Vraag ' || case_id, received_at,
         due_at, 2, 1,
         case when not is_open then received_at + interval '1 day' end, is_open and case_id < 100
    from made;
  insert into cases.contact (tenant_id, case_id, contact_no, channel, account, external_id, phone,
                             subject, received_at, idempotency_key, request_hash)
  select tenant_id, case_id, 1, channel, 'info', 'message-' || case_id,
         '+316' || lpad(case_id::text, 8, '0'), 'Vraag', received_at, 'key-' || case_id, ''
    from made;
  insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                team_id, due_at, channel, first_attempt_counts, no_verdict)
  select tenant_id, case_id, 1, received_at, 1, 'a', 'A', team_id, due_at, channel, false, false
    from made;
  insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                team_id, outcome)
  select tenant_id, case_id, 2, received_at + interval '1 day', 8, 'a', 'A', team_id, 2
    from made where not is_open;
  insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at)
  select tenant_id, 'act-' || case_id, '', '', received_at from made)";

// A statement as it is called, with SQL for its parameters.
struct Hot {
  const char* service;
  const char* name;
  const char* parameters;
  // It finds a few rows by their keys, for those who wait.
  bool looks_up = false;
};

constexpr Hot kHot[] = {
    {"cases", "cases_queue_page", "'team-4', '-infinity', 0, 51", true},
    {"cases", "cases_queue_page", "'team-4', now() - interval '90 days', 17, 51"},
    {"cases", "cases_touched_queues", "pg_current_snapshot()"},
    {"cases", "cases_queue_teams", "null"},
    {"cases", "cases_queue_teams", "'{team-3,team-4}'"},
    {"cases", "cases_tally_open", "'{team-3,team-4}'"},
    {"cases", "cases_tally_claimed", "'{team-3,team-4}'"},
    {"cases", "cases_summaries", "'{12,13,14,5000}'", true},
    {"cases", "cases_whole", "12", true},
    {"cases", "cases_events", "12", true},
    {"cases", "cases_added_contacts", "12", true},
    {"cases", "cases_lock", "12", true},
    {"cases", "cases_teams_for_action", "'team-3'"},
    {"cases", "cases_open_questions", "'+31600000012', '', 'Berg', '2281AB'", true},
    {"cases", "cases_register_find_messages",
     "'{3,4}', '{info,info}', '{message-11,message-nowhere}'", true},
    {"cases", "cases_register_find_keys", "'{key-1,key-2,key-nowhere}', 1000000000", true},
    {"cases", "cases_register_find_stored", "'{act-1,act-2,act-nowhere}'", true},
    {"cases", "cases_register_free_keys", "'{key-1,key-2,key-nowhere}', 1000000000", true},
    {"cases", "cases_find_response", "'act-77'", true},
    {"cases", "cases_reroute_pending", "0, 200"},
    {"cases", "cases_reroute_oldest", ""},
    {"cases", "cases_watch_news", "pg_current_snapshot()"},
    {"insight", "norm_log_open", "now() - interval '30 days', now(), now()"},
    {"insight", "norm_log_open", "'-infinity', 'infinity', now()"},
    {"insight", "norm_log_by_id", "'{12,13,14,5000}'", true},
    {"insight", "insight_next_part", "pg_snapshot_xmax(pg_current_snapshot())::text", true},
    {"insight", "insight_changed_cases",
     "pg_snapshot_xmax(pg_current_snapshot())::text, pg_snapshot_xmax(pg_current_snapshot())::text",
     true},
    {"insight", "insight_is_behind", ""},
    {"insight", "insight_topics", "'{12,13,14,5000}'", true},
    {"insight", "municipality_row", ""},
    {"insight", "municipality_teams", ""},
    {"cases", "municipality_norms", ""},
    {"router", "municipality_calendar", ""},
    {"directory", "directory_find_session", "sha256(convert_to('account-7', 'UTF8'))"},
    {"router", "router_sop_in_force", ""},
};

// What reads or changes many cases of a municipality, or finds some of them in big tables.
constexpr Hot kWide[] = {
    {"insight", "norm_log_open", "'-infinity', 'infinity', now()"},
    {"router", "norm_log_open", "now() - interval '30 days', now(), now()"},
    {"insight", "insight_routed_cases", "'-infinity', 'infinity', 20"},
    {"router", "router_past_cases", "'-infinity', 'infinity', 'Europe/Amsterdam'"},
    {"router", "router_replay_count", "'-infinity', 'infinity'"},
    {"router", "router_replay_open", "'-infinity', 'infinity', true"},
    {"cases", "cases_register_find_messages",
     "'{3,4}', '{info,info}', '{message-11,message-nowhere}'"},
    {"cases", "cases_register_find_keys", "'{key-1,key-2,key-nowhere}', 1000000000"},
    {"cases", "cases_register_find_stored", "'{act-1,act-2,act-nowhere}'"},
    {"cases", "cases_open_questions", "'+31600000012', '', 'Berg', '2281AB'"},
    {"cases", "cases_delete_old_keys", "3600, 500"},
    {"cases", "cases_reroute_pending", "0, 200"},
    {"cases", "cases_due_outdated", "2, 500"},
    {"cases", "cases_due_move", "'{3,6,9}', '{tomorrow,tomorrow,tomorrow}', '{t,t,t}', 7"},
    {"cases", "cases_lock", "12"},
    {"cases", "cases_watch_news", "pg_current_snapshot()"},
    {"cases", "cases_touched_queues", "pg_current_snapshot()"},
    {"cases", "cases_tally_open", "'{team-3,team-4}'"},
    {"cases", "cases_tally_claimed", "'{team-3,team-4}'"},
};

std::vector<pg::Statement> AllStatements() {
  std::vector<pg::Statement> all;
  for (const auto& store :
       {cases::CaseStatements(), cases::DueStatements(), cases::CaseResponses().Statements(),
        cases::OpenQuestionStatements(), cases::QueueStatements(),
        cases::FirstRegistrationStatements(), cases::RegistrationStatements(),
        cases::RerouterStatements(), cases::WatchStatements(), directory::SessionStatements(),
        insight::InsightStatements(), router::PastCaseStatements(), router::ReplayStatements(),
        router::SopStatements()}) {
    all.insert(all.end(), store.begin(), store.end());
  }
  return all;
}

// The statement of that name. Of a cursor: what it reads, since only that has a plan.
std::string SqlOf(const std::string& name) {
  for (const pg::Statement& statement : AllStatements()) {
    const std::string sql = statement.sql;
    if (statement.name == name) {
      return absl::StrContains(sql, "declare ") ? sql.substr(sql.find("select")) : sql;
    }
  }
  ADD_FAILURE() << "there is no statement " << name;
  return "select 1";
}

double NumberIn(const Struct& node, const std::string& name) {
  const auto found = node.fields().find(name);
  return found == node.fields().end() ? 0 : found->second.number_value();
}

std::string TextIn(const Struct& node, const std::string& name) {
  const auto found = node.fields().find(name);
  return found == node.fields().end() ? "" : found->second.string_value();
}

// What filters threw away.
struct Removed {
  double rows = 0;
  std::string where;
};

// By the node and those under it. A table of a few pages is read whole whatever is sought in it;
// `small` names them.
Removed RemovedIn(const Struct& node, const std::set<std::string>& small) {
  Removed removed;
  const std::string relation = TextIn(node, "Relation Name");
  for (const char* by : {"Filter", "Join Filter", "Index Recheck"}) {
    const double rows =
        NumberIn(node, "Actual Loops") * NumberIn(node, absl::StrCat("Rows Removed by ", by));
    if (rows == 0 || small.contains(relation)) continue;
    removed.rows += rows;
    absl::StrAppend(&removed.where, "\n", TextIn(node, "Node Type"), " on ", relation, " by ",
                    TextIn(node, by), ": ", rows);
  }
  const auto plans = node.fields().find("Plans");
  if (plans == node.fields().end()) return removed;
  for (const auto& plan : plans->second.list_value().values()) {
    const Removed under = RemovedIn(plan.struct_value(), small);
    removed.rows += under.rows;
    removed.where += under.where;
  }
  return removed;
}

std::string CasesSql(const std::string& tenants, int first, int last) {
  return absl::StrReplaceAll(
      kCases,
      {{"$tenants", tenants}, {"$first", absl::StrCat(first)}, {"$last", absl::StrCat(last)}});
}

void PlantCases(const TestDatabase& database, const std::string& tenants, int count) {
  database.Admin(CasesSql(tenants, 1, count));
}

// What EXPLAIN printed as JSON.
std::optional<Struct> PlanIn(const std::string& text) {
  google::protobuf::ListValue plans;
  if (!google::protobuf::util::JsonStringToMessage(text, &plans).ok()) return std::nullopt;
  return plans.values(0).struct_value().fields().at("Plan").struct_value();
}

double PagesOf(const Struct& plan) {
  return NumberIn(plan, "Shared Hit Blocks") + NumberIn(plan, "Shared Read Blocks");
}

// How `sql` was carried out for a municipality under the role of a service; nothing of it is kept.
std::optional<Struct> PlanOf(const TestDatabase& database, const std::string& tenant,
                             const std::string& service, const std::string& sql,
                             const std::string& parameters, const std::string& mode) {
  // The limit ends what would not end by itself.
  const std::string text = database.Admin(absl::StrCat(
      "begin; set local role wissel_", service, "; select set_config('wissel.tenant', '", tenant,
      "', true); set local plan_cache_mode = ", mode,
      "; set local statement_timeout = '60s'; set local jit = off; prepare hot as ", sql,
      "; explain (analyze, buffers, timing off, format json) execute hot",
      parameters.empty() ? "" : absl::StrCat("(", parameters, ")")));
  return PlanIn(text);
}

// Rows that may be thrown away where statistics are wrong.
constexpr double kMost = 300'000;

void StopCounting(const TestDatabase& database) {
  for (const char* table : {"case_file", "contact", "case_event", "idempotency_key"}) {
    database.Admin(absl::StrCat("alter table cases.", table, " set (autovacuum_enabled = off)"));
  }
}

class Plans : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = new TestDatabase;
    database_->Admin(kTeams);
    PlantCases(*database_, "'GM0001', 'GM0002'", 20000);
    database_->Admin("analyze");
    const std::string small = database_->Admin(
        "select string_agg(relname, ',') from pg_class where relkind = 'r' and relpages <= 8");
    small_ = absl::StrSplit(small, ',');
  }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }

  // What is wrong with how `sql` is carried out; empty if nothing.
  static std::string Waste(const std::string& service, const std::string& sql,
                           const std::string& parameters, const std::string& mode) {
    const auto plan = PlanOf(*database_, "GM0001", service, sql, parameters, mode);
    if (!plan) return "no plan";
    const double returned = NumberIn(*plan, "Actual Rows") * NumberIn(*plan, "Actual Loops");
    const Removed removed = RemovedIn(*plan, small_);
    if (removed.rows <= 10 * std::max(returned, 1.0)) return "";
    return absl::StrCat(removed.rows, " rows removed for ", returned, " returned (", mode, ")",
                        removed.where);
  }

  static TestDatabase* database_;
  static std::set<std::string> small_;
};

TestDatabase* Plans::database_ = nullptr;
std::set<std::string> Plans::small_;

TEST_F(Plans, HotStatementsReadWhatTheyReturn) {
  for (const Hot& hot : kHot) {
    for (const char* mode : {"force_custom_plan", "force_generic_plan"}) {
      EXPECT_EQ(Waste(hot.service, SqlOf(hot.name), hot.parameters, mode), "") << hot.name;
    }
  }
}

// A municipality whose history was imported a moment ago, a tenth of what is there: statistics have
// not seen it. Reading every table whole a few times is right; reading it for each row is not.
class UnknownMunicipality : public ::testing::Test {
 protected:
  UnknownMunicipality() {
    database_.Admin(kTeams);
    PlantCases(database_, "'GM0001'", 20000);
    database_.Admin("analyze");
    StopCounting(database_);
    PlantCases(database_, "'GM0002'", 2000);
  }

  double RowsThrownAway(const Hot& hot, const std::string& sql, const std::string& mode) {
    const auto plan = PlanOf(database_, "GM0002", hot.service, sql, hot.parameters, mode);
    EXPECT_TRUE(plan.has_value()) << hot.name;
    return plan ? RemovedIn(*plan, {}).rows : 0;
  }

  const TestDatabase database_;
};

TEST_F(UnknownMunicipality, IsNotReadRowByRow) {
  for (const Hot& hot : kWide) {
    for (const char* mode : {"force_custom_plan", "force_generic_plan"}) {
      EXPECT_LT(RowsThrownAway(hot, SqlOf(hot.name), mode), kMost) << hot.name << " " << mode;
    }
  }
}

// A database that fills up before anything is counted: statistics know of no rows at all, as after
// a crash of PostgreSQL, which forgets what was to be counted. Pages are those that were looked at,
// each time anew, so they also tell of what an index scan passes over.
class UncountedDatabase : public ::testing::Test {
 protected:
  UncountedDatabase() {
    database_.Admin(kTeams);
    database_.Admin("analyze");
    StopCounting(database_);
    for (const Hot& hot : kHot) {
      if (hot.looks_up) lookups_.push_back(hot);
    }
  }

  // With plans that were made while a hundred cases were there and that hold, as prepared
  // statements do, while 8,000 come.
  double PagesOfAnOldPlan(const Hot& hot) {
    const std::string execute = absl::StrCat("execute hot(", hot.parameters, ")");
    const std::string begin =
        absl::StrCat("set local role wissel_", hot.service,
                     "; select set_config('wissel.tenant', 'GM0001', true); ");
    const std::string text = database_.Admin(absl::StrCat(
        "begin; ", CasesSql("'GM0001'", 1, 100), "; ", begin,
        "set local plan_cache_mode = force_generic_plan; prepare hot as ", SqlOf(hot.name),
        "; explain ", execute, "; reset role; drop table made; ", CasesSql("'GM0001'", 101, 8000),
        "; ", begin, "explain (analyze, buffers, timing off, format json) ", execute));
    const auto plan = PlanIn(text);
    EXPECT_TRUE(plan.has_value()) << hot.name;
    return plan ? PagesOf(*plan) : 0;
  }

  const TestDatabase database_;
  std::vector<Hot> lookups_;
  static constexpr double kMostPages = 600;
};

TEST_F(UncountedDatabase, IsNotReadWholeForAFewRows) {
  PlantCases(database_, "'GM0001'", 8000);
  for (const Hot& hot : lookups_) {
    for (const char* mode : {"force_custom_plan", "force_generic_plan"}) {
      const auto plan =
          PlanOf(database_, "GM0001", hot.service, SqlOf(hot.name), hot.parameters, mode);
      ASSERT_TRUE(plan.has_value()) << hot.name;
      EXPECT_LT(PagesOf(*plan), kMostPages) << hot.name << " " << mode;
    }
  }
}

TEST_F(UncountedDatabase, IsNotReadWholeByPlansOfItsFirstDay) {
  for (const Hot& hot : lookups_) EXPECT_LT(PagesOfAnOldPlan(hot), kMostPages) << hot.name;
}

// The control: the same statement where the planner sees which municipality it is about.
TEST_F(UnknownMunicipality, WasReadRowByRowWhereThePlannerSawIt) {
  const std::string sql = absl::StrReplaceAll(SqlOf("norm_log_open"),
                                              {{"(select wissel.tenant())", "wissel.tenant()"}});
  EXPECT_GT(RowsThrownAway(kWide[0], sql, "force_generic_plan"), kMost);
}

// Nobody at runtime may analyze, so that autovacuum has to, and soon.
TEST_F(UnknownMunicipality, IsAnalyzedSoon) {
  EXPECT_EQ(database_.Admin("select string_agg(relname, ' ' order by relname) from pg_class "
                            "where 'autovacuum_analyze_scale_factor=0.01' = any(reloptions)"),
            "case_event case_fact case_file contact day_count idempotency_key "
            "month_count progress");
}

// The control: what a search without an index would do.
TEST_F(Plans, WasteIsSeen) {
  EXPECT_THAT(Waste("cases", "select case_id from cases.case_file where subject ilike $1",
                    "'%vraag 777'", "force_custom_plan"),
              ::testing::HasSubstr("rows removed for"));
}

// Nor may a query without a municipality read its way through those of all.
TEST_F(Plans, WithoutAMunicipalityNothingIsRead) {
  EXPECT_EQ(database_->Admin("begin; set local role wissel_cases; "
                             "select count(*) from cases.case_file"),
            "0");
}

}  // namespace
}  // namespace wissel::testing
