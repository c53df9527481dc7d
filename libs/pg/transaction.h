// What the body of a transaction works with.

#ifndef WISSEL_LIBS_PG_TRANSACTION_H_
#define WISSEL_LIBS_PG_TRANSACTION_H_

#include <initializer_list>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "libs/pg/result.h"
#include "libs/pg/statement.h"

namespace wissel::pg {

// Whether a transaction may write.
enum class Access { kRead, kWrite };

// One open transaction; lives inside the body given to a pool.
class Transaction {
 public:
  virtual ~Transaction() = default;

  // Runs a prepared statement. After an error the transaction can only be left.
  absl::StatusOr<Result> Run(const Statement& statement, std::initializer_list<Param> params = {}) {
    return Run(statement, absl::MakeConstSpan(params.begin(), params.size()));
  }
  virtual absl::StatusOr<Result> Run(const Statement& statement,
                                     absl::Span<const Param> params) = 0;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_TRANSACTION_H_
