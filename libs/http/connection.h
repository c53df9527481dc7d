// One client connection: requests come in, one at a time, and answers go out. Internal to
// libs/http; included only where Asio is compiled.

#ifndef WISSEL_LIBS_HTTP_CONNECTION_H_
#define WISSEL_LIBS_HTTP_CONNECTION_H_

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "libs/http/address.h"
#include "libs/http/http_stream.h"
#include "libs/http/request_parser.h"
#include "libs/http/responder.h"
#include "libs/http/server.h"

namespace wissel::http {

// All of it runs on the one thread of the socket's executor, which is why nothing is locked; only
// Drain, Close, CloseIfIdle and idle_since may be called from elsewhere. While a handler works on
// an answer the connection goes on reading, to see the client leave; what arrives is kept for the
// next request.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // `options` and `handler` belong to the server, which outlives its connections.
  Connection(boost::asio::ip::tcp::socket socket, Address peer, const ServerOptions& options,
             const Handler& handler);
  ~Connection();

  // Serves until client, limits or server end it, then calls `on_end` once, on the io thread. With
  // a `refusal` that is the answer to the first request, and the last, unless its path is always
  // served.
  void Start(std::optional<Refusal> refusal, std::function<void()> on_end);

  // No further requests: closes at once if idle or streaming, else after the answer.
  void Drain();

  // Closes at once; handlers hear that the client is gone.
  void Close();

  // Closes if it waits for a request; else calls `otherwise`, on the io thread.
  void CloseIfIdle(std::function<void()> otherwise);

  // Since when it has waited for a request, in nanoseconds of a steady clock; 0 if it does not.
  int64_t idle_since() const { return idle_since_.load(std::memory_order_relaxed); }

 private:
  template <typename T>
  using Task = boost::asio::awaitable<T>;

  Task<void> Run();
  // False if the connection has to be closed.
  Task<bool> ReadRequest(RequestParser& parser);
  Task<bool> Answer(Request request, const RequestParser& parser);
  Task<bool> SendAnswer(const RequestParser& parser, bool head_only);
  Task<bool> SendWhole(Response response, bool keep_alive, bool head_only);
  // Tells why, and reads on for a moment: closing at once could take the answer from the client.
  Task<void> Refuse(const Refusal& refusal);
  Task<bool> ReadMore();
  Task<bool> WriteAll(std::string head, std::string body);

  // Reading while a handler works.
  void Watch();
  Task<void> StopWatching();
  // A condition variable for coroutines of one thread.
  void Wake();
  Task<void> WaitForWake();

  // Closes the socket unless disarmed or armed anew before `timeout` has passed.
  void Arm(absl::Duration timeout);
  void Disarm();
  void CloseSocket();

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer deadline_;
  boost::asio::steady_timer wake_;
  const Address peer_;
  const ServerOptions& options_;
  const Handler& handler_;
  std::optional<Refusal> refusal_;
  std::array<char, 8192> buffer_;
  std::string input_;
  std::shared_ptr<HttpStream> stream_;
  bool woken_ = false;
  bool watching_ = false;
  std::atomic<int64_t> idle_since_;
  bool streaming_ = false;
  bool draining_ = false;
};

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_CONNECTION_H_
