#include "libs/http/connection.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/http/meters.h"
#include "libs/http/response_text.h"

namespace wissel::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// How much of a refused request is still read, and for how long.
constexpr size_t kLingerBytes = 16 << 20;
constexpr absl::Duration kLinger = absl::Seconds(2);

// Finds out within two minutes that a quiet client has lost its network.
void KeepAlive(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  const int fd = socket.native_handle();
  for (const auto& [option, value] :
       {std::pair{TCP_KEEPIDLE, 60}, {TCP_KEEPINTVL, 15}, {TCP_KEEPCNT, 4}}) {
    setsockopt(fd, IPPROTO_TCP, option, &value, sizeof(value));
  }
}

int64_t SteadyNow() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

auto Into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

}  // namespace

Connection::Connection(tcp::socket socket, Address peer, const ServerOptions& options,
                       const Handler& handler)
    : socket_(std::move(socket)),
      deadline_(socket_.get_executor()),
      wake_(socket_.get_executor()),
      peer_(std::move(peer)),
      options_(options),
      handler_(handler),
      idle_since_(SteadyNow()) {}

Connection::~Connection() {
  if (stream_ != nullptr) stream_->Detach();
}

void Connection::Start(std::optional<Refusal> refusal, std::function<void()> on_end) {
  refusal_ = std::move(refusal);
  asio::co_spawn(
      socket_.get_executor(), [self = shared_from_this()] { return self->Run(); },
      [self = shared_from_this(), on_end = std::move(on_end)](std::exception_ptr) {
        self->CloseSocket();
        on_end();
      });
}

void Connection::Drain() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->draining_ = true;
    if (self->idle_since() != 0 || self->streaming_) self->CloseSocket();
  });
}

void Connection::CloseIfIdle(std::function<void()> otherwise) {
  asio::post(socket_.get_executor(), [self = shared_from_this(), otherwise = std::move(otherwise)] {
    self->idle_since() != 0 ? self->CloseSocket() : otherwise();
  });
}

void Connection::Close() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->CloseSocket(); });
}

Connection::Task<void> Connection::Run() {
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  KeepAlive(socket_);
  bool alive = true;
  for (absl::Duration wait = options_.header_timeout; alive; wait = options_.idle_timeout) {
    idle_since_ = SteadyNow();
    Arm(wait);
    if (input_.empty() && !co_await ReadMore()) break;
    idle_since_ = 0;
    RequestParser parser(options_.limits);
    alive = co_await ReadRequest(parser);
    if (alive) alive = co_await Answer(parser.TakeRequest(), parser);
    if (draining_) alive = false;
  }
}

Connection::Task<bool> Connection::ReadRequest(RequestParser& parser) {
  Arm(options_.header_timeout);
  for (;;) {
    switch (parser.Advance(input_)) {
      case RequestParser::Progress::kNeedMore:
        if (!co_await ReadMore()) co_return false;
        break;
      case RequestParser::Progress::kHead:
        Arm(options_.body_timeout);
        if (parser.expects_continue() && parser.is_http_1_1()) {
          if (!co_await WriteAll("HTTP/1.1 100 Continue\r\n\r\n", "")) co_return false;
        }
        break;
      case RequestParser::Progress::kRefused:
        co_await Refuse(parser.refusal());
        co_return false;
      case RequestParser::Progress::kDone:
        Disarm();
        co_return true;
    }
  }
}

Connection::Task<bool> Connection::Answer(Request request, const RequestParser& parser) {
  if (refusal_) {
    if (!options_.is_always_served || !options_.is_always_served(request.path)) {
      co_await Refuse(*refusal_);
      co_return false;
    }
    draining_ = true;
  }
  request.peer = peer_.text();
  const bool head_only = request.method == "HEAD";

  std::weak_ptr<Connection> weak = weak_from_this();
  stream_ = std::make_shared<HttpStream>([weak, executor = socket_.get_executor()] {
    asio::post(executor, [weak] {
      if (auto self = weak.lock()) self->Wake();
    });
  });
  Watch();
  handler_(std::move(request), Responder(stream_));
  const bool alive = co_await SendAnswer(parser, head_only);
  stream_->Detach();
  stream_.reset();
  streaming_ = false;
  co_await StopWatching();
  co_return alive&& socket_.is_open();
}

