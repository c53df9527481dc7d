// The rules of libs/testing/catalogue.h hold for all migrations; and each of them is shown to find
// its breach, wherever in the schema it is made.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/testing/catalogue.h"
#include "libs/testing/postgres.h"

namespace wissel::testing {
namespace {

using ::testing::IsEmpty;

// What is so by design, with the reason.
const std::map<std::string, std::string>& Exceptions() {
  static const auto* const exceptions = new std::map<std::string, std::string>{
      {"policy_shows_others: directory.municipality.public_names",
       "the sign-in screen shows the list of municipalities to everybody"},
      {"function_of_its_owner: cases.analyze_history()",
       "only the owner of a table may analyze it; the function takes nothing and tells nothing"},
      {"function_of_its_owner: insight.analyze_rollups()", "for the same reason"},
  };
  return *exceptions;
}

// Breaches that are no exceptions.
std::vector<std::string> Unexpected(const TestDatabase& database, const std::string& plant = "") {
  std::vector<std::string> breaches = CatalogueBreaches(database.AdminConnInfo(), plant);
  std::erase_if(breaches, [](const std::string& breach) { return Exceptions().contains(breach); });
  return breaches;
}

TEST(Catalogue, KeepsTheRules) {
  const TestDatabase database;
  EXPECT_THAT(Unexpected(database), IsEmpty());
}

TEST(Catalogue, EveryExceptionIsNeeded) {
  const TestDatabase database;
  const std::vector<std::string> breaches = CatalogueBreaches(database.AdminConnInfo());
  for (const auto& [breach, reason] : Exceptions()) {
    EXPECT_THAT(breaches, ::testing::Contains(breach)) << "no longer so: " << reason;
  }
}

// A change of the schema and the rule that must find it.
struct Mutant {
  std::string rule;
  std::string sql;
};

// One mutant a row of `query`, whose columns are the rule and the SQL.
void Add(const TestDatabase& database, const std::string& query, std::vector<Mutant>& mutants) {
  const std::string rows = database.Admin(absl::StrCat(
      "select string_agg(rule || chr(1) || sql, chr(2)) from (", query, ") as mutant (rule, sql)"));
  size_t added = 0;
  for (absl::string_view row : absl::StrSplit(rows, '\2', absl::SkipEmpty())) {
    const std::vector<std::string> parts = absl::StrSplit(row, '\1');
    mutants.push_back({parts[0], parts[1]});
    ++added;
  }
  EXPECT_GT(added, 0u) << "nothing to change: " << query;
}

constexpr char kTables[] =
    "(select c.oid, n.nspname, c.oid::regclass::text as name from pg_class c"
    "  join pg_namespace n on n.oid = c.relnamespace"
    " where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'"
    "   and n.nspname not in ('information_schema', 'wissel_migration'))";
// Names of the columns of a key, but tenant_id.
constexpr char kOthers[] =
    "(select string_agg(quote_ident(attname), ', ' order by ordinality)"
    "   from unnest(k.conkey) with ordinality as key (number, ordinality)"
    "   join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.number"
    "  where attname <> 'tenant_id')";
// The same on the side that a foreign key points to.
constexpr char kOthersThere[] =
    "(select string_agg(quote_ident(attname), ', ' order by ordinality)"
    "   from unnest(k.confkey) with ordinality as key (number, ordinality)"
    "   join pg_attribute a on a.attrelid = k.confrelid and a.attnum = key.number"
    "  where attname <> 'tenant_id')";
constexpr char kServices[] =
    "(select rolname, substr(rolname, 8) as service from pg_roles"
    "  where rolname ~ '^wissel_' and rolname <> 'wissel_owner')";

std::vector<Mutant> OfTables(const TestDatabase& database) {
  std::vector<Mutant> mutants;
  const auto each = [&](const std::string& rule, const std::string& sql) {
    Add(database,
        absl::StrCat("select '", rule, "', format($$", sql, "$$, name, nspname) from ", kTables,
                     " as t"),
        mutants);
  };
  each("row_security_off", "alter table %1$s disable row level security");
  each("row_security_not_forced", "alter table %1$s no force row level security");
  each("may_go_round_policies", "grant truncate on %1$s to wissel_%2$s");
  each("may_go_round_policies", "grant references on %1$s to wissel_gateway");
  each("may_go_round_policies", "grant trigger on %1$s to public");
  each("second_writer", "grant insert on %1$s to wissel_gateway");
  each("second_writer", "grant update (tenant_id) on %1$s to wissel_gateway");
  each("second_writer", "grant delete on %1$s to public");
  each("role_owns", "alter table %1$s owner to wissel_%2$s");
  each("not_a_table_or_view", "create materialized view %2$s.planted as select * from %1$s");
  each("view_of_its_owner", "create view %2$s.planted as select * from %1$s");
  each("policy_shows_others", "create policy planted on %1$s for select using (true)");
  each("policy_takes_others", "create policy planted on %1$s for insert with check (true)");
  each("rewrite_rule", "create rule planted as on delete to %1$s do instead nothing");
  return mutants;
}

std::vector<Mutant> OfPolicies(const TestDatabase& database) {
  std::vector<Mutant> mutants;
  const auto each = [&](const std::string& rule, const std::string& sql) {
    Add(database,
        absl::StrCat("select '", rule, "', format($$", sql,
                     "$$, quote_ident(polname), polrelid::regclass) from pg_policy"
                     " where polcmd = '*'"),
        mutants);
  };
  each("no_policy", "drop policy %1$s on %2$s");
  each("no_policy", "alter policy %1$s on %2$s to wissel_gateway");
  each("policy_shows_others", "alter policy %1$s on %2$s using (true)");
  each("policy_shows_others",
       "alter policy %1$s on %2$s using (tenant_id = wissel.tenant() or wissel.tenant() is null)");
  each("policy_shows_others",
       "alter policy %1$s on %2$s using (tenant_id = current_setting('other.tenant', true))");
  each("policy_takes_others", "alter policy %1$s on %2$s with check (true)");
  each("policy_takes_others",
       "drop policy %1$s on %2$s; create policy %1$s on %2$s using (tenant_id = wissel.tenant())");
  return mutants;
}

std::vector<Mutant> OfKeys(const TestDatabase& database) {
  std::vector<Mutant> mutants;
  Add(database,
      absl::StrCat("select 'key_without_tenant', format($$alter table %1$s drop constraint %2$s"
                   " cascade$$, name, k.conname) from pg_constraint k join ",
                   kTables, " as t on t.oid = k.conrelid where k.contype = 'p'"),
      mutants);
  Add(database,
      absl::StrCat("select 'key_without_tenant', format($$alter table %1$s drop constraint %2$s"
                   " cascade; alter table %1$s add primary key (%3$s)$$, name, k.conname, ",
                   kOthers, ") from pg_constraint k join ", kTables,
                   " as t on t.oid = k.conrelid where k.contype = 'p' and ", kOthers,
                   " is not null"),
      mutants);
  Add(database,
      absl::StrCat("select 'foreign_key_without_tenant', format($$alter table %1$s drop constraint"
                   " %2$s; create unique index on %3$s (%5$s); alter table %1$s add foreign key"
                   " (%4$s) references %3$s (%5$s)$$, name, k.conname, k.confrelid::regclass, ",
                   kOthers, ", ", kOthersThere, ") from pg_constraint k join ", kTables,
                   " as t on t.oid = k.conrelid where k.contype = 'f' and ", kOthers,
                   " is not null"),
      mutants);
  Add(database,
      absl::StrCat("select 'unique_without_tenant', format($$drop index %1$s; %2$s$$,"
                   " i.indexrelid::regclass, replace(pg_get_indexdef(i.indexrelid),"
                   " '(tenant_id, ', '(')) from pg_index i join ",
                   kTables,
                   " as t on t.oid = i.indrelid where i.indisunique and i.indnatts > 1"
                   " and not exists (select from pg_constraint k where k.conindid = i.indexrelid)"),
      mutants);
  Add(database,
      absl::StrCat("select 'unique_without_tenant', format($$alter table %1$s drop constraint %2$s"
                   " cascade; alter table %1$s add unique (%3$s)$$, name, k.conname, ",
                   kOthers, ") from pg_constraint k join ", kTables,
                   " as t on t.oid = k.conrelid where k.contype = 'u' and ", kOthers,
                   " is not null"),
      mutants);
  Add(database,
      absl::StrCat("select 'constraint_not_valid', format($$alter table %1$s add check (true)"
                   " not valid$$, name) from ",
                   kTables, " as t"),
      mutants);
  return mutants;
}

std::vector<Mutant> OfViewsAndSchemas(const TestDatabase& database) {
  std::vector<Mutant> mutants;
  const std::string views =
      " from pg_class where relkind = 'v' and relnamespace in (select oid from pg_namespace where"
      " nspname !~ '^pg_' and nspname <> 'information_schema')";
  for (const char* change : {"set (security_invoker = false)", "reset (security_invoker)"}) {
    Add(database,
        absl::StrCat("select 'view_of_its_owner', format($$alter view %1$s ", change,
                     "$$, oid::regclass)", views),
        mutants);
  }
  const auto each = [&](const std::string& rule, const std::string& sql) {
    Add(database,
        absl::StrCat("select distinct '", rule, "', format($$", sql, "$$, nspname) from ", kTables,
                     " as t"),
        mutants);
  };
  each("no_tenant", "create table %1$s.planted (id int primary key)");
  each("key_without_tenant", "create table %1$s.planted (tenant_id text, id int)");
  each("row_security_off", "create table %1$s.planted (tenant_id text primary key)");
  each("function_of_its_owner",
       "create function %1$s.planted() returns int language sql security definer return 1");
  each("function_said_leakproof",
       "create function %1$s.planted() returns int language sql leakproof return 1");
  each("may_create", "grant create on schema %1$s to wissel_%1$s");
  each("role_owns", "alter schema %1$s owner to wissel_%1$s");
  Add(database,
      "select 'second_counter', format($$grant usage on sequence %s to wissel_gateway$$,"
      " oid::regclass) from pg_class where relkind = 'S'",
      mutants);
  return mutants;
}

std::vector<Mutant> OfRoles(const TestDatabase& database) {
  std::vector<Mutant> mutants;
  const auto each = [&](const std::string& rule, const std::string& sql) {
    Add(database,
        absl::StrCat("select '", rule, "', format($$", sql, "$$, rolname) from ", kServices,
                     " as r"),
        mutants);
  };
  for (const char* might : {"superuser", "bypassrls", "createrole", "createdb", "replication"}) {
    each("role_too_mighty", absl::StrCat("alter role %1$s ", might));
    mutants.push_back({"role_too_mighty", absl::StrCat("alter role wissel_owner ", might)});
  }
  each("role_is_member", "grant wissel_owner to %1$s");
  each("role_is_member", "grant pg_read_all_data to %1$s");
  each("second_writer", "grant pg_write_all_data to %1$s");
  each("role_owns", "create schema planted authorization %1$s");
  each("may_create", "grant create on schema public to %1$s");
  each("setting_by_default", "alter role %1$s set wissel.tenant = 'GM0603'");
  each("setting_by_default", "alter role %1$s set role = 'wissel_owner'");
  each("grant_by_default", "alter default privileges grant insert on tables to %1$s");

  mutants.push_back({"owner_can_log_in", "alter role wissel_owner login"});
  for (const char* body : {
           "coalesce(current_setting('wissel.tenant', true), 'GM0603')",
           "current_setting('wissel.tenant', true)",
           "nullif(current_setting('other.tenant', true), '')",
       }) {
    mutants.push_back({"tenant_function_changed",
                       absl::StrCat("create or replace function wissel.tenant() returns text"
                                    " language sql stable parallel safe return ",
                                    body)});
  }
  return mutants;
}

// Plants each mutant and wants its rule to say more than before.
void ExpectAllFound(const TestDatabase& database, const std::vector<Mutant>& mutants) {
  const std::vector<std::string> before = CatalogueBreaches(database.AdminConnInfo());
  const std::set<std::string> known(before.begin(), before.end());
  int missed = 0;
  for (const auto& [rule, sql] : mutants) {
    bool found = false;
    for (const std::string& breach : CatalogueBreaches(database.AdminConnInfo(), sql)) {
      found |= absl::StartsWith(breach, absl::StrCat(rule, ": ")) && !known.contains(breach);
    }
    if (found) continue;
    ++missed;
    ADD_FAILURE() << rule << " does not find: " << sql;
  }
  std::cout << mutants.size() - missed << " of " << mutants.size() << " mutants found\n";
  EXPECT_THAT(CatalogueBreaches(database.AdminConnInfo()), before) << "a mutant has stayed";
}

TEST(CatalogueMutants, OfTablesAreFound) {
  const TestDatabase database;
  ExpectAllFound(database, OfTables(database));
}

TEST(CatalogueMutants, OfPoliciesAreFound) {
  const TestDatabase database;
  ExpectAllFound(database, OfPolicies(database));
}

TEST(CatalogueMutants, OfKeysAreFound) {
  const TestDatabase database;
  ExpectAllFound(database, OfKeys(database));
}

TEST(CatalogueMutants, OfViewsAndSchemasAreFound) {
  const TestDatabase database;
  ExpectAllFound(database, OfViewsAndSchemas(database));
}

TEST(CatalogueMutants, OfRolesAreFound) {
  const TestDatabase database;
  ExpectAllFound(database, OfRoles(database));
}

// The control: with a policy dropped, a service does see the rows of others.
TEST(CatalogueMutants, ADroppedPolicyWouldShowOthers) {
  const TestDatabase database;
  database.Admin(
      "insert into directory.municipality (tenant_id, name, time_zone) values"
      " ('GM0001', 'One', 'Europe/Amsterdam'), ('GM0002', 'Two', 'Europe/Amsterdam');"
      "insert into directory.team (tenant_id, team_id, name) values"
      " ('GM0001', 'a', 'A'), ('GM0002', 'b', 'B')");
  const std::string as_service =
      "set role wissel_directory; set wissel.tenant = 'GM0001'; select count(*) from "
      "directory.team";
  EXPECT_EQ(database.Admin(as_service), "1");
  database.Admin("alter table directory.team disable row level security");
  EXPECT_EQ(database.Admin(as_service), "2");
}

}  // namespace
}  // namespace wissel::testing
