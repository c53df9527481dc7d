// wissel serve: runs until SIGTERM or SIGINT.

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"
#include "services/wissel/app.h"
#include "services/wissel/commands/commands.h"

namespace wissel {
namespace {

// How often it is looked whether lines of the log were left out.
constexpr timespec kBetweenLooks = {.tv_sec = 10, .tv_nsec = 0};

// Every connection takes a descriptor, and the soft limit is often just 1,024.
void AllowAllFiles() {
  rlimit files = {};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

absl::Status SetUpLog(const Settings& settings) {
  telemetry::SetCappedLines(settings.refusals_logged_per_minute);
  if (settings.log_file.empty()) return absl::OkStatus();
  return telemetry::LogToFile(settings.log_file, static_cast<size_t>(settings.log_file_mb) << 20,
                              static_cast<size_t>(settings.log_files));
}

}  // namespace

absl::Status Serve(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
  // Blocked before any thread starts, so that only sigwait below ever sees them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);

  WISSEL_ASSIGN_OR_RETURN(Settings settings, ReadSettings());
  WISSEL_RETURN_IF_ERROR(SetUpLog(settings));
  AllowAllFiles();
  const std::string targets = absl::StrJoin(settings.targets, ",");
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, App::Start(std::move(settings)));
  telemetry::LogEvent("serving", {{"targets", targets},
                                  {"http_port", absl::StrCat(app->http_port())},
                                  {"probe_port", absl::StrCat(app->probe_port())},
                                  {"grpc_port", absl::StrCat(app->grpc_port())}});
  int signal = -1;
  while (signal < 0) {
    signal = sigtimedwait(&stop, nullptr, &kBetweenLooks);
    telemetry::TellLeftOut();
  }
  telemetry::LogEvent("stopping", {{"signal", absl::StrCat(signal)}});
  return absl::OkStatus();
}

}  // namespace wissel
