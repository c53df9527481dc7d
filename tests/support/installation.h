// A whole installation for a test: the real program on a real database, in either shape.

#ifndef WISSEL_TESTS_SUPPORT_INSTALLATION_H_
#define WISSEL_TESTS_SUPPORT_INSTALLATION_H_

#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "tests/support/process.h"

namespace wissel::testing {

// A port of this machine that nobody listens on now.
int FreePort();

// How the services are spread.
enum class Shape {
  // All in one process.
  kAll,
  // Each in a process of its own.
  kSplit,
};

// Processes, their sockets and their logs in a directory that is removed at the end. The same
// ports and sockets are used again after a restart, as under systemd. Not thread-safe.
class Installation {
 public:
  // `db`: connection string without a user; `more`: flags for every process. Nothing runs yet.
  Installation(Shape shape, std::string db, const std::vector<std::string>& more = {});
  ~Installation();

  // Starts every process that does not run, and waits until the installation is ready.
  // DEADLINE_EXCEEDED with the end of the logs after 20 s.
  absl::Status Start();
  // The same without waiting.
  void Launch();
  // Kills process `name` ("all", or a target), or every one.
  void Kill(const std::string& name);
  void KillAll();
  // Names of the processes.
  std::vector<std::string> processes() const;
  Process& process(const std::string& name) { return processes_.at(name); }

  // Runs a command of the program against the database; fails with its output.
  absl::Status Run(const std::vector<std::string>& words);
  // What the last command printed, and what it ended with.
  const std::string& output() const { return output_; }
  int exit_code() const { return exit_code_; }
  // Runs `wissel demo`: municipality GM9901 with its SOP, accounts and contacts.
  absl::Status MakeDemo() { return Run({"demo"}); }

  // `http://127.0.0.1:<port>`
  std::string url() const;
  int port() const { return port_; }
  // Where process `name` has its probes.
  std::string ProbeUrlOf(const std::string& name) const;
  // Socket on which a service, by its short name, speaks gRPC.
  std::string SocketOf(const std::string& service) const;
  // To a service, on its socket.
  std::shared_ptr<grpc::Channel> Channel(const std::string& service) const;
  // All that the processes have logged, and all that they count.
  std::string Logged() const;
  std::string Metrics() const;
  // Secret by which a test may act as a part of the installation.
  const std::string& service_token() const { return service_token_; }

 private:
  bool Ready() const;
  std::string Logs() const;

  const Shape shape_;
  const std::string db_;
  std::string directory_;
  int port_ = 0;
  std::map<std::string, int> probe_ports_;
  std::string service_token_;
  std::map<std::string, Process> processes_;
  std::string output_;
  int exit_code_ = 0;
};

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_SUPPORT_INSTALLATION_H_
