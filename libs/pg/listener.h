// LISTEN on one channel, with a callback for each notification. Payloads are never used: every role
// in the database can read them. The callback also runs once whenever a connection has been made,
// since notifications before that were missed.

#ifndef WISSEL_LIBS_PG_LISTENER_H_
#define WISSEL_LIBS_PG_LISTENER_H_

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"

namespace wissel::pg {

// Owns one connection and one thread; stops and joins in the destructor. A lost connection is made
// again until that succeeds.
class Listener {
 public:
  // `on_notification` runs on the listener's thread and must not block for long.
  Listener(std::string conninfo, std::string channel, absl::AnyInvocable<void()> on_notification);
  ~Listener();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LISTENER_H_
