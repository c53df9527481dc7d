#include "libs/pg/sql_error.h"

#include <map>
#include <pqxx/except>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::pg {
namespace {

// A field of the long form of an error ("CONSTRAINT NAME:  customer_pkey"); empty if absent.
std::string FieldOf(absl::string_view message, absl::string_view label) {
  const std::string start = absl::StrCat("\n", label, ":  ");
  const size_t begin = message.find(start);
  if (begin == absl::string_view::npos) return "";
  message.remove_prefix(begin + start.size());
  return std::string(message.substr(0, message.find('\n')));
}

std::string FirstLine(absl::string_view message) {
  return std::string(message.substr(0, message.find('\n')));
}

// SQLSTATE from the long form ("ERROR:  40P01: deadlock detected"); empty if PostgreSQL did not
// speak. libpqxx drops it from some of its exceptions.
std::string StateOf(absl::string_view message) {
  const size_t colon = message.find(":  ");
  if (colon == absl::string_view::npos || message.size() < colon + 9) return "";
  return message[colon + 8] == ':' ? std::string(message.substr(colon + 3, 5)) : "";
}

absl::Status ConstraintError(absl::string_view state, absl::string_view message,
                             absl::string_view what) {
  std::map<std::string, std::string> facts = {{"sqlstate", std::string(state)}};
  const std::string constraint = FieldOf(message, "CONSTRAINT NAME");
  const std::string column = FieldOf(message, "COLUMN NAME");
  const std::string table = FieldOf(message, "TABLE NAME");
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

absl::Status StatusOf(const std::exception& error, absl::string_view what) {
  const std::string state = StateOf(error.what());
  const auto is = [&](absl::string_view prefix) { return absl::StartsWith(state, prefix); };

  if (dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr) return DatabaseAway(what);
  if (is("40") || is("55P03")) {
    return Error(absl::StatusCode::kAborted, "serialization",
                 absl::StrCat("statement ", what, " met another transaction; try again"));
  }
  if (is("23")) return ConstraintError(state, error.what(), what);
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
                            is("42") || state.empty() ? FirstLine(error.what()) : ""),
               {}, {{"sqlstate", state}});
}

}  // namespace wissel::pg
