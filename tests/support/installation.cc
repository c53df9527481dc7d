#include "tests/support/installation.h"

#include <arpa/inet.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "libs/identity/token.h"
#include "tests/support/web_client.h"

namespace wissel::testing {
namespace {

// Target -> its name in the channel registry.
const std::map<std::string, std::string>& Services() {
  static const auto* services = new std::map<std::string, std::string>{{"directory", "directory"},
                                                                       {"router", "routing"},
                                                                       {"cases", "cases"},
                                                                       {"insight", "insight"},
                                                                       {"intake", "intake"}};
  return *services;
}

std::string ReadFile(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  socklen_t size = sizeof(address);
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  close(fd);
  return ntohs(address.sin_port);
}

Installation::Installation(Shape shape, std::string db, const std::vector<std::string>& more_flags)
    : shape_(shape),
      db_(std::move(db)),
      port_(FreePort()),
      service_token_(identity::MakeServiceToken()) {
  std::string pattern = std::filesystem::temp_directory_path() / "wissel-XXXXXX";
  directory_ = mkdtemp(pattern.data());
  std::ofstream(directory_ + "/token") << service_token_;

  // Without pages: what these tests are about is behind them.
  const std::vector<std::string> common = {WISSEL_BINARY,
                                           "serve",
                                           "--db=" + db_,
                                           "--service_token_file=" + directory_ + "/token",
                                           absl::StrCat("--http_port=", port_),
                                           "--web_root="};
  const auto add = [&](const std::string& name, const std::vector<std::string>& more) {
    std::vector<std::string> command = common;
    command.push_back("--target=" + name);
    command.push_back("--grpc_address=unix:" + directory_ + "/" + name + ".sock");
    command.push_back(absl::StrCat("--probe_port=", probe_ports_[name] = FreePort()));
    command.insert(command.end(), more.begin(), more.end());
    command.insert(command.end(), more_flags.begin(), more_flags.end());
    processes_.emplace(name, Process(std::move(command), directory_ + "/" + name + ".log"));
  };
  if (shape_ == Shape::kAll) {
    add("all", {});
    return;
  }

  std::vector<std::string> targets = {"gateway"};
  for (const auto& [target, service] : Services()) targets.push_back(target);
  for (const std::string& name : targets) {
    std::vector<std::string> peers;
    for (const auto& [target, service] : Services()) {
      if (target == name) continue;
      peers.push_back(absl::StrCat(service, "=unix:", directory_, "/", target, ".sock"));
    }
    add(name, {"--peers=" + absl::StrJoin(peers, ",")});
  }
}

Installation::~Installation() {
  processes_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void Installation::Launch() {
  for (auto& [name, process] : processes_) {
    if (!process.Running()) process.Start();
  }
}

absl::Status Installation::Start() {
  Launch();
  const absl::Time until = absl::Now() + absl::Seconds(20);
  while (!Ready()) {
    if (absl::Now() > until) {
      return absl::DeadlineExceededError("the installation is not ready:\n" + Logs());
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
  return absl::OkStatus();
}

// Ready is when the whole path answers: the gateway, and each service behind it. Methods that are
// not public, so that the limit on those is left to the test.
bool Installation::Ready() const {
  WebClient web(url());
  if (web.Get("/readyz").code != 200) return false;
  for (const char* method :
       {"directory.v1.DirectoryService/GetSession", "routing.v1.RouterService/ListTopics",
        "cases.v1.CaseService/CountQueues", "insight.v1.InsightService/GetFigures",
        "intake.v1.IntakeService/RegisterCallback"}) {
    if (web.Post(absl::StrCat("/wissel.", method), "{}").code != 401) return false;
  }
  return true;
}

void Installation::Kill(const std::string& name) { processes_.at(name).Kill(); }

void Installation::KillAll() {
  for (auto& [name, process] : processes_) process.Kill();
}

std::vector<std::string> Installation::processes() const {
  std::vector<std::string> names;
  for (const auto& [name, process] : processes_) names.push_back(name);
  return names;
}

absl::Status Installation::Run(const std::vector<std::string>& words) {
  const std::string log = directory_ + "/command.log";
  std::filesystem::remove(log);
  std::vector<std::string> command = {WISSEL_BINARY};
  command.insert(command.end(), words.begin(), words.end());
  command.push_back("--db=" + db_);
  if (!words.empty() && words.front() == "demo") {
    command.push_back(std::string("--demo_dir=") + WISSEL_SOURCE_DIR + "/deploy/demo");
  }
  Process process(command, log);
  process.Start();
  exit_code_ = process.Wait();
  output_ = ReadFile(log);
  if (exit_code_ == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("wissel ", absl::StrJoin(words, " "), " ended with ",
                                          exit_code_, ":\n", output_));
}

std::string Installation::ProbeUrlOf(const std::string& name) const {
  return absl::StrCat("http://127.0.0.1:", probe_ports_.at(name));
}

std::string Installation::url() const { return absl::StrCat("http://127.0.0.1:", port_); }

std::string Installation::SocketOf(const std::string& service) const {
  std::string socket = "all";
  if (shape_ == Shape::kSplit) {
    for (const auto& [target, name] : Services()) {
      if (name == service) socket = target;
    }
  }
  return absl::StrCat(directory_, "/", socket, ".sock");
}

std::shared_ptr<grpc::Channel> Installation::Channel(const std::string& service) const {
  return grpc::CreateChannel("unix:" + SocketOf(service), grpc::InsecureChannelCredentials());
}

std::string Installation::Logged() const {
  std::string logged;
  for (const auto& [name, process] : processes_)
    logged += ReadFile(directory_ + "/" + name + ".log");
  return logged;
}

std::string Installation::Metrics() const {
  std::string metrics;
  for (const auto& [name, port] : probe_ports_) {
    metrics += WebClient(ProbeUrlOf(name)).Get("/metrics").body;
  }
  return metrics;
}

std::string Installation::Logs() const {
  std::string logs;
  for (const auto& [name, process] : processes_) {
    const std::string log = ReadFile(directory_ + "/" + name + ".log");
    absl::StrAppend(&logs, "--- ", name, "\n",
                    log.substr(log.size() > 2000 ? log.size() - 2000 : 0));
  }
  return logs;
}

}  // namespace wissel::testing
