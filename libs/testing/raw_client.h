// A client that sends exactly the bytes it is given over a real socket, and reads what
// comes back. It blocks; a read that takes ten seconds fails the test instead of hanging it.

#ifndef WISSEL_LIBS_TESTING_RAW_CLIENT_H_
#define WISSEL_LIBS_TESTING_RAW_CLIENT_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/http/message.h"

namespace wissel::testing {

// One connection to a port of this machine. Not thread-safe.
class RawClient {
 public:
  // What came back; `status` is 0 if the connection ended before a whole answer.
  struct Answer {
    int status = 0;
    http::Headers headers;
    std::string body;
  };

  RawClient() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval timeout = {.tv_sec = 10, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
  }
  explicit RawClient(int port) : RawClient() { Connect(port); }
  ~RawClient() { Close(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // The address of this machine that the connection comes from, for instance 127.0.0.2; before
  // Connect.
  bool ComeFrom(const char* own) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    return inet_pton(AF_INET, own, &address.sin_addr) == 1 &&
           bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }

  bool Connect(int port) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }

  // False if the other side has closed.
  bool Send(absl::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  void Close() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }

  // Ends with a reset instead of an orderly close.
  void Reset() {
    const linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    Close();
  }

  // Sends a request with the headers it needs and reads the answer. `headers` are whole lines.
  Answer Call(absl::string_view method, absl::string_view target,
              const std::vector<std::string>& headers = {}, absl::string_view body = "") {
    std::string request = absl::StrCat(method, " ", target, " HTTP/1.1\r\nHost: localhost\r\n");
    for (const std::string& header : headers) absl::StrAppend(&request, header, "\r\n");
    if (!body.empty() || method == "POST") {
      absl::StrAppend(&request, "Content-Length: ", body.size(), "\r\n");
    }
    Send(absl::StrCat(request, "\r\n", body));
    return Read(/*with_body=*/method != "HEAD");
  }

  // The next answer, with its body by Content-Length, by chunks or until the close.
  Answer Read(bool with_body = true) {
    Answer answer = ReadHead();
    if (answer.status == 0 || !with_body) return answer;
    if (absl::EqualsIgnoreCase(answer.headers.Get("transfer-encoding"), "chunked")) {
      for (std::string chunk = ReadChunk(); !chunk.empty(); chunk = ReadChunk()) {
        answer.body += chunk;
      }
      if (!stream_ended_) answer.status = 0;
    } else if (answer.headers.Has("content-length")) {
      answer.body = Take(
          std::strtoul(std::string(answer.headers.Get("content-length")).c_str(), nullptr, 10));
    } else if (answer.status != 304 && answer.status >= 200) {
      answer.body = ReadToEnd();
    }
    return answer;
  }

  // Only the head, for streams; then chunk by chunk.
  Answer ReadHead() {
    Answer answer;
    while (!absl::StrContains(input_, "\r\n\r\n")) {
      if (!More()) return answer;
    }
    const std::string head = Take(input_.find("\r\n\r\n") + 4);
    const std::vector<std::string> lines = absl::StrSplit(head, "\r\n", absl::SkipEmpty());
    if (!absl::SimpleAtoi(lines[0].substr(9, 3), &answer.status)) return answer;
    for (size_t i = 1; i < lines.size(); ++i) {
      const std::pair<std::string, std::string> field =
          absl::StrSplit(lines[i], absl::MaxSplits(": ", 1));
      answer.headers.Add(field.first, field.second);
    }
    return answer;
  }

  // The data of one chunk; empty at the end of the stream or of the connection.
  std::string ReadChunk() {
    stream_ended_ = false;
    while (!absl::StrContains(input_, "\r\n")) {
      if (!More()) return "";
    }
    const size_t size = std::strtoul(Take(input_.find("\r\n") + 2).c_str(), nullptr, 16);
    const std::string data = Take(size + 2);
    stream_ended_ = size == 0 && data == "\r\n";
    return data.substr(0, size);
  }

  // True if the last ReadChunk met the proper end of the stream.
  bool stream_ended() const { return stream_ended_; }

  // Everything until the other side closes.
  std::string ReadToEnd() {
    while (More()) {
    }
    return std::exchange(input_, "");
  }

  // True when the other side has closed and nothing was left to read.
  bool AtEnd() { return input_.empty() && !More() && !timed_out_; }

 private:
  std::string Take(size_t size) {
    while (input_.size() < size && More()) {
    }
    std::string taken = input_.substr(0, size);
    input_.erase(0, size);
    return taken;
  }

  bool More() {
    char buffer[8192];
    const ssize_t size = recv(socket_, buffer, sizeof(buffer), 0);
    timed_out_ = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (size > 0) input_.append(buffer, static_cast<size_t>(size));
    return size > 0;
  }

  int socket_;
  std::string input_;
  bool stream_ended_ = false;
  bool timed_out_ = false;
};

}  // namespace wissel::testing

#endif  // WISSEL_LIBS_TESTING_RAW_CLIENT_H_
