#include "libs/testing/catalogue.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "libs/testing/sql_script.h"

namespace wissel::testing {
namespace {

// What the rules speak about.
constexpr char kSubjects[] = R"(
with home as (
  select oid, nspname from pg_namespace
   where nspname !~ '^pg_' and nspname not in ('information_schema', 'wissel_migration')
), relation as (
  select c.*, h.nspname, format('%I.%I', h.nspname, c.relname) as name,
         (select attnum from pg_attribute a
           where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant
    from pg_class c join home h on h.oid = c.relnamespace
), tbl as (
  select * from relation where relkind in ('r', 'p')
), runtime as (
  select * from pg_roles where rolname ~ '^wissel_' and rolname <> 'wissel_owner'
), policy as (
  select p.*, format('%s.%s', t.name, p.polname) as name,
         pg_get_expr(p.polqual, p.polrelid) as shows,
         pg_get_expr(p.polwithcheck, p.polrelid) as takes
    from pg_policy p join tbl t on t.oid = p.polrelid
), own_rows(expression) as (values
  ('(tenant_id = ( SELECT wissel.tenant() AS tenant))'), ('(tenant_id = wissel.tenant())')
), breach(rule, subject) as (
)";

// Each row of each of these is a breach.
constexpr char kRowSecurityRules[] = R"(
  select 'no_tenant', name from tbl where tenant is null
  union all
  select 'key_without_tenant', name from tbl
   where not exists (select from pg_constraint k where k.conrelid = tbl.oid and k.contype = 'p'
                        and k.conkey[1] = tbl.tenant)
  union all
  select 'row_security_off', name from tbl where not relrowsecurity
  union all
  select 'row_security_not_forced', name from tbl where not relforcerowsecurity
  union all
  select 'no_policy', name from tbl
   where not exists (select from pg_policy p where p.polrelid = tbl.oid and p.polcmd = '*'
                        and p.polpermissive and p.polroles = '{0}')
  union all
  -- Permissive policies add up: the widest one counts.
  select 'policy_shows_others', name from policy
   where polpermissive and polcmd <> 'a' and shows not in (select expression from own_rows)
  union all
  select 'policy_takes_others', name from policy
   where polpermissive and polcmd in ('*', 'a', 'w')
     and (takes is null or takes not in (select expression from own_rows))
  union all
  select 'foreign_key_without_tenant', format('%s.%s', t.name, k.conname)
    from pg_constraint k join tbl t on t.oid = k.conrelid left join tbl r on r.oid = k.confrelid
   where k.contype = 'f' and k.conparentid = 0
     and (k.conkey[1] is distinct from t.tenant or k.confkey[1] is distinct from r.tenant)
  union all
  select 'unique_without_tenant', i.indexrelid::regclass::text
    from pg_index i join tbl t on t.oid = i.indrelid
   where (i.indisunique or i.indisexclusion) and i.indkey[0] is distinct from t.tenant
  union all
  select 'constraint_not_valid', format('%s.%s', t.name, k.conname)
    from pg_constraint k join tbl t on t.oid = k.conrelid where not k.convalidated
  union all
  select 'tenant_function_changed', 'wissel.tenant'
   where not exists (
     select from pg_proc
      where oid = to_regproc('wissel.tenant') and not prosecdef and provolatile = 's'
        and pg_get_function_sqlbody(oid) =
            'RETURN NULLIF(current_setting(''wissel.tenant''::text, true), ''''::text)')
)";

constexpr char kByPassRules[] = R"(
  union all
  select 'view_of_its_owner', name from relation
   where relkind = 'v' and not coalesce(
     (select option_value::boolean from pg_options_to_table(reloptions)
       where option_name = 'security_invoker'), false)
  union all
  select 'not_a_table_or_view', name from relation where relkind in ('m', 'f')
  union all
  select 'rewrite_rule', format('%s.%s', r.name, w.rulename)
    from pg_rewrite w join relation r on r.oid = w.ev_class where r.relkind <> 'v'
  union all
  select 'function_of_its_owner', p.oid::regprocedure::text
    from pg_proc p join home h on h.oid = p.pronamespace where p.prosecdef
  union all
  select 'function_said_leakproof', p.oid::regprocedure::text
    from pg_proc p join home h on h.oid = p.pronamespace where p.proleakproof
  union all
  select 'role_too_mighty', rolname from pg_roles
   where rolname ~ '^wissel_'
     and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
  union all
  select 'owner_can_log_in', rolname from pg_roles where rolname = 'wissel_owner' and rolcanlogin
  union all
  select 'role_is_member', format('%s of %s', r.rolname, m.roleid::regrole)
    from pg_auth_members m join runtime r on r.oid = m.member
  union all
  select 'role_owns', format('%s: %s', r.rolname, pg_describe_object(d.classid, d.objid, d.objsubid))
    from pg_shdepend d join runtime r on r.oid = d.refobjid
   where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
     and d.dbid in (0, (select oid from pg_database where datname = current_database()))
  union all
  select 'setting_by_default', s.setting
    from (select unnest(setconfig) as setting from pg_db_role_setting) s
   where s.setting ~ '^(wissel\.|role=|row_security=|session_)'
)";

// Who may do what, inherited and public grants included.
constexpr char kGrantRules[] = R"(
  union all
  select 'second_writer', format('%s: %s', t.name, r.rolname) from tbl t, runtime r
   where r.rolname <> 'wissel_' || t.nspname
     and (has_table_privilege(r.oid, t.oid, 'insert, update, delete')
          or has_any_column_privilege(r.oid, t.oid, 'insert, update'))
  union all
  -- None of these looks at policies.
  select 'may_go_round_policies', format('%s: %s', t.name, r.rolname) from tbl t, runtime r
   where has_table_privilege(r.oid, t.oid, 'truncate, trigger')
      or has_any_column_privilege(r.oid, t.oid, 'references')
  union all
  select 'second_counter', format('%s: %s', s.name, r.rolname) from relation s, runtime r
   where s.relkind = 'S' and r.rolname <> 'wissel_' || s.nspname
     and has_sequence_privilege(r.oid, s.oid, 'usage, update')
  union all
  select 'may_create', format('%s: %s', h.nspname, r.rolname) from home h, runtime r
   where has_schema_privilege(r.oid, h.oid, 'create')
  union all
  select 'may_create', format('database: %s', r.rolname) from runtime r
   where has_database_privilege(r.oid, current_database(), 'create')
  union all
  select 'grant_by_default', d.defaclrole::regrole::text from pg_default_acl d
)
select string_agg(format('%s: %s', rule, subject), E'\n' order by rule, subject) from breach
)";

}  // namespace

std::vector<std::string> CatalogueBreaches(const std::string& admin_conninfo,
                                           const std::string& plant) {
  // Nothing commits: the connection ends with the script.
  const auto found = RunScript(
      admin_conninfo, absl::StrCat("begin; set local search_path = ''; ", plant, ";", kSubjects,
                                   kRowSecurityRules, kByPassRules, kGrantRules));
  EXPECT_TRUE(found.ok()) << plant << ": " << found.status().message();
  return absl::StrSplit(found.value_or(""), '\n', absl::SkipEmpty());
}

}  // namespace wissel::testing
