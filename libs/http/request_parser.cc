// Beast 1.74 asserts that a last chunk arrives in at least five bytes. One that comes as "0", CR,
// LF and then a CR is legal and would stop the process; without the assertion it is read well.
#define BOOST_DISABLE_ASSERTS

#include "libs/http/request_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace wissel::http {
namespace {

namespace beast = boost::beast::http;

bool IsPlainNumber(absl::string_view text) {
  return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool IsPath(absl::string_view target) {
  return absl::StartsWith(target, "/") && std::all_of(target.begin(), target.end(), [](char c) {
           return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '#';
         });
}

}  // namespace

struct RequestParser::Impl {
  beast::request_parser<beast::string_body> parser;
};

RequestParser::RequestParser(const Limits& limits)
    : limits_(limits), impl_(std::make_unique<Impl>()) {
  impl_->parser.header_limit(static_cast<uint32_t>(limits.header_bytes));
  impl_->parser.body_limit(limits.body_bytes);
}

RequestParser::~RequestParser() = default;

RequestParser::Progress RequestParser::Advance(std::string& input) {
  return head_done_ ? AdvanceBody(input) : AdvanceHead(input);
}

// The head goes to Beast in one piece, so that its size is exact and its lines can be looked at
// as they were sent: Beast itself joins folded lines silently.
RequestParser::Progress RequestParser::AdvanceHead(std::string& input) {
  for (; scanned_ < input.size() && scanned_ < limits_.header_bytes; ++scanned_) {
    if (input[scanned_] != '\n') continue;
    if (scanned_ == 0 || input[scanned_ - 1] != '\r') return Refuse(400, "bare line feed");
    if (scanned_ >= 3 && input[scanned_ - 2] == '\n') break;
  }
  if (scanned_ >= limits_.header_bytes) return Refuse(431, "header too large");
  if (scanned_ >= input.size()) return Progress::kNeedMore;

  const size_t size = scanned_ + 1;
  const absl::string_view head(input.data(), size);
  if (absl::StrContains(head, "\r\n ") || absl::StrContains(head, "\r\n\t")) {
    return Refuse(400, "folded header line");
  }
  boost::system::error_code error;
  impl_->parser.put(boost::asio::buffer(head.data(), size), error);
  if (error == beast::error::body_limit) return Refuse(413, "body too large");
  if (error || !impl_->parser.is_header_done()) return Refuse(400, "malformed request");
  input.erase(0, size);
  head_done_ = true;
  if (!CheckHead()) return Progress::kRefused;
  impl_->parser.eager(true);
  return impl_->parser.is_done() ? Progress::kDone : Progress::kHead;
}

RequestParser::Progress RequestParser::AdvanceBody(std::string& input) {
  if (impl_->parser.is_done()) return Progress::kDone;
  if (input.empty()) return Progress::kNeedMore;
  boost::system::error_code error;
  const size_t used = impl_->parser.put(boost::asio::buffer(input), error);
  input.erase(0, used);
  if (error == beast::error::body_limit) return Refuse(413, "body too large");
  if (error && error != beast::error::need_more) return Refuse(400, "malformed body");
  if (impl_->parser.is_done()) return Progress::kDone;
  // Only the size line of a chunk and the trailer wait for their end; both are short.
  if (input.size() > limits_.header_bytes) return Refuse(400, "malformed body");
  return Progress::kNeedMore;
}

bool RequestParser::CheckHead() {
  const auto& message = impl_->parser.get();
  for (const auto& field : message) {
    request_.headers.Add(std::string(field.name_string()), std::string(field.value()));
  }
  const absl::string_view target(message.target().data(), message.target().size());
  const absl::string_view length = request_.headers.Get("content-length");
  const absl::string_view coding = request_.headers.Get("transfer-encoding");
  const int lengths = request_.headers.Count("content-length");
  const int codings = request_.headers.Count("transfer-encoding");
  const auto refuse = [this](int status, std::string reason) {
    return Refuse(status, std::move(reason)) != Progress::kRefused;
  };
  if (request_.headers.size() > limits_.header_count) return refuse(431, "too many header fields");
  if (!IsPath(target)) return refuse(400, "malformed target");
  if (request_.headers.Count("host") != 1) return refuse(400, "exactly one Host is needed");
  if (lengths > 1 || codings > 1 || lengths + codings > 1) return refuse(400, "ambiguous length");
  if (lengths == 1 && !IsPlainNumber(length)) return refuse(400, "malformed length");
  if (codings == 1 && !absl::EqualsIgnoreCase(coding, "chunked")) {
    return refuse(501, "unknown transfer coding");
  }
  if (codings == 1 && !is_http_1_1()) return refuse(400, "chunked needs HTTP/1.1");
  if (request_.headers.Has("expect") && !expects_continue()) return refuse(417, "unknown Expect");

  request_.method = std::string(message.method_string());
  const size_t question = target.find('?');
  request_.path = std::string(target.substr(0, question));
  if (question != absl::string_view::npos)
    request_.query = std::string(target.substr(question + 1));
  return true;
}

RequestParser::Progress RequestParser::Refuse(int status, std::string reason) {
  refusal_ = {.status = status, .reason = std::move(reason)};
  return Progress::kRefused;
}

bool RequestParser::expects_continue() const {
  return absl::EqualsIgnoreCase(request_.headers.Get("expect"), "100-continue");
}

bool RequestParser::keep_alive() const { return impl_->parser.keep_alive(); }

bool RequestParser::is_http_1_1() const { return impl_->parser.get().version() == 11; }

Request RequestParser::TakeRequest() {
  request_.body = std::move(impl_->parser.get().body());
  return std::move(request_);
}

}  // namespace wissel::http
