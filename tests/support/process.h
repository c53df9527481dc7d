// A program that a test starts, kills and starts again.

#ifndef WISSEL_TESTS_SUPPORT_PROCESS_H_
#define WISSEL_TESTS_SUPPORT_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace wissel::testing {

// Runs at most one instance. It dies with the test program, however that ends. Not thread-safe.
class Process {
 public:
  // `command` is the program and its arguments; both output streams go to the end of `log_path`.
  Process(std::vector<std::string> command, std::string log_path);
  // Kills what runs.
  ~Process();
  Process(Process&& other) noexcept;

  // REQUIRES: it does not run.
  void Start();
  // SIGKILL, and waits until it is gone. Nothing if it does not run.
  void Kill();
  // SIGTERM, and waits for the end; returns the exit code, -1 after a signal.
  int Stop();
  // Waits for the end of a program that ends by itself; returns the exit code.
  int Wait();
  // Whether it still runs.
  bool Running();
  pid_t pid() const { return pid_; }

 private:
  std::vector<std::string> command_;
  std::string log_path_;
  pid_t pid_ = 0;
};

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_SUPPORT_PROCESS_H_
