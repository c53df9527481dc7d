// The doorbell: LISTEN on one channel, a call for each ring. Payloads are never used (they are
// visible database-wide). After a lost connection the callback runs once, since rings may have
// been missed.

#ifndef WISSEL_LIBS_PG_LISTENER_H_
#define WISSEL_LIBS_PG_LISTENER_H_

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"

namespace wissel::pg {

// Owns one connection and one thread; stops and joins in the destructor.
class Listener {
 public:
  // `on_ring` runs on the listener's thread and must not block for long.
  Listener(std::string conninfo, std::string channel, absl::AnyInvocable<void()> on_ring);
  ~Listener();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_LISTENER_H_
