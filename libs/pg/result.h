// What a statement returned.

#ifndef WISSEL_LIBS_PG_RESULT_H_
#define WISSEL_LIBS_PG_RESULT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel::pg {

// Rows of one statement. Cheap to copy: copies share the rows. Asking for a column that is not
// there, a null without an optional, or a value of another type is a fault of the program and ends
// it with a message that names the column.
class Result {
 public:
  // A row; valid as long as a copy of its result lives. For one thread at a time.
  class Row {
   public:
    bool IsNull(absl::string_view column) const;
    // Any type, as PostgreSQL writes it; valid as long as a copy of the result lives.
    absl::string_view Text(absl::string_view column) const;
    // For bytea, decoded.
    std::string Bytes(absl::string_view column) const;
    int64_t Int64(absl::string_view column) const;
    int32_t Int32(absl::string_view column) const;
    double Double(absl::string_view column) const;
    bool Bool(absl::string_view column) const;
    // For timestamptz, in microseconds; 'infinity' is absl::InfiniteFuture.
    absl::Time Time(absl::string_view column) const;
    std::optional<absl::Time> OptionalTime(absl::string_view column) const;
    std::optional<int64_t> OptionalInt64(absl::string_view column) const;
    // Empty for null.
    std::string TextOrEmpty(absl::string_view column) const;

   private:
    friend class Result;
    Row(const Result* result, int index) : result_(result), index_(index) {}
    // Absent: SQL null.
    std::optional<absl::string_view> Find(absl::string_view column) const;
    absl::string_view Cell(absl::string_view column) const;
    const Result* result_;
    int index_;
    // The column to look at first: most callers ask for columns in their order.
    mutable int next_ = 0;
  };

  // Forward iteration, for range-for; the result must outlive it.
  class Iterator {
   public:
    Iterator(const Result* result, int index) : result_(result), index_(index) {}
    Row operator*() const { return (*result_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Result* result_;
    int index_;
  };

  // Rows.
  int size() const;
  bool empty() const { return size() == 0; }
  // Rows inserted, updated or deleted.
  int64_t affected() const;
  Row operator[](int index) const { return Row(this, index); }
  Iterator begin() const { return Iterator(this, 0); }
  Iterator end() const { return Iterator(this, size()); }

  // Made by Transaction only; see result_rows.h.
  struct Rows;
  explicit Result(std::shared_ptr<const Rows> rows) : rows_(std::move(rows)) {}

 private:
  std::shared_ptr<const Rows> rows_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_RESULT_H_
