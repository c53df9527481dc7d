// What the body of a transaction works with.

#ifndef WISSEL_LIBS_PG_TRANSACTION_H_
#define WISSEL_LIBS_PG_TRANSACTION_H_

#include <initializer_list>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "libs/base/status.h"
#include "libs/pg/result.h"
#include "libs/pg/statement.h"

namespace wissel::pg {

// Whether a transaction may write. One that only reads sees the database as it was at its first
// statement; each statement of one that writes sees what was committed before it.
enum class Access { kRead, kWrite };

// A statement with its values, which outlive the call that takes it.
struct Query {
  const Statement& statement;
  absl::Span<const Param> params;
};

// One open transaction; lives inside the body given to a pool.
class Transaction {
 public:
  virtual ~Transaction() = default;

  // Runs a prepared statement. After an error the transaction can only be left.
  absl::StatusOr<Result> Run(const Statement& statement, std::initializer_list<Param> params = {}) {
    return Run(statement, absl::MakeConstSpan(params.begin(), params.size()));
  }
  absl::StatusOr<Result> Run(const Statement& statement, absl::Span<const Param> params) {
    WISSEL_ASSIGN_OR_RETURN(std::vector<Result> results, RunAll({{statement, params}}));
    return std::move(results.front());
  }

  // Runs prepared statements, at least one, one after the other in one round trip; results in their
  // order. After one that fails the others are not run. In the metrics each of them takes the whole
  // round trip.
  absl::StatusOr<std::vector<Result>> RunAll(std::initializer_list<Query> queries) {
    return RunAll(absl::MakeConstSpan(queries.begin(), queries.size()));
  }
  virtual absl::StatusOr<std::vector<Result>> RunAll(absl::Span<const Query> queries) = 0;

  // As RunAll, for the last statements of a transaction, which is committed in the same round trip
  // where the engine can. Nothing can be run in it afterwards, and an error that the body returns
  // undoes nothing. Errors besides those of the statements are those of a commit (pool.h).
  absl::StatusOr<std::vector<Result>> RunLast(std::initializer_list<Query> queries) {
    return RunLast(absl::MakeConstSpan(queries.begin(), queries.size()));
  }
  virtual absl::StatusOr<std::vector<Result>> RunLast(absl::Span<const Query> queries) = 0;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_TRANSACTION_H_
