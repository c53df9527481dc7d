// Contacts a second through gRPC, checked, routed and committed, against pgbench that writes the
// seven rows of the schema before (migrations below 60) naively, one contact a transaction: same
// cluster, same number of clients, same run. That reference stays as it is, whatever becomes of the
// schema.

#include <grpcpp/client_context.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "tests/bench/agent.h"
#include "tests/bench/report.h"
#include "wissel/intake/v1/intake.grpc.pb.h"

ABSL_FLAG(int, seconds, 5, "length of one measurement");
ABSL_FLAG(int, rounds, 3, "measurements of each; the median counts");

namespace wissel::bench {
namespace {

constexpr char kReference[] = "wissel_bench_reference";
constexpr int kFirstNewMigration = 60;

constexpr char kMunicipality[] = R"(
insert into directory.municipality (tenant_id, name, time_zone)
  values ('GM9902', 'Pgbench', 'Europe/Amsterdam');
insert into directory.team (tenant_id, team_id, name, mailbox, is_kcc)
  values ('GM9902', 'burgerzaken', 'Burgerzaken', 'burgerzaken@voorbeeldstad.example', true);
)";

// A database of the schema before.
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

// The rows of one registration, each with an INSERT of its own.
constexpr char kPgbenchRegistration[] = R"(
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

// One client: registers, waits for the answer, registers again.
void RegisterUntil(absl::Time end, const std::string& token, const std::string& prefix,
                   std::atomic<int64_t>* registered) {
  auto intake = intake::v1::IntakeService::NewStub(Connect());
  for (int i = 0; absl::Now() < end; ++i) {
    intake::v1::RegisterCallbackRequest request;
    request.set_idempotency_key(absl::StrCat(prefix, "-", i));
    request.mutable_customer()->set_given_name("P.");
    request.mutable_customer()->set_family_name("Proef");
    request.mutable_customer()->set_phone(absl::StrFormat("020 1%06d", i % 100000));
    request.mutable_customer()->set_email(absl::StrCat("p", i % 100000, "@example.org"));
    request.mutable_question()->set_subject("Mijn paspoort is zoek");
    request.mutable_question()->set_text("Wat moet ik nu doen?");
    request.mutable_question()->set_topic_id("paspoort");
    intake::v1::RegisterCallbackResponse response;
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    const grpc::Status status = intake->RegisterCallback(&context, request, &response);
    if (!status.ok()) Die("a registration failed: " + status.error_message());
    ++*registered;
  }
}

double RegistrationsPerSecond(const std::string& token, int clients) {
  static int run = 0;
  std::atomic<int64_t> registered = 0;
  std::vector<std::thread> threads;
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + absl::Seconds(absl::GetFlag(FLAGS_seconds));
  const std::string prefix = absl::StrCat("bench-", absl::ToUnixMicros(begin), "-", ++run);
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back(RegisterUntil, end, token, absl::StrCat(prefix, "-", i), &registered);
  }
  for (std::thread& thread : threads) thread.join();
  return registered / absl::ToDoubleSeconds(absl::Now() - begin);
}

}  // namespace

int Main() {
  MakeReference();
  const std::string token = SignIn();
  for (const int clients : {8, 32}) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < absl::GetFlag(FLAGS_rounds); ++round) {
      theirs.push_back(PgbenchPerSecond(kPgbenchRegistration, clients, absl::GetFlag(FLAGS_seconds),
                                        kReference));
      ours.push_back(RegistrationsPerSecond(token, clients));
    }
    Report({.name = absl::StrCat("registrations, ", clients, " clients"),
            .unit = "1/s",
            .value = Median(ours),
            .reference_name = "pgbench, seven rows a transaction",
            .reference = Median(theirs),
            .aim = clients == 8 ? "at least 1.5" : "at least 3.0"});
  }
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
