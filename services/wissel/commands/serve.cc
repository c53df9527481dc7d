// wissel serve: runs until SIGTERM or SIGINT.

#include <pthread.h>
#include <signal.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"
#include "services/wissel/app.h"
#include "services/wissel/commands/commands.h"

namespace wissel {

absl::Status Serve(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
  // Blocked before any thread starts, so that only sigwait below ever sees them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);

  WISSEL_ASSIGN_OR_RETURN(Settings settings, ReadSettings());
  const std::string targets = absl::StrJoin(settings.targets, ",");
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, App::Start(std::move(settings)));
  telemetry::LogEvent("serving", {{"targets", targets},
                                  {"http_port", absl::StrCat(app->http_port())},
                                  {"grpc_port", absl::StrCat(app->grpc_port())}});
  int signal = 0;
  sigwait(&stop, &signal);
  telemetry::LogEvent("stopping", {{"signal", absl::StrCat(signal)}});
  return absl::OkStatus();
}

}  // namespace wissel
