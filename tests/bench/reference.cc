#include "tests/bench/reference.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/bench/report.h"

namespace wissel::bench {
namespace {

constexpr int kFirstNewMigration = 60;

constexpr char kMunicipality[] = R"(
insert into directory.municipality (tenant_id, name, time_zone)
  values ('GM9902', 'Pgbench', 'Europe/Amsterdam');
insert into directory.team (tenant_id, team_id, name, mailbox, is_kcc)
  values ('GM9902', 'burgerzaken', 'Burgerzaken', 'burgerzaken@voorbeeldstad.example', true);
)";

}  // namespace

void MakeReference() {
  RunSql(absl::StrCat("drop database if exists ", kReference, " with (force)"));
  RunSql(absl::StrCat("create database ", kReference));
  std::set<std::filesystem::path> migrations;
  for (const auto& file : std::filesystem::directory_iterator("migrations")) {
    if (std::stoi(file.path().filename()) < kFirstNewMigration) migrations.insert(file.path());
  }
  for (const std::filesystem::path& path : migrations) {
    std::ifstream file(path);
    RunSql(std::string(std::istreambuf_iterator<char>(file), {}), kReference);
  }
  RunSql(kMunicipality, kReference);
}

const char kSevenRows[] = R"(
\set number random(1, 100000)
begin;
select set_config('wissel.tenant', 'GM9902', true);
select nextval('cases.reference_seq') as id \gset
insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at)
  values ('GM9902', 'pgbench-' || :id::text, sha256('x'), 'a response of some thirty bytes', now());
insert into cases.customer (tenant_id, phone, email, last_contact_at)
  values ('GM9902', '+3120' || :number::text, 'p' || :number::text || '@example.org', now())
  on conflict (tenant_id, phone, email) do update set last_contact_at = excluded.last_contact_at
  returning customer_id as customer \gset
insert into cases.case_file (tenant_id, case_id, state, channel, team_id, topic_id, subject,
    customer_name, received_at, due_at, norm_working_days, calendar_version, decision)
  values ('GM9902', 9000000000 + :id::bigint, 1, 2, 'burgerzaken', 'paspoort', 'Mijn paspoort is zoek',
    'P. Proef', now(), date_trunc('day', now()) + interval '2 days 17 hours', 2, 1,
    'a decision with its reason and the rules that lost, some three hundred bytes');
insert into cases.contact (tenant_id, case_id, contact_no, customer_id, channel, given_name,
    family_name, phone, email, subject, question, received_at)
  values ('GM9902', 9000000000 + :id::bigint, 1, :customer::bigint, 2, 'P.', 'Proef', '+3120' || :number::text,
    'p' || :number::text || '@example.org', 'Mijn paspoort is zoek', 'Wat moet ik nu doen?', now());
insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
    team_id, due_at, channel, first_attempt_counts, no_verdict)
  values ('GM9902', 9000000000 + :id::bigint, 1, now(), 1, 'kim', 'Kim', 'burgerzaken',
    date_trunc('day', now()) + interval '2 days 17 hours', 2, false, false);
insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at)
  values ('GM9902', 9000000000 + :id::bigint, 'team_new_case', 'burgerzaken@voorbeeldstad.example',
    jsonb_build_object('reference', :id::bigint, 'link', '/zaak/' || :id::text), now());
insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at)
  values ('GM9902', 9000000000 + :id::bigint, 'customer_receipt', 'p' || :number::text || '@example.org',
    jsonb_build_object('reference', :id::bigint, 'name', 'P. Proef', 'subject', 'Mijn paspoort is zoek',
      'question', 'Wat moet ik nu doen?', 'norm_working_days', 2), now());
commit;
)";

}  // namespace wissel::bench
