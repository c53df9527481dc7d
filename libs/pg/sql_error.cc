#include "libs/pg/sql_error.h"

#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::pg {
namespace {

absl::Status ConstraintError(const Failure& failure, absl::string_view what) {
  std::map<std::string, std::string> facts = {{"sqlstate", failure.sqlstate}};
  if (!failure.constraint.empty()) facts["constraint"] = failure.constraint;
  if (!failure.column.empty()) facts["column"] = failure.column;
  if (!failure.table.empty()) facts["table"] = failure.table;
  return Error(absl::StatusCode::kFailedPrecondition, "constraint",
               absl::StrCat("statement ", what, " violates ",
                            failure.constraint.empty()
                                ? absl::StrCat("not-null of ", failure.table, ".", failure.column)
                                : failure.constraint),
               {}, std::move(facts));
}

}  // namespace

absl::Status DatabaseAway(absl::string_view what) {
  return Error(absl::StatusCode::kUnavailable, "database_away",
               absl::StrCat("the database does not answer (", what, "); nothing was written"));
}

absl::Status StatusOf(const Failure& failure, absl::string_view what) {
  const auto is = [&](absl::string_view prefix) {
    return absl::StartsWith(failure.sqlstate, prefix);
  };

  if (is("40") || is("55P03")) {
    return Error(absl::StatusCode::kAborted, "serialization",
                 absl::StrCat("statement ", what, " met another transaction; try again"));
  }
  if (is("23")) return ConstraintError(failure, what);
  if (is("22021")) {
    return Error(absl::StatusCode::kInvalidArgument, "invalid_utf8",
                 absl::StrCat("a text for statement ", what, " is not UTF-8"));
  }
  if (is("57014")) {
    return Error(absl::StatusCode::kDeadlineExceeded, "statement_timeout",
                 absl::StrCat("statement ", what, " did not finish in time"));
  }
  if (is("08") || is("57P") || is("25006")) return DatabaseAway(what);
  if (is("53")) {
    return Error(absl::StatusCode::kResourceExhausted, "database_full",
                 absl::StrCat("the database has no room for statement ", what), {},
                 {{"sqlstate", failure.sqlstate}});
  }
  if (is("42501")) {
    return Error(absl::StatusCode::kPermissionDenied, "refused_by_database",
                 absl::StrCat("statement ", what, " touches what its role may not"));
  }
  // Class 42 is about the statement itself: its text names tables and columns, never values.
  return Error(absl::StatusCode::kInternal, "sql",
               absl::StrCat("statement ", what, " failed: ", failure.sqlstate, " ",
                            is("42") ? failure.message : ""),
               {}, {{"sqlstate", failure.sqlstate}});
}

}  // namespace wissel::pg
