#include "libs/pg/sql_error.h"

#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::pg {
namespace {

// A field of an error; empty if absent.
std::string FieldOf(const PGresult* failure, int field) {
  const char* value = PQresultErrorField(failure, field);
  return value == nullptr ? "" : value;
}

absl::Status ConstraintError(absl::string_view state, const PGresult* failure,
                             absl::string_view what) {
  std::map<std::string, std::string> facts = {{"sqlstate", std::string(state)}};
  const std::string constraint = FieldOf(failure, PG_DIAG_CONSTRAINT_NAME);
  const std::string column = FieldOf(failure, PG_DIAG_COLUMN_NAME);
  const std::string table = FieldOf(failure, PG_DIAG_TABLE_NAME);
  if (!constraint.empty()) facts["constraint"] = constraint;
  if (!column.empty()) facts["column"] = column;
  if (!table.empty()) facts["table"] = table;
  return Error(absl::StatusCode::kFailedPrecondition, "constraint",
               absl::StrCat("statement ", what, " violates ",
                            constraint.empty() ? absl::StrCat("not-null of ", table, ".", column)
                                               : constraint),
               {}, std::move(facts));
}

}  // namespace

absl::Status DatabaseAway(absl::string_view what) {
  return Error(absl::StatusCode::kUnavailable, "database_away",
               absl::StrCat("the database does not answer (", what, "); nothing was written"));
}

absl::Status StatusOf(const PGresult* failure, absl::string_view what) {
  const std::string state = FieldOf(failure, PG_DIAG_SQLSTATE);
  const auto is = [&](absl::string_view prefix) { return absl::StartsWith(state, prefix); };

  if (is("40") || is("55P03")) {
    return Error(absl::StatusCode::kAborted, "serialization",
                 absl::StrCat("statement ", what, " met another transaction; try again"));
  }
  if (is("23")) return ConstraintError(state, failure, what);
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
                 {{"sqlstate", state}});
  }
  if (is("42501")) {
    return Error(absl::StatusCode::kPermissionDenied, "refused_by_database",
                 absl::StrCat("statement ", what, " touches what its role may not"));
  }
  // Class 42 is about the statement itself: its text names tables and columns, never values.
  return Error(absl::StatusCode::kInternal, "sql",
               absl::StrCat("statement ", what, " failed: ", state, " ",
                            is("42") ? FieldOf(failure, PG_DIAG_MESSAGE_PRIMARY) : ""),
               {}, {{"sqlstate", state}});
}

}  // namespace wissel::pg
