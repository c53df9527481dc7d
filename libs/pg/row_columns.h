// The columns of the rows that a store writes, each described once by its name, its SQL type and
// the member that it comes from. From that come the texts and the parameters of both kinds of
// statement: those that take many rows as an array a column, and those that take one row.
//
//   const pg::RowColumns<Move>& Columns() {
//     static const auto* const columns = new pg::RowColumns<Move>(
//         {pg::Column<&Move::reference>("case_id", "bigint"),
//          pg::Column<&Move::team_id>("team_id", "text")});
//     return *columns;
//   }

#ifndef WISSEL_LIBS_PG_ROW_COLUMNS_H_
#define WISSEL_LIBS_PG_ROW_COLUMNS_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "libs/pg/statement.h"

namespace wissel::pg {

// One column of rows of type Row.
template <typename Row>
struct RowColumn {
  const char* name;
  // Of one value.
  const char* type;
  Param (*of_row)(const Row& row);
  // An array.
  Param (*of_rows)(absl::Span<const Row> rows);
};

namespace internal {

template <auto kMember>
struct MemberOf;
template <typename R, typename T, T R::*kMember>
struct MemberOf<kMember> {
  using Row = R;
  using Type = T;
};

}  // namespace internal

// The column that a member of the row becomes.
template <auto kMember>
RowColumn<typename internal::MemberOf<kMember>::Row> Column(const char* name, const char* type) {
  using Row = typename internal::MemberOf<kMember>::Row;
  using Type = typename internal::MemberOf<kMember>::Type;
  return {name, type, [](const Row& row) { return Param(row.*kMember); },
          [](absl::Span<const Row> rows) {
            std::vector<Type> values;
            values.reserve(rows.size());
            for (const Row& row : rows) values.push_back(row.*kMember);
            return Param(values);
          }};
}

// Immutable, so safe to share between threads.
template <typename Row>
class RowColumns {
 public:
  // A statement that takes one row; made by Bind.
  class OfOneRow {
   public:
    OfOneRow(const OfOneRow&) = delete;
    OfOneRow& operator=(const OfOneRow&) = delete;

    // Valid as long as this is.
    const Statement& statement() const { return statement_; }
    std::vector<Param> Params(const Row& row) const {
      std::vector<Param> params;
      params.reserve(columns_.size());
      for (const RowColumn<Row>& column : columns_) params.push_back(column.of_row(row));
      return params;
    }

   private:
    friend class RowColumns;
    OfOneRow(const char* name, std::pair<std::string, std::vector<RowColumn<Row>>> bound)
        : sql_(std::move(bound.first)),
          columns_(std::move(bound.second)),
          statement_{name, sql_.c_str()} {}

    const std::string sql_;
    const std::vector<RowColumn<Row>> columns_;
    const Statement statement_;
  };

  explicit RowColumns(std::vector<RowColumn<Row>> columns) : columns_(std::move(columns)) {}

  // `unnest($1::bigint[], $2::text[]) as <alias> (case_id, team_id)`: the rows, as a table.
  std::string Table(absl::string_view alias) const {
    std::string arrays;
    std::string names;
    for (size_t i = 0; i < columns_.size(); ++i) {
      const char* const comma = i == 0 ? "" : ", ";
      absl::StrAppend(&arrays, comma, "$", i + 1, "::", columns_[i].type, "[]");
      absl::StrAppend(&names, comma, columns_[i].name);
    }
    return absl::StrCat("unnest(", arrays, ") as ", alias, " (", names, ")");
  }

  // The parameter behind those of Table, with its number counted from 1: `$41`.
  std::string After(int number) const { return absl::StrCat("$", columns_.size() + number); }

  // The parameters of a statement with Table, one a column.
  std::vector<Param> Params(absl::Span<const Row> rows) const {
    std::vector<Param> params;
    params.reserve(columns_.size());
    for (const RowColumn<Row>& column : columns_) params.push_back(column.of_rows(rows));
    return params;
  }

  // A statement for one row, with `@name` in `sql` where a value stands. A name that is no column
  // is left as it is, and PostgreSQL refuses the statement when it is prepared.
  OfOneRow Bind(const char* name, absl::string_view sql) const {
    std::pair<std::string, std::vector<RowColumn<Row>>> bound;
    while (!sql.empty()) {
      const size_t at = std::min(sql.find('@'), sql.size());
      absl::StrAppend(&bound.first, sql.substr(0, at));
      sql.remove_prefix(at);
      if (!sql.empty()) BindOne(sql, bound);
    }
    return OfOneRow(name, std::move(bound));
  }

 private:
  // Takes the `@name` that `sql` begins with.
  void BindOne(absl::string_view& sql,
               std::pair<std::string, std::vector<RowColumn<Row>>>& bound) const {
    size_t end = 1;
    while (end < sql.size() && (absl::ascii_isalnum(sql[end]) || sql[end] == '_')) ++end;
    const absl::string_view name = sql.substr(1, end - 1);
    const absl::string_view whole = sql.substr(0, end);
    sql.remove_prefix(end);
    const auto has_name = [name](const RowColumn<Row>& column) { return name == column.name; };
    const auto column = std::find_if(columns_.begin(), columns_.end(), has_name);
    if (column == columns_.end()) {
      absl::StrAppend(&bound.first, whole);
      return;
    }
    auto& used = bound.second;
    auto place = std::find_if(used.begin(), used.end(), has_name);
    if (place == used.end()) place = used.insert(place, *column);
    absl::StrAppend(&bound.first, "$", place - used.begin() + 1, "::", column->type);
  }

  const std::vector<RowColumn<Row>> columns_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_ROW_COLUMNS_H_
