// What one registration costs: how long somebody waits for it, over gRPC and over HTTP, against the
// bare durable commit of the same run; and the processor time and the log (WAL) of a contact,
// against those of the seven rows of the schema before, which pgbench writes.

#include <grpcpp/client_context.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/agent.h"
#include "tests/bench/reference.h"
#include "tests/bench/report.h"
#include "tests/support/web_client.h"
#include "wissel/intake/v1/intake.grpc.pb.h"

ABSL_FLAG(std::string, http, "http://127.0.0.1:8080", "the installation, as a browser reaches it");
ABSL_FLAG(int, seconds, 5, "length of one measurement");
ABSL_DECLARE_FLAG(std::string, grpc);

namespace wissel::bench {
namespace {

// Registers the contact of this number, and waits for the answer.
using Register = std::function<void(const std::string& key, int number)>;

Register OverGrpc(const std::string& token) {
  std::shared_ptr<intake::v1::IntakeService::Stub> intake =
      intake::v1::IntakeService::NewStub(Connect());
  return [intake, token](const std::string& key, int number) {
    intake::v1::RegisterCallbackResponse response;
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    const grpc::Status status =
        intake->RegisterCallback(&context, Callback(key, number), &response);
    if (!status.ok()) Die("a registration failed: " + status.error_message());
  };
}

Register OverHttp(const std::string& token, bool as_json) {
  auto client = std::make_shared<testing::WebClient>(absl::GetFlag(FLAGS_http));
  client->set_token(token);
  if (!as_json) client->set_header("Content-Type", "application/proto");
  return [client, as_json](const std::string& key, int number) {
    constexpr char kMethod[] = "wissel.intake.v1.IntakeService/RegisterCallback";
    intake::v1::RegisterCallbackResponse response;
    const auto request = Callback(key, number);
    const bool ok =
        as_json ? client->Call(kMethod, request, &response).ok()
                : client->Post(absl::StrCat("/", kMethod), request.SerializeAsString()).code == 200;
    if (!ok) Die("a registration over HTTP failed");
  };
}

// Of one client, each after the other, in microseconds: the value in the middle.
double MedianWait(const Register& register_one) {
  static int run = 0;
  const std::string prefix = absl::StrCat("cost-", absl::ToUnixMicros(absl::Now()), "-", ++run);
  const absl::Time end = absl::Now() + absl::Seconds(absl::GetFlag(FLAGS_seconds));
  std::vector<double> waits;
  for (int i = 0; absl::Now() < end; ++i) {
    const absl::Time begin = absl::Now();
    register_one(absl::StrCat(prefix, "-", i), i);
    waits.push_back(absl::ToDoubleMicroseconds(absl::Now() - begin));
  }
  return Median(std::move(waits));
}

// Nothing of a process that has ended: its file cannot be read any more.
std::string TextOf(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Processor time so far of the processes that `is_one` picks, and of their children that have
// ended, in microseconds.
double ProcessorTime(const std::function<bool(const std::filesystem::path& process)>& is_one) {
  double ticks = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    int pid = 0;
    if (!absl::SimpleAtoi(entry.path().filename().string(), &pid) || !is_one(entry.path()))
      continue;
    const std::string stat = TextOf(entry.path() / "stat");
    // Behind the name in brackets: state, parent, ...; the 12th to the 15th are user and system
    // time, and those of children.
    std::istringstream fields(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    for (int i = 0; i < 4; ++i) {
      double more = 0;
      fields >> more;
      ticks += more;
    }
  }
  return ticks * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// The postmaster and its children, those of connections that were closed among them.
double PostgresTime() {
  std::string postmaster = RunSql("select split_part(pg_read_file('postmaster.pid'), chr(10), 1)");
  postmaster.resize(std::min(postmaster.find('\n'), postmaster.size()));
  const std::string parent = absl::StrCat("PPid:\t", postmaster, "\n");
  return ProcessorTime([&](const std::filesystem::path& process) {
    return process.filename() == postmaster ||
           absl::StrContains(TextOf(process / "status"), parent);
  });
}

double WisselTime() {
  const std::string address = absl::GetFlag(FLAGS_grpc);
  return ProcessorTime([&](const std::filesystem::path& process) {
    const std::string command = TextOf(process / "cmdline");
    return absl::StrContains(command, "serve") && absl::StrContains(command, address);
  });
}

int64_t WalBytes() {
  int64_t bytes = 0;
  if (!absl::SimpleAtoi(RunSql("select (pg_current_wal_insert_lsn() - '0/0')::bigint"), &bytes)) {
    Die("PostgreSQL does not tell how much it has logged");
  }
  return bytes;
}

// Of one contact.
struct Cost {
  double processor_us;
  double wal_bytes;
};

// `run` returns how many contacts it wrote.
Cost CostOf(const std::function<double()>& run) {
  RunSql("checkpoint");
  const double time = PostgresTime() + WisselTime();
  const int64_t wal = WalBytes();
  const double contacts = run();
  return {(PostgresTime() + WisselTime() - time) / contacts, (WalBytes() - wal) / contacts};
}

double RegisterWith(const std::string& token, int clients) {
  std::vector<std::thread> threads;
  std::vector<int> registered(clients);
  const std::string prefix = absl::StrCat("many-", absl::ToUnixMicros(absl::Now()));
  const absl::Time end = absl::Now() + absl::Seconds(absl::GetFlag(FLAGS_seconds));
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      const Register register_one = OverGrpc(token);
      for (int i = 0; absl::Now() < end; ++i) {
        register_one(absl::StrCat(prefix, "-", client, "-", i), i);
        ++registered[client];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  double all = 0;
  for (const int of_one : registered) all += of_one;
  return all;
}

void ReportWaits(const std::string& token) {
  RunSql("create table cases.tiny (n int); grant insert on cases.tiny to wissel_cases", kReference);
  const double commit = 1e6 / PgbenchPerSecond("insert into cases.tiny values (1);", 1,
                                               absl::GetFlag(FLAGS_seconds), kReference);
  const auto report = [&](const char* how, const Register& register_one) {
    Report({.name = absl::StrCat("one registration, ", how),
            .unit = "us",
            .value = MedianWait(register_one),
            .reference_name = "pgbench, one durable commit of a tiny row",
            .reference = commit,
            .aim = "at most 8.0"});
  };
  report("gRPC", OverGrpc(token));
  report("HTTP, binary", OverHttp(token, false));
  report("HTTP, JSON", OverHttp(token, true));
}

void ReportCosts(const std::string& token, int clients) {
  const int seconds = absl::GetFlag(FLAGS_seconds);
  const Cost before =
      CostOf([&] { return seconds * PgbenchPerSecond(kSevenRows, clients, seconds, kReference); });
  const Cost now = CostOf([&] { return RegisterWith(token, clients); });
  Report({.name = absl::StrCat("processor a contact, ", clients, " clients"),
          .unit = "us",
          .value = now.processor_us,
          .reference_name = "pgbench, seven rows a transaction",
          .reference = before.processor_us,
          .aim = "at most 1.0"});
  Report({.name = absl::StrCat("WAL a contact, ", clients, " clients"),
          .unit = "bytes",
          .value = now.wal_bytes,
          .reference_name = "pgbench, seven rows a transaction",
          .reference = before.wal_bytes,
          .aim = "at most 0.6"});
}

}  // namespace

int Main() {
  MakeReference();
  const std::string token = SignIn();
  ReportWaits(token);
  // What a checkpoint makes PostgreSQL log once more would hide what a contact costs.
  RunSql("alter system set full_page_writes = off");
  RunSql("select pg_reload_conf()");
  for (const int clients : {1, 8, 32}) ReportCosts(token, clients);
  RunSql("alter system reset full_page_writes");
  RunSql("select pg_reload_conf()");
  return 0;
}

}  // namespace wissel::bench

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  return wissel::bench::Main();
}
