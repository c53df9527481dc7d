// The demo municipality at work: an installation in one of the shapes, and its people.

#ifndef WISSEL_TESTS_INTEGRATION_DEMO_TOWN_H_
#define WISSEL_TESTS_INTEGRATION_DEMO_TOWN_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/testing/postgres.h"
#include "tests/integration/person.h"
#include "tests/support/installation.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::testing {

// What cannot be made ends the program with a sentence. Not thread-safe, but for Another().
class DemoTown {
 public:
  // The one of this program in that shape: made at the first use, shared by all tests that harm
  // nobody else's cases.
  static DemoTown& In(Shape shape);

  // One of one's own, to break.
  explicit DemoTown(Shape shape);

  // Somebody of the demo, always over the same connection.
  Person& kim() { return As("kim"); }
  Person& bas() { return As("bas"); }
  Person& lea() { return As("lea"); }
  Person& noor() { return As("noor"); }
  Person& max() { return As("max"); }
  Person& fenna() { return As("fenna"); }
  Person& As(const std::string& login);
  // The same account over a connection of its own, for a thread.
  std::unique_ptr<Person> Another(const std::string& login);

  // The case as kim sees it; fails the test if that is an error.
  cases::v1::Case CaseOf(int64_t reference);
  // Kinds of mail of a case with their recipients, sorted: "customer_receipt to a@b".
  std::vector<std::string> MailOf(int64_t reference);

  Installation& installation() { return installation_; }
  TestDatabase& database() { return database_; }

 private:
  TestDatabase database_;
  Installation installation_;
  std::map<std::string, std::unique_ptr<Person>> people_;
};

// A key that no other request has.
std::string NewKey();

// Anna asks to be called back about her passport: the SOP of the demo gives that to burgerzaken.
intake::v1::RegisterCallbackRequest AnnasCallback();

// Registers AnnasCallback() as kim; fails the test if that is an error.
intake::v1::Registration RegisterAnna(DemoTown& town);

// "INVALID_ARGUMENT required tenant_id"; "OK".
std::string Short(const absl::Status& status);

// For the name of a test in a shape.
std::string ShapeName(const ::testing::TestParamInfo<Shape>& info);

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_INTEGRATION_DEMO_TOWN_H_
