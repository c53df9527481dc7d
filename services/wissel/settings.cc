#include "services/wissel/settings.h"

#include <fstream>
#include <sstream>

#include "absl/flags/flag.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"
#include "libs/identity/token.h"

ABSL_FLAG(std::string, target, "all",
          "what to serve: all, or a list of intake, router, cases, insight, directory, gateway");
ABSL_FLAG(std::string, db, "host=/var/run/postgresql dbname=wissel",
          "PostgreSQL, as a libpq connection string without a user");
ABSL_FLAG(
    int, pool_size, 8,
    "database connections of each pool at most; cases has two pools, every other service one");
ABSL_FLAG(int, worker_threads, 16, "threads for calls that wait for the database");
ABSL_FLAG(int, worker_room, 1024, "calls that may wait for a thread; more are refused");
ABSL_FLAG(std::string, grpc_address, "",
          "where gRPC listens, e.g. 127.0.0.1:9090 or unix:/run/wissel/cases.sock; an address that "
          "other machines reach takes mutual TLS; never a public one; empty: in process only");
ABSL_FLAG(
    std::string, grpc_certificate_file, "",
    "mutual TLS between processes: PEM certificate of this one, with those between it and the "
    "authority; needed for gRPC addresses that other machines reach");
ABSL_FLAG(std::string, grpc_key_file, "", "mutual TLS: PEM key of the certificate");
ABSL_FLAG(std::string, grpc_ca_file, "",
          "mutual TLS: PEM certificate of the authority that signs for the processes of this "
          "installation alone; whoever has none of its certificates is refused");
ABSL_FLAG(
    absl::Duration, figures_period, absl::Seconds(1),
    "how often what is new is counted for the figures; whoever asks for figures has it counted "
    "first");
ABSL_FLAG(bool, grpc_reflection, false, "gRPC tells clients the contracts (for grpcurl, buf curl)");
ABSL_FLAG(std::string, peers, "",
          "services of other processes, e.g. cases=unix:/run/wissel/cases.sock,routing=...");
ABSL_FLAG(std::string, service_token_file, "",
          "file with the secret that the processes of one installation share; needed with peers");
ABSL_FLAG(int, http_port, 8080, "port of the gateway; 0 takes a free one");
ABSL_FLAG(std::string, http_host, "127.0.0.1", "address that the gateway listens on");
ABSL_FLAG(int, probe_port, 8090,
          "port for /healthz, /readyz and /metrics of this process, for those who run it; 0 takes "
          "a free one, -1: none");
ABSL_FLAG(std::string, probe_host, "127.0.0.1",
          "address that the probes listen on; never a public one");
ABSL_FLAG(int, streams_per_account, 64,
          "live views (streams) that one account may have open in this process; more are refused");
ABSL_FLAG(std::vector<std::string>, disk_paths, {},
          "paths on disks of this machine that must not fill up, e.g. that of PostgreSQL's data; "
          "while one is full new contacts are refused and /readyz says so");
ABSL_FLAG(int, disk_full_percent, 85, "from which percentage on a disk of --disk_paths is full");
ABSL_FLAG(std::string, log_file, "", "file of the log of serve; empty: standard error");
ABSL_FLAG(int, log_file_mb, 20, "size in MB at which --log_file is put aside for a new one");
ABSL_FLAG(int, log_files, 5, "files of the log in all; older ones are removed");
ABSL_FLAG(int, refusals_logged_per_minute, 60,
          "log lines for refusals for one reason in a minute; the others are only counted");
ABSL_FLAG(std::string, web_root, "services/web/apps/desk/dist", "built files of the workspace");

