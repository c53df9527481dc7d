// Every setting of the program, declared once with its default, unit and help in settings.cc, and
// readable from --flagfile and, through --fromenv, from the environment.

#ifndef WISSEL_SERVICES_WISSEL_SETTINGS_H_
#define WISSEL_SERVICES_WISSEL_SETTINGS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/rpc/credentials.h"

namespace wissel {

// What a process needs to serve. A plain value; read from the flags by ReadSettings.
struct Settings {
  // Targets to serve: `all`, or names of the table in targets.h.
  std::vector<std::string> targets;
  // libpq connection string without a user; each service adds its own role.
  std::string db;
  // Connections of each service at most.
  int pool_size = 8;
  // Threads for handlers that wait for the database.
  int worker_threads = 16;
  // Calls that may wait for a thread.
  int worker_room = 1024;
  // Where gRPC listens; empty: in process only.
  std::string grpc_address;
  // What gRPC between machines is proven by; on a unix socket it plays no part.
  std::optional<rpc::MutualTls> grpc_tls;
  // gRPC tells clients the contracts.
  bool grpc_reflection = false;
  // Services of other processes: name -> gRPC address.
  std::map<std::string, std::string> peers;
  // Shared secret of the processes of one installation; random when empty.
  std::string service_token;
  // Port of the gateway; 0 takes a free one.
  int http_port = 8080;
  // Address that the gateway listens on.
  std::string http_host;
  // Port and address of the probes; port 0 takes a free one, -1: none.
  int probe_port = -1;
  std::string probe_host;
  // Streams that one account may have open in this process.
  int streams_per_account = 64;
  // How often what is new is counted for the figures.
  absl::Duration figures_period = absl::Seconds(1);
  // Places on disks that must not fill up, and from which percentage they count as full.
  std::vector<std::string> disk_paths;
  int disk_full_percent = 85;
  // File of the log, empty: standard error; its size in MB and the number of files in all.
  std::string log_file;
  int log_file_mb = 20;
  int log_files = 5;
  // Lines for refusals for one reason in a minute at most.
  int refusals_logged_per_minute = 60;
  // Built files of the workspace.
  std::string web_root;

  // Connection string for the role of a service.
  std::string ConnInfo(absl::string_view service) const;
};

// From the command line. INVALID_ARGUMENT that names the flag.
absl::StatusOr<Settings> ReadSettings();

// `a=1,b=2` -> {a: 1, b: 2}. INVALID_ARGUMENT for a part without a name or `=`.
absl::StatusOr<std::map<std::string, std::string>> ParsePeers(absl::string_view text);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_SETTINGS_H_
