#include "libs/testing/sql_script.h"

#include "libs/base/status.h"
#include "libs/pg/libpqxx/pqxx_session.h"

namespace wissel::testing {

absl::StatusOr<std::string> RunScript(const std::string& conninfo, const std::string& sql) {
  WISSEL_ASSIGN_OR_RETURN(auto session, pg::PqxxSession::Connect(conninfo, {}));
  return session->Script(sql);
}

}  // namespace wissel::testing