namespace wissel {
namespace {

// Empty if it cannot be read.
std::string Contents(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

absl::StatusOr<std::string> ReadServiceToken(const std::string& path) {
  if (path.empty()) return identity::MakeServiceToken();
  std::string token(absl::StripAsciiWhitespace(Contents(path)));
  if (token.size() < 32) {
    return InvalidField("service_token_file", "invalid_secret",
                        absl::StrCat(path, " must hold a secret of at least 32 characters"));
  }
  return token;
}

absl::StatusOr<std::string> ReadPem(absl::string_view flag, const std::string& path) {
  if (path.empty()) {
    return InvalidField(flag, "required",
                        absl::StrCat("--", flag,
                                     " is missing: mutual TLS takes a certificate, its key and the "
                                     "authority"));
  }
  std::string pem = Contents(path);
  if (absl::StrContains(pem, "-----BEGIN ")) return pem;
  return InvalidField(flag, "invalid_pem",
                      absl::StrCat("--", flag, ": ", path, " cannot be read, or is not PEM"));
}

// Nothing if none of the three is given.
absl::StatusOr<std::optional<rpc::MutualTls>> ReadMutualTls() {
  const std::string certificate = absl::GetFlag(FLAGS_grpc_certificate_file);
  const std::string key = absl::GetFlag(FLAGS_grpc_key_file);
  const std::string authority = absl::GetFlag(FLAGS_grpc_ca_file);
  if (certificate.empty() && key.empty() && authority.empty()) return std::nullopt;
  rpc::MutualTls tls;
  WISSEL_ASSIGN_OR_RETURN(tls.certificate, ReadPem("grpc_certificate_file", certificate));
  WISSEL_ASSIGN_OR_RETURN(tls.key, ReadPem("grpc_key_file", key));
  WISSEL_ASSIGN_OR_RETURN(tls.authority, ReadPem("grpc_ca_file", authority));
  return tls;
}

absl::Status CheckBounds(const Settings& settings) {
  for (const auto& [name, value] :
       {std::pair{"streams_per_account", settings.streams_per_account},
        {"disk_full_percent", settings.disk_full_percent},
        {"log_file_mb", settings.log_file_mb},
        {"log_files", settings.log_files},
        {"refusals_logged_per_minute", settings.refusals_logged_per_minute}}) {
    if (value >= 1) continue;
    return InvalidField(name, "out_of_range", absl::StrCat("--", name, " must be at least 1"));
  }
  return absl::OkStatus();
}

}  // namespace

std::string Settings::ConnInfo(absl::string_view service) const {
  return absl::StrCat(db, " user=wissel_", service);
}

absl::StatusOr<std::map<std::string, std::string>> ParsePeers(absl::string_view text) {
  std::map<std::string, std::string> peers;
  for (absl::string_view part : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    const std::pair<std::string, std::string> peer = absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (peer.first.empty() || peer.second.empty()) {
      return InvalidField("peers", "invalid_peer",
                          absl::StrCat("write name=address, not \"", part, "\""));
    }
    peers.insert(peer);
  }
  return peers;
}

absl::StatusOr<Settings> ReadSettings() {
  Settings settings;
  settings.targets = absl::StrSplit(absl::GetFlag(FLAGS_target), ',', absl::SkipEmpty());
  settings.db = absl::GetFlag(FLAGS_db);
  settings.pool_size = absl::GetFlag(FLAGS_pool_size);
  settings.worker_threads = absl::GetFlag(FLAGS_worker_threads);
  settings.worker_room = absl::GetFlag(FLAGS_worker_room);
  settings.grpc_address = absl::GetFlag(FLAGS_grpc_address);
  WISSEL_ASSIGN_OR_RETURN(settings.grpc_tls, ReadMutualTls());
  settings.grpc_reflection = absl::GetFlag(FLAGS_grpc_reflection);
  WISSEL_ASSIGN_OR_RETURN(settings.peers, ParsePeers(absl::GetFlag(FLAGS_peers)));
  if (!settings.grpc_address.empty()) {
    WISSEL_RETURN_IF_ERROR(
        rpc::CheckReach("grpc_address", settings.grpc_address, settings.grpc_tls));
  }
  for (const auto& [name, address] : settings.peers) {
    WISSEL_RETURN_IF_ERROR(rpc::CheckReach("peers", address, settings.grpc_tls));
  }
  WISSEL_ASSIGN_OR_RETURN(settings.service_token,
                          ReadServiceToken(absl::GetFlag(FLAGS_service_token_file)));
  settings.http_port = absl::GetFlag(FLAGS_http_port);
  settings.http_host = absl::GetFlag(FLAGS_http_host);
  settings.probe_port = absl::GetFlag(FLAGS_probe_port);
  settings.probe_host = absl::GetFlag(FLAGS_probe_host);
  settings.streams_per_account = absl::GetFlag(FLAGS_streams_per_account);
  settings.figures_period = absl::GetFlag(FLAGS_figures_period);
  if (settings.figures_period <= absl::ZeroDuration()) {
    return InvalidField("figures_period", "out_of_range",
                        "--figures-period is longer than nothing, such as 1s");
  }
  settings.disk_paths = absl::GetFlag(FLAGS_disk_paths);
  settings.disk_full_percent = absl::GetFlag(FLAGS_disk_full_percent);
  settings.log_file = absl::GetFlag(FLAGS_log_file);
  settings.log_file_mb = absl::GetFlag(FLAGS_log_file_mb);
  settings.log_files = absl::GetFlag(FLAGS_log_files);
  settings.refusals_logged_per_minute = absl::GetFlag(FLAGS_refusals_logged_per_minute);
  WISSEL_RETURN_IF_ERROR(CheckBounds(settings));
  settings.web_root = absl::GetFlag(FLAGS_web_root);
  return settings;
}

}  // namespace wissel
