// What the database tests of this folder register with: the municipality of test_municipality.h and
// a pool and a writer as the service has them.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_TEST_REGISTRATION_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_TEST_REGISTRATION_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/testing/postgres.h"
#include "services/cases/queue/change_notifier_store.h"
#include "services/cases/registration/first_registration_store.h"
#include "services/cases/registration/reference_store.h"
#include "services/cases/registration/registration_writer.h"
#include "services/cases/test_municipality.h"

namespace wissel::cases {

class RegistrationTest : public ::testing::Test {
 protected:
  RegistrationTest() { PlantMunicipality(database_); }

  std::unique_ptr<pg::Pool> OpenPool() {
    // The engine that registers in the service (cases.cc).
    pg::PoolOptions options = {
        .conninfo = database_.ConnInfo("cases"), .size = 4, .engine = pg::Engine::kPipelined};
    for (const auto& more :
         {RegistrationStatements(), FirstRegistrationStatements(), ReferenceStatements(),
          municipality::SnapshotStatements(), ChangeNotifierStatements()}) {
      options.statements.insert(options.statements.end(), more.begin(), more.end());
    }
    return pg::Pool::Open(std::move(options)).value();
  }

  std::string Count(absl::string_view table, absl::string_view where = "true") {
    return database_.Admin(absl::StrCat("select count(*) from cases.", table, " where ", where));
  }

  testing::TestDatabase database_;
  std::unique_ptr<pg::Pool> pool_ = OpenPool();
  municipality::SnapshotCache municipalities_;
  ChangeNotifier notifier_{*pool_};
  RegistrationWriter writer_{*pool_, municipalities_, notifier_, Clock::System()};
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_TEST_REGISTRATION_H_
