// Registrations a second through gRPC against pgbench that writes the same rows one contact a
// transaction: same cluster, same number of clients, same seconds each. Flushes to disk are on for
// both unless the argument is `off`. Prints a line a number of clients, with the processor time
// that a contact costs all of PostgreSQL and the client, which says more than the rate where other
// work shares the machine.

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "libs/rpc/channel_book.h"
#include "libs/rpc/server.h"
#include "libs/testing/postgres.h"
#include "services/cases/cases.h"
#include "services/cases/test_municipality.h"

namespace wissel::cases {
namespace {

constexpr int kSeconds = 8;

// What registration writes, by the plainest means.
constexpr char kPgbenchScript[] = R"(
\set n random(1, 999999999)
\set p random(1000000, 9999999)
begin;
select set_config('wissel.tenant', 'GM0603', true);
insert into cases.idempotency_key values ('GM0603', 'pgbench-' || :client_id || '-' || nextval('cases.reference_seq'), decode(md5(:n::text), 'hex'), decode(repeat('00', 120), 'hex'), now());
insert into cases.customer (tenant_id, phone, email, last_contact_at) values ('GM0603', '+3120' || :p, '', now()) on conflict (tenant_id, phone, email) do update set last_contact_at = now() returning customer_id \gset
select nextval('cases.reference_seq') * 10 as id \gset
insert into cases.case_file (tenant_id, case_id, state, channel, team_id, topic_id, subject, customer_name, received_at, due_at, norm_working_days, calendar_version, decision) values ('GM0603', :id, 1, 2, 'burgerzaken', 'paspoort', 'Paspoort', 'A. van de Berg', now(), date_trunc('day', now()) + '65 hours', 2, 1, decode(repeat('00', 60), 'hex'));
insert into cases.contact (tenant_id, case_id, contact_no, customer_id, channel, given_name, name_prefix, family_name, phone, subject, question, received_at) values ('GM0603', :id, 1, :customer_id, 2, 'A.', 'van de', 'Berg', '+3120' || :p, 'Paspoort', 'Is mijn paspoort al klaar?', now());
insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, due_at, channel, first_attempt_counts, no_verdict) values ('GM0603', :id, 1, now(), 1, 'agent-1', 'Anouk Jansen', 'burgerzaken', date_trunc('day', now()) + '65 hours', 2, false, false);
insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at) values ('GM0603', :id, 'team_new_case', 'burgerzaken@gemeente.example', '{"reference": 1, "link": "/zaak/1"}', now());
commit;
)";

class Everybody final : public rpc::Authenticator {
 public:
  void Authenticate(absl::string_view, absl::string_view, Done done) override { done(principal_); }

 private:
  std::shared_ptr<const rpc::Principal> principal_ = AgentCall().principal;
};

// What one way of registering came to.
struct Score {
  double per_second = 0;
  double cpu_micros = 0;
};

// Processor seconds of this process, of children that it waited for, and of the PostgreSQL whose
// postmaster is `postmaster`.
double CpuSeconds(const std::string& postmaster) {
  const double tick = 1.0 / sysconf(_SC_CLK_TCK);
  double seconds = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage;
    getrusage(who, &usage);
    seconds += usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
               1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  }
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "stat");
    std::string line;
    if (!std::getline(file, line)) continue;
    const std::vector<std::string> fields =
        absl::StrSplit(absl::string_view(line).substr(line.rfind(')') + 2), ' ');
    const bool is_postmaster = entry.path().filename() == postmaster;
    if (!is_postmaster && fields[1] != postmaster) continue;
    // utime and stime; for the postmaster also those of backends that have ended.
    for (size_t i = 11; i < (is_postmaster ? 15u : 13u); ++i) {
      seconds += std::stod(fields[i]) * tick;
    }
  }
  return seconds;
}

