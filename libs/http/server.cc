#include "libs/http/server.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/http/connection.h"
#include "libs/http/connection_table.h"

namespace wissel::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Between tries to accept when there are no file descriptors.
constexpr absl::Duration kAcceptPause = absl::Milliseconds(20);

constexpr absl::Duration kRetryAfter = absl::Seconds(5);

std::optional<Refusal> RefusalFor(Admission admission) {
  switch (admission) {
    case Admission::kAddressFull:
      return Refusal{429, "too many connections from this address", kRetryAfter};
    case Admission::kServerFull:
      return Refusal{503, "too many connections", kRetryAfter};
    default:
      return std::nullopt;
  }
}

// One thread with an event loop of its own: a connection stays on it and needs no locks.
struct Worker {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
  std::thread thread;
};

}  // namespace

struct Server::Impl {
  Impl(ServerOptions server_options, Handler request_handler)
      : options(std::move(server_options)), handler(std::move(request_handler)) {
    for (int i = 0; i < options.io_threads; ++i) workers.push_back(std::make_unique<Worker>());
    acceptor = std::make_unique<tcp::acceptor>(workers.front()->context);
  }

  absl::Status Listen();
  void Run();
  asio::awaitable<void> Accept();
  void Add(tcp::socket socket);
  void Stop(absl::Duration grace);

  const ServerOptions options;
  const Handler handler;
  ConnectionTable table{options};
  // Before the acceptor and the connections, which use them to the end.
  std::vector<std::unique_ptr<Worker>> workers;
  std::unique_ptr<tcp::acceptor> acceptor;
  int port = 0;
  size_t next_worker = 0;
};

absl::Status Server::Impl::Listen() {
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) {
    return InvalidField("address", "invalid_address", "the address to listen on is not an address");
  }
  const tcp::endpoint endpoint(address, static_cast<uint16_t>(options.port));
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    return Error(absl::StatusCode::kUnavailable, "cannot_listen",
                 absl::StrCat("cannot listen on ", options.address, " port ", options.port, ": ",
                              error.message()));
  }
  port = acceptor->local_endpoint().port();
  return absl::OkStatus();
}

void Server::Impl::Run() {
  asio::co_spawn(
      workers.front()->context, [this] { return Accept(); }, asio::detached);
  for (auto& worker : workers) {
    worker->thread = std::thread([context = &worker->context] { context->run(); });
  }
}

asio::awaitable<void> Server::Impl::Accept() {
  asio::steady_timer pause(acceptor->get_executor());
  while (acceptor->is_open()) {
    error_code error;
    asio::any_io_executor executor = workers[next_worker]->context.get_executor();
    next_worker = (next_worker + 1) % workers.size();
    tcp::socket socket =
        co_await acceptor->async_accept(executor, asio::redirect_error(asio::use_awaitable, error));
    if (!error) Add(std::move(socket));
    if (!error || !acceptor->is_open()) continue;
    error_code ignored;
    pause.expires_after(absl::ToChronoMilliseconds(kAcceptPause));
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

void Server::Impl::Add(tcp::socket socket) {
  error_code error;
  const tcp::endpoint endpoint = socket.remote_endpoint(error);
  // A link-local one has its interface behind it: fe80::1%eth0.
  const std::string text = endpoint.address().to_string();
  const std::optional<Address> peer = Address::Parse(text.substr(0, text.find('%')));
  // The client has left already.
  if (error || !peer) return;
  auto connection = std::make_shared<Connection>(std::move(socket), *peer, options, handler);
  const Admission admission = table.Add(connection, *peer);
  if (admission == Admission::kStopped) return;
  connection->Start(RefusalFor(admission), [this, key = connection.get()] { table.Remove(key); });
}

void Server::Impl::Stop(absl::Duration grace) {
  if (!table.Stop()) return;
  asio::post(workers.front()->context, [this] {
    error_code ignored;
    acceptor->close(ignored);
  });
  for (const auto& connection : table.All()) connection->Drain();
  if (!table.WaitUntilEmpty(grace)) {
    for (const auto& connection : table.All()) connection->Close();
    table.WaitUntilEmpty(absl::InfiniteDuration());
  }
  for (auto& worker : workers) worker->guard.reset();
  for (auto& worker : workers) worker->context.stop();
  for (auto& worker : workers) worker->thread.join();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Stop(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options, Handler handler) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
  WISSEL_RETURN_IF_ERROR(impl->Listen());
  impl->Run();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const { return impl_->port; }

void Server::Stop(absl::Duration grace) { impl_->Stop(grace); }

}  // namespace wissel::http
