#include "libs/pg/session.h"

#include "libs/pg/libpqxx/pqxx_session.h"
#include "libs/pg/pipeline/pipelined_session.h"

namespace wissel::pg {

absl::StatusOr<std::unique_ptr<Session>> Session::Connect(
    Engine engine, const std::string& conninfo, const std::vector<Statement>& statements) {
  if (engine == Engine::kPipelined) return PipelinedSession::Connect(conninfo, statements);
  return PqxxSession::Connect(conninfo, statements);
}

}  // namespace wissel::pg
