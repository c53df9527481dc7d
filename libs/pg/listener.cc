#include "libs/pg/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <pqxx/connection>
#include <pqxx/notification>
#include <thread>
#include <utility>

#include "absl/time/time.h"
#include "libs/pg/conninfo.h"

namespace wissel::pg {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(2);

class Ring final : public pqxx::notification_receiver {
 public:
  using notification_receiver::notification_receiver;
  void operator()(const std::string&, int) override { rung = true; }
  bool rung = false;
};

}  // namespace

class Listener::Impl {
 public:
  Impl(std::string conninfo, std::string channel, absl::AnyInvocable<void()> on_ring)
      : conninfo_(std::move(conninfo)),
        channel_(std::move(channel)),
        on_ring_(std::move(on_ring)),
        stop_(eventfd(0, EFD_CLOEXEC)),
        thread_([this] { Loop(); }) {}

  ~Impl() {
    eventfd_write(stop_, 1);
    thread_.join();
    close(stop_);
  }

 private:
  void Loop();
  // Until the connection is lost (false) or the listener ends (true).
  bool Listen();
  // Sleeps until `fd` (-1: none) can be read or `patience` is over; true if the listener ends.
  bool Sleep(int fd, absl::Duration patience) const;

  const std::string conninfo_;
  const std::string channel_;
  absl::AnyInvocable<void()> on_ring_;
  const int stop_;
  // Between two failures; back to the shortest once a connection stood.
  absl::Duration pause_ = kFirstPause;
  std::thread thread_;
};

void Listener::Impl::Loop() {
  for (;;) {
    try {
      if (Listen()) return;
    } catch (const std::exception&) {
      // Every cause is the same here: there is no connection. The pool reports it.
    }
    if (Sleep(-1, pause_)) return;
    pause_ = std::min(pause_ * 2, kLongestPause);
  }
}

bool Listener::Impl::Listen() {
  pqxx::connection link(WithDefaults(conninfo_));
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  link.inhibit_reactivation(true);
#pragma clang diagnostic pop
  const pqxx::quiet_errorhandler quiet(link);
  Ring ring(link, channel_);
  pause_ = kFirstPause;
  on_ring_();
  for (;;) {
    if (Sleep(link.sock(), absl::InfiniteDuration())) return true;
    ring.rung = false;
    link.get_notifs();
    if (ring.rung) on_ring_();
    if (!link.is_open()) return false;
  }
}

bool Listener::Impl::Sleep(int fd, absl::Duration patience) const {
  pollfd fds[] = {{stop_, POLLIN, 0}, {fd, POLLIN, 0}};
  const bool forever = patience == absl::InfiniteDuration();
  poll(fds, 2, forever ? -1 : static_cast<int>(absl::ToInt64Milliseconds(patience)));
  return (fds[0].revents & POLLIN) != 0;
}

Listener::Listener(std::string conninfo, std::string channel, absl::AnyInvocable<void()> on_ring)
    : impl_(std::make_unique<Impl>(std::move(conninfo), std::move(channel), std::move(on_ring))) {}
Listener::~Listener() = default;

}  // namespace wissel::pg
