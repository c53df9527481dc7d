#include "services/directory/directory.h"

#include "libs/base/status.h"
#include "services/directory/account_store.h"
#include "services/directory/municipality_store.h"
#include "services/directory/session_store.h"
#include "services/directory/sign_in_store.h"
#include "services/directory/team_store.h"

namespace wissel::directory {

absl::StatusOr<std::unique_ptr<Directory>> Directory::Build(const DirectoryOptions& options,
                                                            rpc::Dispatcher& dispatcher) {
  std::vector<pg::Statement> statements;
  for (const auto& some : {MunicipalityStatements(), TeamStatements(), AccountStatements(),
                           SessionStatements(), SignInStatements()}) {
    statements.insert(statements.end(), some.begin(), some.end());
  }
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pool,
                          pg::Pool::Open({.conninfo = options.conninfo,
                                          .size = options.pool_size,
                                          .statements = std::move(statements)}));
  return std::unique_ptr<Directory>(new Directory(std::move(pool), dispatcher));
}

}  // namespace wissel::directory
