// One private PostgreSQL cluster for a test program.

#ifndef WISSEL_LIBS_TESTING_CLUSTER_H_
#define WISSEL_LIBS_TESTING_CLUSTER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wissel::testing {

// Made at the first use, in a directory of its own under /tmp, reached over a unix socket only, and
// removed when the process ends, however it ends. Without fsync: it survives a killed PostgreSQL,
// not a power cut. As root it runs as the user postgres, since PostgreSQL refuses root.
// Ends the program with a sentence when that cannot be done. Thread-safe.
class Cluster {
 public:
  // The one of this process, with the migrated database `wissel_template`.
  static Cluster& Get();

  // For the superuser; as all connections, without a password.
  std::string AdminConnInfo(absl::string_view database) const;
  // Without a user.
  std::string ConnInfo(absl::string_view database) const;
  // What PostgreSQL has logged so far.
  std::string Log() const;
  // SIGKILL for the postmaster; its backends end when they notice. REQUIRES: it runs.
  void Crash() const;
  // Starts it again, once nothing is left of the one before. REQUIRES: it does not run.
  void Start() const;
  // Both.
  void CrashAndRestart() const;

 private:
  Cluster();
  // Shell command: `pg_ctl` for this cluster.
  std::string PgCtl() const;

  std::string bin_;
  std::string directory_;
  // Words before a command that make it run as another user than root.
  std::string as_user_;
};

}  // namespace wissel::testing

#endif  // WISSEL_LIBS_TESTING_CLUSTER_H_
