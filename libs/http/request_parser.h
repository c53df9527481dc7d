// One request out of a stream of bytes: Beast's parser, inside a fence of checks that it leaves
// out. What two HTTP parsers in a row could read differently is refused, never guessed: a request
// that a proxy and this server cut at different places would let one client speak for another.

#ifndef WISSEL_LIBS_HTTP_REQUEST_PARSER_H_
#define WISSEL_LIBS_HTTP_REQUEST_PARSER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "libs/http/message.h"

namespace wissel::http {

// What a client may send.
struct Limits {
  // Request line and header fields together, with line ends.
  size_t header_bytes = 16 * 1024;
  size_t header_count = 100;
  // After chunked coding.
  size_t body_bytes = 256 * 1024;
};

// Why a request is not taken.
struct Refusal {
  // 400, 413, 417, 431 or 501 for the request; 429 or 503 for its connection.
  int status = 400;
  // For the body of the answer; holds nothing of what the client sent.
  std::string reason;
  // When another try may go better; zero: it will not.
  absl::Duration retry_after = absl::ZeroDuration();
};

// Reads one request; make another for the next. Not thread-safe.
//
// Refused besides what is malformed: bare LF, folded header lines, Content-Length together with
// Transfer-Encoding, either of them twice, a Content-Length that is not plain digits, a transfer
// coding other than `chunked`, no Host or two, a target that is not a path. Trailer fields after a
// chunked body are dropped.
class RequestParser {
 public:
  enum class Progress {
    // Append to the input and call again.
    kNeedMore,
    // The head is read, a body follows; call again. Reported once, so that the caller can answer
    // `Expect: 100-continue`.
    kHead,
    // `TakeRequest` may be called.
    kDone,
    // `refusal` says why. The connection cannot be used any more.
    kRefused,
  };

  explicit RequestParser(const Limits& limits);
  ~RequestParser();

  // Takes from the front of `input` what belongs to this request and leaves the rest.
  Progress Advance(std::string& input);

  // After kHead or kDone.
  bool expects_continue() const;
  bool keep_alive() const;
  // HTTP/1.0 clients know no chunked coding.
  bool is_http_1_1() const;

  // After kRefused.
  const Refusal& refusal() const { return refusal_; }

  // After kDone, once. Peer fields are left empty.
  Request TakeRequest();

 private:
  struct Impl;

  Progress AdvanceHead(std::string& input);
  Progress AdvanceBody(std::string& input);
  Progress Refuse(int status, std::string reason);
  // False if the framing or target is refused; `refusal_` is set then.
  bool CheckHead();

  const Limits limits_;
  std::unique_ptr<Impl> impl_;
  // Bytes of the head that were looked at already.
  size_t scanned_ = 0;
  bool head_done_ = false;
  Refusal refusal_;
  Request request_;
};

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_REQUEST_PARSER_H_
