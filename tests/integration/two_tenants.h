// An installation with two municipalities that have everything, so that one can try to reach what
// is the other's.

#ifndef WISSEL_TESTS_INTEGRATION_TWO_TENANTS_H_
#define WISSEL_TESTS_INTEGRATION_TWO_TENANTS_H_

#include <map>
#include <string>

#include "libs/testing/postgres.h"
#include "tests/integration/dynamic_call.h"
#include "tests/integration/filled_request.h"
#include "tests/support/installation.h"
#include "wissel/options/v1/options.pb.h"

namespace wissel::testing {

// Stands in every text of the other municipality: teams, people, topics, questions.
inline constexpr char kSecretWord[] = "kanarie";

// A municipality with two teams, an SOP, a case of the second team, and somebody in every role.
struct Tenant {
  Ids ids;
  // A token for each role that an account or a machine can have.
  std::map<options::v1::Role, std::string> tokens;
};

// Starts the real program; what cannot be made ends the program with a sentence.
class TwoTenants {
 public:
  explicit TwoTenants(Shape shape);

  DynamicCall& call() { return call_; }
  Installation& installation() { return installation_; }
  const TestDatabase& database() const { return database_; }
  const Tenant& own() const { return own_; }
  const Tenant& other() const { return other_; }
  const std::string& service_token() const { return installation_.service_token(); }

  // A digest of every row that the other municipality has, whichever the table, but for the tries
  // to sign in there, which anybody may make.
  std::string RowsOfOther() const;

 private:
  // `word` goes into every text.
  Tenant Make(const std::string& tenant_id, const std::string& word);
  void MakeAccounts(Tenant& tenant, const std::string& word);
  template <typename Response, typename Request>
  Response Ask(const Request& request, const Caller& caller);

  TestDatabase database_;
  Installation installation_;
  DynamicCall call_{installation_};
  Tenant own_;
  Tenant other_;
};

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_INTEGRATION_TWO_TENANTS_H_
