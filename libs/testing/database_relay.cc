#include "libs/testing/database_relay.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wissel::testing {
namespace {

constexpr char kSocket[] = "/.s.PGSQL.5432";

// An ErrorResponse of the protocol, as a backend sends it at a shutdown.
std::string ShutdownMessage() {
  // Each field ends with a zero, and so does the last of them all: that of the literal.
  static constexpr char kFields[] = "SFATAL\0VFATAL\0C57P01\0Mterminating connection\0";
  const std::string fields(kFields, sizeof(kFields));
  const uint32_t length = static_cast<uint32_t>(fields.size()) + 4;
  std::string message = "E";
  for (const int shift : {24, 16, 8, 0}) message += static_cast<char>(length >> shift);
  return message + fields;
}

sockaddr_un AddressOf(const std::string& path) {
  sockaddr_un address = {.sun_family = AF_UNIX};
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  return address;
}

int Connect(const std::string& path) {
  const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = AddressOf(path);
  EXPECT_EQ(connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  return server;
}

// Empty at the end of the connection.
std::string Read(int from) {
  char buffer[65536];
  const ssize_t size = recv(from, buffer, sizeof(buffer), 0);
  return size <= 0 ? "" : std::string(buffer, static_cast<size_t>(size));
}

}  // namespace

DatabaseRelay::DatabaseRelay(absl::string_view server_directory)
    : server_(absl::StrCat(server_directory, kSocket)) {
  char directory[] = "/tmp/wissel-relay-XXXXXX";
  EXPECT_NE(mkdtemp(directory), nullptr);
  directory_ = directory;
  listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = AddressOf(directory_ + kSocket);
  EXPECT_EQ(bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(listen(listener_, 16), 0);
  acceptor_ = std::thread([this] { Accept(); });
}

DatabaseRelay::~DatabaseRelay() {
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  std::vector<std::thread> passing;
  {
    absl::MutexLock lock(&mutex_);
    for (const int one : sockets_) shutdown(one, SHUT_RDWR);
    passing.swap(passing_);
  }
  for (std::thread& thread : passing) thread.join();
  for (const int one : sockets_) close(one);
  close(listener_);
  std::filesystem::remove_all(directory_);
}

void DatabaseRelay::StopAfter(std::string text, bool for_good) {
  absl::MutexLock lock(&mutex_);
  stop_after_ = std::move(text);
  for_good_ = for_good;
}

void DatabaseRelay::Accept() {
  for (;;) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = Connect(server_);
    absl::MutexLock lock(&mutex_);
    sockets_.insert(sockets_.end(), {client, server});
    passing_.emplace_back([this, client, server] { Pass(client, server); });
  }
}

void DatabaseRelay::Pass(int client, int server) {
  pollfd readable[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
  bool open = true;
  bool stopped = false;
  while (open && !stopped && poll(readable, 2, -1) > 0) {
    const bool from_server = readable[1].revents != 0;
    std::string bytes = Read(from_server ? server : client);
    stopped = from_server && StopsWith(bytes);
    send(from_server ? client : server, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    open = !bytes.empty();
  }
  shutdown(server, SHUT_RDWR);
  // A backend that stops takes a moment between its last word and its end.
  if (stopped) Read(client);
  shutdown(client, SHUT_RDWR);
}

bool DatabaseRelay::StopsWith(std::string& sent) {
  absl::MutexLock lock(&mutex_);
  if (stop_after_.empty() || !absl::StrContains(sent, stop_after_)) return false;
  stop_after_.clear();
  sent += ShutdownMessage();
  // Before the client hears of it: it may connect again at once.
  if (for_good_) shutdown(listener_, SHUT_RDWR);
  return true;
}

}  // namespace wissel::testing
