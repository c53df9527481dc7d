#include "libs/pg/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <pqxx/notification>
#include <string>
#include <thread>
#include <utility>

#include "absl/time/time.h"
#include "libs/pg/libpqxx/pqxx_connection.h"

namespace wissel::pg {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(2);

// Notes that there was a notification.
class Receiver final : public pqxx::notification_receiver {
 public:
  using pqxx::notification_receiver::notification_receiver;

  void operator()(const std::string&, int) override { was_notified_ = true; }

  // Since the last call.
  bool TakeNotified() { return std::exchange(was_notified_, false); }

 private:
  bool was_notified_ = false;
};

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
  try {
    PqxxConnection connection(conninfo_);
    Receiver receiver(connection, channel_);
    if (!connection.is_usable()) return false;
    pause_ = kFirstPause;
    on_notification_();
    while (connection.is_usable()) {
      connection.get_notifs();
      if (receiver.TakeNotified()) on_notification_();
      if (Sleep(connection.sock(), absl::InfiniteDuration())) {
        // So that the receiver does not ask a server to end what ends with the connection.
        connection.disconnect();
        return true;
      }
    }
  } catch (const std::exception&) {
    // Falls through: the connection is lost.
  }
  return false;
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
