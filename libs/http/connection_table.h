// Which connections a server has, and which of those that come it serves. Internal to libs/http.

#ifndef WISSEL_LIBS_HTTP_CONNECTION_TABLE_H_
#define WISSEL_LIBS_HTTP_CONNECTION_TABLE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/http/address.h"
#include "libs/http/server.h"

namespace wissel::http {

class Connection;

// What becomes of a connection that comes.
enum class Admission {
  kServed,
  // Only told why it is not served, or given a probe: its address has as many as it may.
  kAddressFull,
  // The same: the server has as many as it may.
  kServerFull,
  // Nothing: the server is stopping.
  kStopped,
};

// Thread-safe. At a limit the oldest idle connection makes room, of the address or of all; only
// when none is idle the new one is not served. A connection that begins to work just when it was
// chosen to go is left alone, so a limit can be exceeded by a few for a moment.
class ConnectionTable {
 public:
  // `options` outlives it.
  explicit ConnectionTable(const ServerOptions& options) : options_(options) {}

  // Notes a connection of `peer` that is about to start. Unless stopped, Remove follows.
  Admission Add(const std::shared_ptr<Connection>& connection, const Address& peer)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // The connection has ended.
  void Remove(Connection* connection) ABSL_LOCKS_EXCLUDED(mutex_);

  // Adds none any more; false if that was so already.
  bool Stop() ABSL_LOCKS_EXCLUDED(mutex_);
  std::vector<std::shared_ptr<Connection>> All() ABSL_LOCKS_EXCLUDED(mutex_);
  // False if `timeout` passed first.
  bool WaitUntilEmpty(absl::Duration timeout) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Entry {
    std::weak_ptr<Connection> connection;
    // Empty for a trusted peer, which is not counted.
    std::string subscriber;
    // Not served, and counted apart.
    bool refused = false;
    // Asked to go if it is still idle; not counted any more.
    bool leaving = false;
  };
  using Entries = std::map<Connection*, Entry>;

  Admission Admit(const std::string& subscriber) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Makes the oldest idle one go, of that subscriber or (empty) of all; false if there is none.
  bool MakeRoom(const std::string& subscriber) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Closes the first that is not served when there are too many of those.
  void LimitRefused() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Count(const Entry& entry, int change) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // It was asked to go, and had begun to work.
  void Stays(Connection* connection) ABSL_LOCKS_EXCLUDED(mutex_);

  const ServerOptions& options_;
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  Entries entries_ ABSL_GUARDED_BY(mutex_);
  // Those that are served and do not leave, and how many of them a subscriber has.
  int served_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int> of_subscriber_ ABSL_GUARDED_BY(mutex_);
  // Those that are not served, in the order in which they came.
  std::vector<Connection*> refused_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_CONNECTION_TABLE_H_
