#include "libs/testing/cluster.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/pg/migrate.h"
#include "libs/testing/sql_script.h"

namespace wissel::testing {
namespace {

[[noreturn]] void Die(absl::string_view why) {
  std::cerr << "No PostgreSQL for the tests: " << why << std::endl;
  _exit(1);
}

// Directory of PostgreSQL's programs, of the newest release that is installed.
std::string FindBin() {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", none)) {
    const std::string bin = entry.path() / "bin";
    if (std::filesystem::exists(bin + "/initdb")) found.push_back(bin);
  }
  if (found.empty()) Die("it is not installed; on Debian install the package postgresql-15");
  return *std::max_element(found.begin(), found.end());
}

void Shell(const std::string& command) {
  const int result = std::system(command.c_str());
  if (result != 0) Die(absl::StrCat("this failed: ", command));
}

// A shell that outlives this process by as long as it takes to stop the cluster and remove it: it
// reads from a pipe of which only this process holds the other end.
void StartKeeper(const std::string& stop, const std::string& directory) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Die("no pipe");
  const std::string script =
      absl::StrCat("trap '' INT TERM HUP; read line; ", stop, "; rm -rf '", directory, "'");
  const pid_t pid = fork();
  if (pid < 0) Die("no process");
  if (pid > 0) {
    close(ends[0]);
    return;
  }
  setsid();
  const int nothing = open("/dev/null", O_RDWR);
  dup2(ends[0], 0);
  dup2(nothing, 1);
  dup2(nothing, 2);
  execl("/bin/sh", "sh", "-c", script.c_str(), nullptr);
  _exit(127);
}

}  // namespace

Cluster& Cluster::Get() {
  static Cluster* const cluster = new Cluster();
  return *cluster;
}

Cluster::Cluster() : bin_(FindBin()) {
  char name[] = "/tmp/wissel-pg-XXXXXX";
  if (mkdtemp(name) == nullptr) Die("no directory under /tmp");
  directory_ = name;
  if (geteuid() == 0) {
    as_user_ = "setpriv --reuid=postgres --regid=postgres --init-groups -- ";
    Shell(absl::StrCat("chown postgres:postgres ", directory_));
  }
  StartKeeper(absl::StrCat(as_user_, bin_, "/pg_ctl -D ", directory_, "/data -m immediate stop"),
              directory_);
  Shell(absl::StrCat("cd ", directory_, " && ", as_user_, bin_, "/initdb -D ", directory_,
                     "/data -U postgres --auth=trust --no-sync --encoding=UTF8 --locale=C.UTF-8 > ",
                     directory_, "/initdb.log 2>&1"));
  Shell(absl::StrCat(
      "cat >> ", directory_, "/data/postgresql.conf <<'END'\n", "listen_addresses = ''\n",
      "unix_socket_directories = '", directory_, "'\n",
      "fsync = off\nfull_page_writes = off\nsynchronous_commit = on\nmax_connections = 200\n",
      "shared_buffers = 64MB\ndeadlock_timeout = 100ms\nlog_min_messages = warning\n", "END"));
  Start();

  const std::string admin = AdminConnInfo("postgres");
  const auto made = RunScript(admin, "create database wissel_template");
  if (!made.ok()) Die(made.status().ToString());
  const auto migrated =
      pg::Migrate(AdminConnInfo("wissel_template"), WISSEL_SOURCE_DIR "/migrations");
  if (!migrated.ok()) Die(migrated.status().ToString());
}

std::string Cluster::ConnInfo(absl::string_view database) const {
  return absl::StrCat("host=", directory_, " dbname=", database);
}

std::string Cluster::AdminConnInfo(absl::string_view database) const {
  return absl::StrCat(ConnInfo(database), " user=postgres");
}

std::string Cluster::Log() const {
  std::ifstream file(directory_ + "/server.log");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string Cluster::PgCtl() const {
  return absl::StrCat("cd ", directory_, " && ", as_user_, bin_, "/pg_ctl -s -D ", directory_,
                      "/data");
}

void Cluster::Crash() const {
  std::ifstream file(directory_ + "/data/postmaster.pid");
  pid_t postmaster = 0;
  if (!(file >> postmaster)) Die("it has no postmaster.pid to crash it by");
  kill(postmaster, SIGKILL);
  while (kill(postmaster, 0) == 0) usleep(2000);
}

void Cluster::Start() const {
  const std::string start = absl::StrCat(PgCtl(), " -w -l ", directory_, "/server.log start > ",
                                         directory_, "/start.log 2>&1");
  // After a crash nothing can start until the last backend has noticed that its parent is gone.
  for (int i = 0; std::system(start.c_str()) != 0; ++i) {
    if (i == 100) Die(absl::StrCat("it does not start; see ", directory_, "/start.log"));
    usleep(100'000);
  }
}

void Cluster::CrashAndRestart() const {
  Crash();
  Start();
}

}  // namespace wissel::testing