double Pgbench(const testing::TestDatabase& database, int clients) {
  const std::string script = absl::StrCat("/tmp/wissel-pgbench-", getpid(), ".sql");
  std::ofstream(script) << kPgbenchScript;
  const std::string command =
      absl::StrCat("/usr/lib/postgresql/15/bin/pgbench -n -M prepared -c ", clients, " -j 2 -T ",
                   kSeconds, " -f ", script, " '", database.ConnInfo("cases"), "' 2>&1");
  FILE* const pipe = popen(command.c_str(), "r");
  char line[512];
  double per_second = 0;
  while (fgets(line, sizeof(line), pipe) != nullptr) {
    if (absl::StartsWith(line, "tps = ")) {
      per_second = std::atof(line + 6);
    } else if (absl::StrContains(line, "rror")) {
      fputs(line, stderr);
    }
  }
  pclose(pipe);
  unlink(script.c_str());
  return per_second;
}

double ThroughGrpc(const std::string& address, int clients) {
  std::vector<std::thread> threads;
  std::atomic<int64_t> stored = 0;
  static std::atomic<int64_t> number = 0;
  const absl::Time end = absl::Now() + absl::Seconds(kSeconds);
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&] {
      grpc::ChannelArguments own;
      own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      const auto stub = v1::CaseService::NewStub(
          grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), own));
      while (absl::Now() < end) {
        const int64_t n = ++number;
        v1::RegisterContactRequest request = Callback(absl::StrCat("bench-key-", n));
        request.mutable_contact()->mutable_customer()->set_phone(
            absl::StrCat("+3120", 1000000 + n * 7919 % 9000000));
        grpc::ClientContext context;
        context.AddMetadata("authorization", "Bearer bench");
        v1::RegisterContactResponse response;
        const grpc::Status status = stub->RegisterContact(&context, request, &response);
        if (status.ok()) {
          ++stored;
        } else {
          fprintf(stderr, "%s\n", status.error_message().c_str());
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(stored) / kSeconds;
}

int Main(const char* fsync) {
  const testing::TestDatabase database;
  PlantMunicipality(database);
  database.Admin(absl::StrCat("alter system set fsync = ", fsync));
  database.Admin("select pg_reload_conf()");
  Everybody everybody;
  rpc::WorkerPool workers(4, 1000);
  rpc::Dispatcher dispatcher(everybody, workers);
  rpc::ChannelBook channels;
  channels.SetInProcess(nullptr);
  const auto cases = Cases::Build({.conninfo = database.ConnInfo("cases")}, dispatcher, channels);
  if (!cases.ok()) {
    fprintf(stderr, "%s\n", cases.status().ToString().c_str());
    return 1;
  }
  const std::string address = absl::StrCat("unix:/tmp/wissel-bench-", getpid(), ".sock");
  const auto server = rpc::Server::Start(address, {&(*cases)->service()});
  if (!server.ok()) return 1;
  const std::string postmaster(absl::StripAsciiWhitespace(
      database.Admin("select split_part(pg_read_file('postmaster.pid'), chr(10), 1)")));
  const auto measure = [&](auto&& run) {
    const double before = CpuSeconds(postmaster);
    const double per_second = run();
    const double cpu = CpuSeconds(postmaster) - before;
    return Score{per_second, 1e6 * cpu / (per_second * kSeconds)};
  };
  for (const int clients : {8, 32}) {
    const Score plain = measure([&] { return Pgbench(database, clients); });
    const Score ours = measure([&] { return ThroughGrpc(address, clients); });
    printf("%2d clients: pgbench %6.0f/s %4.0f us, registration %6.0f/s %4.0f us; %.1f times\n",
           clients, plain.per_second, plain.cpu_micros, ours.per_second, ours.cpu_micros,
           ours.per_second / plain.per_second);
  }
  return 0;
}

}  // namespace
}  // namespace wissel::cases

int main(int argc, char** argv) { return wissel::cases::Main(argc > 1 ? argv[1] : "on"); }
