// A named SQL statement and the values that go in and come out of it.

#ifndef WISSEL_LIBS_PG_STATEMENT_H_
#define WISSEL_LIBS_PG_STATEMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel::pg {

// Declared as a constant in a store, beside its use:
//
//   constexpr pg::Statement kFindCase = {"cases_find", "select ... where case_id = $1"};
//
// Every statement that a pool is given is prepared when the pool opens, so that a broken query
// stops the boot and not a resident. The name is also the label of its metrics.
struct Statement {
  const char* name;
  const char* sql;
};

// Bytes, as opposed to text.
struct Bytes {
  std::string value;
};

// One value for a statement, in PostgreSQL's text form; null where the source is an empty optional.
// Vectors become arrays; elements may be null only for vectors of optionals. Owns its text.
class Param {
 public:
  Param(std::nullopt_t) {}
  Param(const char* text) : text_(text) {}
  Param(absl::string_view text) : text_(std::string(text)) {}
  Param(std::string_view text) : text_(std::string(text)) {}
  Param(std::string text) : text_(std::move(text)) {}
  Param(bool value) : text_(value ? "t" : "f") {}
  Param(int32_t value) : text_(std::to_string(value)) {}
  Param(int64_t value) : text_(std::to_string(value)) {}
  Param(double value);
  // Microseconds, with the year as PostgreSQL reads it; InfiniteFuture and InfinitePast, and what
  // is beyond the years that a timestamptz holds, are written as infinite.
  Param(absl::Time value);
  Param(const Bytes& value);
  Param(const std::vector<std::string>& values);
  Param(const std::vector<int64_t>& values);
  Param(const std::vector<int32_t>& values);
  Param(const std::vector<bool>& values);
  Param(const std::vector<absl::Time>& values);
  Param(const std::vector<Bytes>& values);
  Param(const std::vector<std::optional<std::string>>& values);
  Param(const std::vector<std::optional<int64_t>>& values);
  Param(const std::vector<std::optional<absl::Time>>& values);
  template <typename T>
  Param(const std::optional<T>& value) {
    if (value) text_ = Param(*value).text();
  }

  // Absent: SQL null.
  const std::optional<std::string>& text() const { return text_; }

 private:
  std::optional<std::string> text_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_STATEMENT_H_
