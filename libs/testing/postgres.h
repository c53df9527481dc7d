// A real PostgreSQL for tests: one private cluster a test program, one fresh migrated database a
// test. Fails with a sentence that names the missing package when PostgreSQL is not installed.

#ifndef WISSEL_LIBS_TESTING_POSTGRES_H_
#define WISSEL_LIBS_TESTING_POSTGRES_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace wissel::testing {

// A database with all migrations applied, made from a template in milliseconds and dropped at the
// end. The cluster under it starts with the first database and ends with the process.
class TestDatabase {
 public:
  TestDatabase();
  // One of an older installation: only migrations with a number below `first_missing` are applied.
  explicit TestDatabase(int first_missing);
  ~TestDatabase();

  // Applies the migrations that are missing.
  void Migrate() const;

  // Connection string for a service's role: "directory", "router", "cases", "insight", ...
  std::string ConnInfo(absl::string_view service) const;
  // For the superuser: to look around behind row-level security, and to plant faults.
  std::string AdminConnInfo() const;
  // Without a user, as --db takes it.
  std::string BaseConnInfo() const;
  // Runs SQL as superuser; fails the test on an error. Returns the first column of the first row,
  // empty if there is none.
  std::string Admin(absl::string_view sql) const;
  // Restarts the cluster the hard way (immediate shutdown).
  void CrashAndRestart();

 private:
  std::string name_;
};

}  // namespace wissel::testing

#endif  // WISSEL_LIBS_TESTING_POSTGRES_H_
