// Replay of a million contacts (or as many as the argument says) of one month in PostgreSQL, by the
// SOP of the demo municipality and one that differs from it; asked for as a person asks, through
// gRPC. Prints seconds and contacts a second of each of three runs.

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/test_sops.h"
#include "services/router/router_fixture.h"

namespace wissel::router {
namespace {

constexpr char kQuestions[] =
    "array['Wanneer wordt bij ons in de straat het grofvuil opgehaald? Vorige week is er niemand "
    "geweest en het staat er nog steeds.', 'Ik wil graag weten of mijn aanvraag voor een "
    "parkeervergunning al is behandeld. Ik heb vier weken geleden alles ingestuurd.', 'De lantaarn "
    "voor mijn huis doet het al een week niet meer, het is hier pikkedonker en de kinderen durven "
    "niet over straat.', 'Kan ik een afspraak maken voor een nieuw paspoort? Ik ga over drie weken "
    "op reis en het oude is verlopen.', 'Wij willen u graag een vrijblijvend aanbod doen.']";

void Fill(const testing::TestDatabase& database, const sop::Sop& sop, int64_t contacts) {
  std::vector<std::string> topics = {"''"};
  for (const sop::SopTopic& topic : sop.topics) {
    topics.push_back(absl::StrCat("'", topic.topic_id, "'"));
  }
  const auto insert = [&](absl::string_view into, absl::string_view values) {
    database.Admin(absl::StrCat(
        "insert into ", into, " select 'GM1', i, ", values,
        " from (select i, timestamptz '2026-04-01' + i * interval '30 days' / ", contacts,
        " as at, (array[", absl::StrJoin(topics, ","), "])[1 + i * 7919 % ", topics.size(),
        "] as topic from generate_series(1::bigint, ", contacts, ") i) made"));
  };
  insert(
      "cases.case_file (tenant_id, case_id, state, outcome, channel, team_id, topic_id, "
      "received_at, due_at, closed_at)",
      "3, 2, 1 + i % 7, 'kcc', topic, at, at + '2 days', at + (i % 60) * interval '1 hour'");
  insert(
      "cases.contact (tenant_id, case_id, contact_no, channel, organisation, subject, question, "
      "received_at, postcode)",
      absl::StrCat("1, 1 + i % 7, case when i % 9 = 0 then 'BV' else '' end, 'Vraag van een "
                   "inwoner', (",
                   kQuestions, ")[1 + i % 5], at, (2500 + i % 90) || 'AB'"));
  database.Admin("analyze");
}

double ProcessorSeconds() {
  rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec +
         (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

void Run(Node& node, const v1::ReplaySopRequest& request) {
  const absl::Time begin = absl::Now();
  const double used = ProcessorSeconds();
  grpc::ClientContext context;
  context.AddMetadata(rpc::kAuthorizationKey, "Bearer GM1");
  const auto stream = node.sops().ReplaySop(&context, request);
  v1::ReplaySopResponse message;
  absl::Time last = begin;
  absl::Duration longest;
  while (stream->Read(&message)) {
    longest = std::max(longest, absl::Now() - last);
    last = absl::Now();
  }
  const grpc::Status status = stream->Finish();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  std::printf(
      "%s: %lld contacts, %lld moved, %.2f s, %.0f a second, %.2f s of processor in this "
      "process, at most %.2f s between messages\n",
      status.ok() ? "replay" : status.error_message().c_str(),
      static_cast<long long>(message.result().contacts()),
      static_cast<long long>(message.result().moved()), seconds,
      message.result().contacts() / seconds, ProcessorSeconds() - used,
      absl::ToDoubleSeconds(longest));
}

void Bench(int64_t contacts) {
  const testing::TestDatabase database;
  database.Admin(
      "insert into directory.municipality (tenant_id, name, time_zone) values "
      "('GM1', 'Een', 'Europe/Amsterdam'); insert into directory.team (tenant_id, team_id, name, "
      "is_kcc) values ('GM1', 'kcc', 'KCC', true)");
  const std::string document = sop::RepositoryFile("deploy/demo/sop.yaml");
  const sop::Sop sop = sop::ParseSop(document).value();
  Fill(database, sop, contacts);
  database.Admin(absl::StrCat(
      "insert into router.sop_version (tenant_id, version, document, sha256, loaded_by) select "
      "'GM1', 1, d, sha256(convert_to(d, 'UTF8')), 'bench' from (select convert_from(decode('",
      absl::Base64Escape(document), "', 'base64'), 'UTF8') as d) made"));
  Node node(database);
  v1::ReplaySopRequest request;
  request.mutable_sop()->set_document(
      absl::StrReplaceAll(document, {{"team: parkeren", "team: kcc"}}));
  *request.mutable_period()->mutable_from() = ToProto(absl::FromUnixSeconds(0));
  *request.mutable_period()->mutable_to() = ToProto(absl::Now() + absl::Hours(24 * 365));
  for (int run = 0; run < 3; ++run) Run(node, request);
}

}  // namespace
}  // namespace wissel::router

int main(int argc, char** argv) {
  wissel::router::Bench(argc > 1 ? std::atoll(argv[1]) : 1000000);
  return 0;
}
