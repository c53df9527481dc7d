// The demo municipality at work: an installation in one of the shapes, and its people.

#ifndef WISSEL_TESTS_INTEGRATION_DEMO_FIXTURE_H_
#define WISSEL_TESTS_INTEGRATION_DEMO_FIXTURE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/testing/postgres.h"
#include "tests/integration/api_client.h"
#include "tests/support/installation.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::testing {

// What cannot be made ends the program with a sentence. Not thread-safe, but for Another().
class DemoFixture {
 public:
  // The one of this program in that shape: made at the first use, shared by all tests that harm
  // nobody else's cases.
  static DemoFixture& In(Shape shape);

  // One of one's own, to break.
  explicit DemoFixture(Shape shape);

  // Somebody of the demo, always over the same connection.
  ApiClient& kim() { return As("kim"); }
  ApiClient& bas() { return As("bas"); }
  ApiClient& lea() { return As("lea"); }
  ApiClient& noor() { return As("noor"); }
  ApiClient& max() { return As("max"); }
  ApiClient& fenna() { return As("fenna"); }
  ApiClient& As(const std::string& login);
  // The same account over a connection of its own, for a thread.
  std::unique_ptr<ApiClient> Another(const std::string& login);

  // The case as kim sees it; fails the test if that is an error.
  cases::v1::Case CaseOf(int64_t reference);
  // Kinds of mail of a case with their recipients, sorted: "customer_receipt to a@b".
  std::vector<std::string> MailOf(int64_t reference);

  Installation& installation() { return installation_; }
  TestDatabase& database() { return database_; }

 private:
  TestDatabase database_;
  Installation installation_;
  std::map<std::string, std::unique_ptr<ApiClient>> people_;
};

// A key that no other request has.
std::string NewKey();

// Anna asks to be called back about her passport: the SOP of the demo gives that to burgerzaken.
intake::v1::RegisterCallbackRequest AnnasCallback();

// Registers AnnasCallback() as kim; fails the test if that is an error.
intake::v1::Registration RegisterAnna(DemoFixture& demo);

// "INVALID_ARGUMENT required tenant_id"; "OK".
std::string Short(const absl::Status& status);

// For the name of a test in a shape.
std::string ShapeName(const ::testing::TestParamInfo<Shape>& info);

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_INTEGRATION_DEMO_FIXTURE_H_
