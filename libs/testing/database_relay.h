// Stands between a program and PostgreSQL, and lets a test choose the moment at which PostgreSQL
// says that it stops.

#ifndef WISSEL_LIBS_TESTING_DATABASE_RELAY_H_
#define WISSEL_LIBS_TESTING_DATABASE_RELAY_H_

#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace wissel::testing {

// Thread-safe. The connections that came through it end with it.
class DatabaseRelay {
 public:
  // `server_directory` holds the socket of PostgreSQL.
  explicit DatabaseRelay(absl::string_view server_directory);
  ~DatabaseRelay();
  DatabaseRelay(const DatabaseRelay&) = delete;
  DatabaseRelay& operator=(const DatabaseRelay&) = delete;

  // The value of `host` in a connection string.
  const std::string& directory() const { return directory_; }

  // Once: what the server sends with `text` in it is followed, in one piece, by the message with
  // which it tells that it shuts down, and that connection ends at the next word of the client.
  // With `for_good` nobody can connect any more.
  void StopAfter(std::string text, bool for_good);

 private:
  void Accept();
  void Pass(int client, int server);
  // Adds the last message to what the server sent, if its moment has come.
  bool StopsWith(std::string& sent) ABSL_LOCKS_EXCLUDED(mutex_);

  const std::string server_;
  std::string directory_;
  int listener_ = -1;
  std::thread acceptor_;
  absl::Mutex mutex_;
  std::string stop_after_ ABSL_GUARDED_BY(mutex_);
  bool for_good_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<int> sockets_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> passing_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::testing

#endif  // WISSEL_LIBS_TESTING_DATABASE_RELAY_H_
