#include "libs/pg/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libs/pg/conninfo.h"
#include "libs/pg/libpq_ptr.h"

namespace wissel::pg {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(2);

struct FreeText {
  void operator()(char* text) const { PQfreemem(text); }
};

struct FreeNotification {
  void operator()(PGnotify* notification) const { PQfreemem(notification); }
};

bool StartListening(PGconn* connection, const std::string& channel) {
  const std::unique_ptr<char, FreeText> name(
      PQescapeIdentifier(connection, channel.data(), channel.size()));
  if (name == nullptr) return false;
  const ResultPtr result(PQexec(connection, absl::StrCat("listen ", name.get()).c_str()));
  return PQresultStatus(result.get()) == PGRES_COMMAND_OK;
}

// Whether there was any.
bool TakeNotifications(PGconn* connection) {
  bool notified = false;
  while (std::unique_ptr<PGnotify, FreeNotification>(PQnotifies(connection)) != nullptr)
    notified = true;
  return notified;
}

}  // namespace

class Listener::Impl {
 public:
  Impl(std::string conninfo, std::string channel, absl::AnyInvocable<void()> on_notification)
      : conninfo_(std::move(conninfo)),
        channel_(std::move(channel)),
        on_notification_(std::move(on_notification)),
        stop_(eventfd(0, EFD_CLOEXEC)),
        thread_([this] { Loop(); }) {}

  ~Impl() {
    eventfd_write(stop_, 1);
    thread_.join();
    close(stop_);
  }

 private:
  void Loop();
  // Returns when the connection is lost (false) or the listener is destroyed (true).
  bool Listen();
  // Waits until `fd` (-1: none) can be read, `timeout` is over or the listener is destroyed (true).
  bool Sleep(int fd, absl::Duration timeout) const;

  const std::string conninfo_;
  const std::string channel_;
  absl::AnyInvocable<void()> on_notification_;
  const int stop_;
  // Before connecting again; the shortest one after a connection that succeeded.
  absl::Duration pause_ = kFirstPause;
  std::thread thread_;
};

void Listener::Impl::Loop() {
  for (;;) {
    if (Listen()) return;
    if (Sleep(-1, pause_)) return;
    pause_ = std::min(pause_ * 2, kLongestPause);
  }
}

bool Listener::Impl::Listen() {
  // The cause of a failure does not matter here; the pool, which meets it too, reports it.
  const ConnectionPtr connection(PQconnectdb(WithDefaults(conninfo_).c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) return false;
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  if (!StartListening(connection.get(), channel_)) return false;
  pause_ = kFirstPause;
  on_notification_();
  for (;;) {
    // Notifications may have come with the result of an earlier command.
    if (TakeNotifications(connection.get())) on_notification_();
    if (Sleep(PQsocket(connection.get()), absl::InfiniteDuration())) return true;
    if (PQconsumeInput(connection.get()) == 0) return false;
  }
}

bool Listener::Impl::Sleep(int fd, absl::Duration timeout) const {
  pollfd fds[] = {{stop_, POLLIN, 0}, {fd, POLLIN, 0}};
  const bool forever = timeout == absl::InfiniteDuration();
  poll(fds, 2, forever ? -1 : static_cast<int>(absl::ToInt64Milliseconds(timeout)));
  return (fds[0].revents & POLLIN) != 0;
}

Listener::Listener(std::string conninfo, std::string channel,
                   absl::AnyInvocable<void()> on_notification)
    : impl_(std::make_unique<Impl>(std::move(conninfo), std::move(channel),
                                   std::move(on_notification))) {}
Listener::~Listener() = default;

}  // namespace wissel::pg
