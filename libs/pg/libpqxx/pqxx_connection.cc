#include "libs/pg/libpqxx/pqxx_connection.h"

#include <exception>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/pg/conninfo.h"
#include "libs/pg/sql_error.h"

namespace wissel::pg {

PqxxConnection::PqxxConnection(const std::string& conninfo)
    : ConnectPolicy(WithDefaults(conninfo)),
      pqxx::connection_base(static_cast<ConnectPolicy&>(*this)) {
  try {
    init();
  } catch (...) {
    close();
    throw;
  }
#include <pqxx/internal/ignore-deprecated-pre.hxx>
  inhibit_reactivation(true);
#include <pqxx/internal/ignore-deprecated-post.hxx>
}

PqxxConnection::~PqxxConnection() noexcept { close(); }

absl::Status PqxxConnection::Call(absl::string_view what, absl::FunctionRef<void()> body) {
  ForgetFailure();
  bool is_lost = false;
  try {
    body();
    return absl::OkStatus();
  } catch (const pqxx::broken_connection&) {
    // Also thrown for some errors that the server returned.
    is_lost = failure().sqlstate.empty();
  } catch (const std::exception&) {
    // The exception knows less than failure().
  }
  if (is_lost || !is_usable()) return DatabaseAway(what);
  if (!failure().sqlstate.empty()) return StatusOf(failure(), what);
  return Error(absl::StatusCode::kInternal, "sql",
               absl::StrCat("libpqxx refuses statement ", what));
}

bool PqxxConnection::CheckIdle() {
  // Reads what has arrived, and throws if that is the end.
  return Call("idle", [this] { get_notifs(); }).ok() && is_usable();
}

}  // namespace wissel::pg