Connection::Task<bool> Connection::SendAnswer(const RequestParser& parser, bool head_only) {
  bool keep_alive = parser.keep_alive();
  const Framing framing = parser.is_http_1_1() ? Framing::kChunked : Framing::kClose;
  for (;;) {
    HttpStream::Output output = stream_->Take();
    if (output.empty()) {
      if (!socket_.is_open()) co_return false;
      co_await WaitForWake();
      continue;
    }
    if (!output.is_stream) {
      co_return co_await SendWhole(std::move(*output.head), keep_alive, head_only);
    }
    if (output.aborted) co_return false;
    streaming_ = true;
    std::string text;
    if (output.head) {
      keep_alive = keep_alive && framing == Framing::kChunked && !draining_;
      output.head->body.clear();
      text = HeadText(*output.head, framing, keep_alive, absl::Now());
    }
    if (output.chunk && !head_only) {
      text += framing == Framing::kChunked ? ChunkText(*output.chunk) : *output.chunk;
    }
    if (output.finished && framing == Framing::kChunked && !head_only) text += "0\r\n\r\n";
    const bool sent = co_await WriteAll(std::move(text), "");
    if (!sent) stream_->Detach();
    if (output.written) output.written(sent);
    if (!sent) co_return false;
    if (output.finished) co_return keep_alive;
  }
}

Connection::Task<bool> Connection::SendWhole(Response response, bool keep_alive, bool head_only) {
  if (draining_) keep_alive = false;
  std::string head = HeadText(response, Framing::kLength, keep_alive, absl::Now());
  if (head_only) response.body.clear();
  const bool sent = co_await WriteAll(std::move(head), std::move(response.body));
  co_return sent&& keep_alive;
}

Connection::Task<void> Connection::Refuse(const Refusal& refusal) {
  Response response;
  response.status = refusal.status;
  response.headers.Add("Content-Type", "text/plain; charset=utf-8");
  response.body = absl::StrCat(refusal.reason, "\n");
  if (refusal.retry_after > absl::ZeroDuration()) {
    response.headers.Add("Retry-After", absl::StrCat(absl::ToInt64Seconds(refusal.retry_after)));
  }
  CountRefused(options_.name, refusal.status);
  co_await SendWhole(std::move(response), /*keep_alive=*/false, /*head_only=*/false);
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  Arm(kLinger);
  for (size_t dropped = 0; dropped < kLingerBytes; dropped += input_.size()) {
    input_.clear();
    if (!co_await ReadMore()) break;
  }
}

Connection::Task<bool> Connection::ReadMore() {
  error_code error;
  const size_t size = co_await socket_.async_read_some(asio::buffer(buffer_), Into(error));
  if (error) co_return false;
  input_.append(buffer_.data(), size);
  co_return true;
}

Connection::Task<bool> Connection::WriteAll(std::string head, std::string body) {
  const std::array<asio::const_buffer, 2> parts = {asio::buffer(head), asio::buffer(body)};
  error_code error;
  Arm(options_.write_timeout);
  co_await asio::async_write(socket_, parts, Into(error));
  Disarm();
  co_return !error;
}

void Connection::Watch() {
  watching_ = true;
  socket_.async_read_some(
      asio::buffer(buffer_), [self = shared_from_this()](error_code error, size_t size) {
        self->watching_ = false;
        if (!error) self->input_.append(self->buffer_.data(), size);
        // A client that sends this much ahead is read again when its answer is out.
        if (!error && self->input_.size() < self->options_.limits.header_bytes) {
          self->Watch();
          return;
        }
        if (error && error != asio::error::operation_aborted) self->CloseSocket();
        self->Wake();
      });
}

Connection::Task<void> Connection::StopWatching() {
  error_code ignored;
  if (watching_) socket_.cancel(ignored);
  while (watching_) co_await WaitForWake();
}

void Connection::Wake() {
  woken_ = true;
  wake_.cancel();
}

Connection::Task<void> Connection::WaitForWake() {
  error_code ignored;
  if (!woken_) {
    wake_.expires_at(asio::steady_timer::time_point::max());
    co_await wake_.async_wait(Into(ignored));
  }
  woken_ = false;
}

void Connection::Arm(absl::Duration timeout) {
  deadline_.expires_after(absl::ToChronoMilliseconds(timeout));
  deadline_.async_wait([weak = weak_from_this()](error_code error) {
    auto self = weak.lock();
    if (error || self == nullptr) return;
    // Armed anew just after this wait ended.
    if (self->deadline_.expiry() > asio::steady_timer::clock_type::now()) return;
    self->CloseSocket();
  });
}

void Connection::Disarm() { deadline_.expires_at(asio::steady_timer::time_point::max()); }

void Connection::CloseSocket() {
  error_code ignored;
  socket_.close(ignored);
  Wake();
}

}  // namespace wissel::http
