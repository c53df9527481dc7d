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
#include "libs/pg/link.h"

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

bool StartListening(PGconn* link, const std::string& channel) {
  const std::unique_ptr<char, FreeText> name(
      PQescapeIdentifier(link, channel.data(), channel.size()));
  if (name == nullptr) return false;
  const AnswerPtr answer(PQexec(link, absl::StrCat("listen ", name.get()).c_str()));
  return PQresultStatus(answer.get()) == PGRES_COMMAND_OK;
}

// Whether anything was heard.
bool TakeNotifications(PGconn* link) {
  bool rung = false;
  while (std::unique_ptr<PGnotify, FreeNotification>(PQnotifies(link)) != nullptr) rung = true;
  return rung;
}

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
    if (Listen()) return;
    if (Sleep(-1, pause_)) return;
    pause_ = std::min(pause_ * 2, kLongestPause);
  }
}

bool Listener::Impl::Listen() {
  // Every cause of a failure is the same here: there is no connection. The pool reports it.
  const LinkPtr link(PQconnectdb(WithDefaults(conninfo_).c_str()));
  if (PQstatus(link.get()) != CONNECTION_OK) return false;
  PQsetNoticeProcessor(
      link.get(), [](void*, const char*) {}, nullptr);
  if (!StartListening(link.get(), channel_)) return false;
  pause_ = kFirstPause;
  on_ring_();
  for (;;) {
    // What came with the answer to an earlier command is here already.
    if (TakeNotifications(link.get())) on_ring_();
    if (Sleep(PQsocket(link.get()), absl::InfiniteDuration())) return true;
    if (PQconsumeInput(link.get()) == 0) return false;
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
