#include "services/wissel/commands/stop_signal.h"

#include <signal.h>

#include <atomic>

namespace wissel {
namespace {

std::atomic<bool> stop_asked = false;

}  // namespace

void WatchStopSignals() {
  struct sigaction action = {};
  action.sa_handler = [](int) { stop_asked = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool StopAsked() { return stop_asked; }

}  // namespace wissel
