#include "libs/testing/sql_script.h"

#include "libs/base/status.h"
#include "libs/pg/connection.h"

namespace wissel::testing {

absl::StatusOr<std::string> RunScript(const std::string& conninfo, const std::string& sql) {
  WISSEL_ASSIGN_OR_RETURN(auto connection, pg::Connection::Connect(conninfo, {}));
  return connection->Script(sql);
}

}  // namespace wissel::testing
