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

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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
  explicit RowColumns(std::vector<RowColumn<Row>> columns) : columns_(std::move(columns)) {}

  // `unnest($1::bigint[], $2::text[]) as <alias> (case_id, team_id)`: the rows, as a table. A
  // statement with several tables gives each the number of its `first` parameter.
  std::string Table(absl::string_view alias, int first = 1) const {
    return absl::StrCat("unnest(", Parameters("[]", first), ") as ", alias, " (", Names(), ")");
  }

  // `(values ($1::bigint, $2::text)) as <alias> (case_id, team_id)`: one row, as a table.
  std::string TableOfOne(absl::string_view alias) const {
    return absl::StrCat("(values (", Parameters("", 1), ")) as ", alias, " (", Names(), ")");
  }

  int count() const { return static_cast<int>(columns_.size()); }

  // The parameter behind those of a table, with its number counted from 1: `$41`.
  std::string After(int number) const { return absl::StrCat("$", columns_.size() + number); }

  // The parameters of Table, one a column.
  std::vector<Param> Params(absl::Span<const Row> rows) const {
    std::vector<Param> params;
    params.reserve(columns_.size());
    for (const RowColumn<Row>& column : columns_) params.push_back(column.of_rows(rows));
    return params;
  }

  // The parameters of TableOfOne.
  std::vector<Param> ParamsOfOne(const Row& row) const {
    std::vector<Param> params;
    params.reserve(columns_.size());
    for (const RowColumn<Row>& column : columns_) params.push_back(column.of_row(row));
    return params;
  }

 private:
  // `$1::bigint[], $2::text[]`
  std::string Parameters(absl::string_view after_type, int first) const {
    std::string parameters;
    for (size_t i = 0; i < columns_.size(); ++i) {
      absl::StrAppend(&parameters, i == 0 ? "" : ", ", "$", first + i, "::", columns_[i].type,
                      after_type);
    }
    return parameters;
  }

  std::string Names() const {
    return absl::StrJoin(columns_, ", ", [](std::string* out, const RowColumn<Row>& column) {
      absl::StrAppend(out, column.name);
    });
  }

  const std::vector<RowColumn<Row>> columns_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_ROW_COLUMNS_H_
