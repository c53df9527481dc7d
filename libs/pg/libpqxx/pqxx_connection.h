// A connection of libpqxx without its surprises. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_LIBPQXX_PQXX_CONNECTION_H_
#define WISSEL_LIBS_PG_LIBPQXX_PQXX_CONNECTION_H_

#include <pqxx/connection>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/pg/libpqxx/connect_policy.h"

namespace wissel::pg {

// Connects when it is made, with the limits of conninfo.h. Unlike pqxx::connection it never
// connects again by itself: that would lose the settings of the session, and the rest of a
// transaction would run outside of it. Not thread-safe.
class PqxxConnection final : private ConnectPolicy, public pqxx::connection_base {
 public:
  // Throws pqxx::broken_connection.
  explicit PqxxConnection(const std::string& conninfo);
  ~PqxxConnection() noexcept override;

  // Runs `body`, in which libpqxx may throw: no exception of it leaves libs/pg. An error of the
  // server becomes its status of pool.h, a lost connection UNAVAILABLE `database_away`, and what
  // libpqxx itself refuses INTERNAL `sql`. `what` is the name of a statement.
  absl::Status Call(absl::string_view what, absl::FunctionRef<void()> body);

  // Whether the server is still there, as far as can be seen without a round trip.
  bool CheckIdle();
  // False once the connection cannot be used any more.
  bool is_usable() const { return is_open() && !is_spoilt(); }

  using ConnectPolicy::SendWithoutWaiting;
  using ConnectPolicy::warnings;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LIBPQXX_PQXX_CONNECTION_H_
