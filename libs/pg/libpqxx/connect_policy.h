// How libpqxx connects, and what it does not tell about its connection. Internal to libs/pg.

#ifndef WISSEL_LIBS_PG_LIBPQXX_CONNECT_POLICY_H_
#define WISSEL_LIBS_PG_LIBPQXX_CONNECT_POLICY_H_

#include <libpq-events.h>
#include <libpq-fe.h>

#include <pqxx/connection>
#include <string>

#include "libs/pg/failure.h"

namespace wissel::pg {

// libpqxx lets a policy make the connection of libpq. This one connects at once and keeps hold of
// it, for what libpqxx 6.4 lacks:
// - its exceptions for lost connections, deadlocks and serialization failures carry no SQLSTATE,
// and
//   none of them names the constraint, table or column. An event procedure keeps those fields of
//   every error that the server returns;
// - it passes on warnings as text only, in the language of the server, and prints them if nobody
//   listens. A notice receiver counts them by severity and keeps no text;
// - it always waits for the result of a commit or rollback. SendWithoutWaiting does not.
// Not thread-safe, as the connection itself.
class ConnectPolicy : public pqxx::connect_direct {
 public:
  explicit ConnectPolicy(const std::string& conninfo) : pqxx::connect_direct(conninfo) {}

  handle do_startconnect(handle original) override;
  handle do_disconnect(handle original) noexcept override;

  // The last error that the server returned since ForgetFailure; without a SQLSTATE if none.
  const Failure& failure() const { return failure_; }
  void ForgetFailure() { failure_ = Failure(); }

  // Warnings so far.
  int warnings() const { return warnings_; }
  // The server has told, unasked, that it closes the connection, or SendWithoutWaiting failed.
  bool is_spoilt() const { return is_spoilt_; }

  // Sends a command of which the result does not matter: libpq reads and drops it ahead of the next
  // command that is waited for. Only one can be under way.
  void SendWithoutWaiting(const char* sql);

 private:
  static int OnEvent(PGEventId event, void* details, void* self);
  static void OnNotice(void* self, const PGresult* notice);

  PGconn* handle_ = nullptr;
  Failure failure_;
  int warnings_ = 0;
  bool is_spoilt_ = false;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LIBPQXX_CONNECT_POLICY_H_
