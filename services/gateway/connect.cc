#include "services/gateway/connect.h"

#include <prometheus/counter.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/http/secure_response.h"
#include "libs/telemetry/log.h"
#include "libs/telemetry/metrics.h"
#include "services/gateway/envelope.h"
#include "services/gateway/error_response.h"

namespace wissel::gateway {
namespace {

constexpr size_t kMaxTimeoutDigits = 10;

// The encoding that a content type stands for; nothing if it does not fit the kind of method.
std::optional<Encoding> EncodingOf(const Route& route, const http::Request& request) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(request.headers.Get("content-type"), absl::MaxSplits(';', 1));
  const std::string type = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts.first));
  const std::string parameter = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts.second));
  if (!parameter.empty() && parameter != "charset=utf-8" && parameter != "charset=\"utf-8\"") {
    return std::nullopt;
  }
  for (Encoding encoding : {Encoding::kJson, Encoding::kProto}) {
    if (type == (route.is_stream() ? StreamType(encoding) : UnaryType(encoding))) return encoding;
  }
  return std::nullopt;
}

absl::Status CheckProtocol(const Route& route, const http::Request& request) {
  const absl::string_view version = request.headers.Get("connect-protocol-version");
  if (!version.empty() && version != "1") {
    return Error(absl::StatusCode::kInvalidArgument, "unknown_protocol_version",
                 "Connect-Protocol-Version must be 1");
  }
  const absl::string_view encoding =
      request.headers.Get(route.is_stream() ? "connect-content-encoding" : "content-encoding");
  if (!encoding.empty() && encoding != "identity") {
    return Error(absl::StatusCode::kUnimplemented, "unknown_encoding",
                 "the only supported encoding is identity");
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::Time> DeadlineOf(const Route& route, const http::Request& request) {
  const absl::string_view text = request.headers.Get("connect-timeout-ms");
  const absl::Duration longest = route.is_stream() ? absl::InfiniteDuration() : kMaxUnaryTimeout;
  if (!request.headers.Has("connect-timeout-ms")) {
    return absl::Now() + (route.is_stream() ? longest : kDefaultTimeout);
  }
  int64_t milliseconds = 0;
  if (text.size() > kMaxTimeoutDigits || !absl::SimpleAtoi(text, &milliseconds) ||
      milliseconds <= 0 || !absl::ascii_isdigit(static_cast<unsigned char>(text[0]))) {
    return Error(absl::StatusCode::kInvalidArgument, "invalid_timeout",
                 "Connect-Timeout-Ms is a positive number of at most 10 digits");
  }
  return absl::Now() + std::min(longest, absl::Milliseconds(milliseconds));
}

// Errors of a stream travel in its last frame.
http::Response Failed(const Route& route, Encoding encoding, const absl::Status& status) {
  return route.is_stream() ? http::UncachedResponse(200, StreamType(encoding), EndFrame(status))
                           : ErrorResponse(status);
}

absl::Status TooMany(absl::Duration wait) {
  const int64_t milliseconds = absl::ToInt64Milliseconds(absl::Ceil(wait, absl::Milliseconds(1)));
  return Error(absl::StatusCode::kResourceExhausted, "too_many_requests",
               "too many requests from this address, try again later", "",
               {{"retry_after_ms", absl::StrCat(milliseconds)}});
}

// What is refused here no service ever sees. All of it is counted; wrong input has no line.
void RecordRefusal(const std::string& reason, bool is_wrong_input, const http::Address& client) {
  static auto& family = prometheus::BuildCounter()
                            .Name("wissel_gateway_refused_total")
                            .Help("Requests refused before a call was made, by reason.")
                            .Register(telemetry::Metrics());
  family.Add({{"reason", reason}}).Increment();
  if (is_wrong_input) return;
  telemetry::LogCapped(telemetry::Level::kInfo, "refused", reason,
                       {{"address", client.text()}, {"reason", reason}});
}

http::Response NoSuchMethod() {
  return ErrorResponse(
      Error(absl::StatusCode::kUnimplemented, "no_such_method", "there is no such method"), 404);
}

http::Response NotPost() {
  http::Response answer =
      ErrorResponse(Error(absl::StatusCode::kUnimplemented, "not_post", "methods take POST"), 405);
  answer.headers.Add("Allow", "POST");
  return answer;
}

http::Response WrongType(const Route& route) {
  http::Response answer = http::UncachedResponse(415, "text/plain; charset=utf-8", "");
  for (Encoding encoding : {Encoding::kJson, Encoding::kProto}) {
    answer.headers.Add("Accept-Post",
                       std::string(route.is_stream() ? StreamType(encoding) : UnaryType(encoding)));
  }
  answer.body = absl::StrCat(
      "send ", route.is_stream() ? StreamType(Encoding::kJson) : UnaryType(Encoding::kJson), "\n");
  return answer;
}

}  // namespace

Connect::Connect(std::shared_ptr<const Site> site, Routes routes, RateLimiter& limiter,
                 rpc::ChannelRegistry& channels)
    : site_(std::move(site)), routes_(std::move(routes)), limiter_(limiter), channels_(channels) {}

bool Connect::IsMethodPath(absl::string_view path) { return absl::StartsWith(path, "/wissel."); }

void Connect::Handle(const http::Request& request, const http::Address& client,
                     http::Responder responder) {
  const auto refuse = [&](const std::string& reason, http::Response answer,
                          bool is_wrong_input = true) {
    RecordRefusal(reason, is_wrong_input, client);
    responder.Respond(std::move(answer));
  };
  if (request.method != "POST") return refuse("not_post", NotPost());
  if (absl::Status status = site_->CheckOrigin(request); !status.ok()) {
    return refuse(ReasonOf(status), ErrorResponse(status), /*is_wrong_input=*/false);
  }
  const std::shared_ptr<const Route> route = routes_.Find(request.path);
  if (route == nullptr) return refuse("no_such_method", NoSuchMethod());
  const std::optional<Encoding> encoding = EncodingOf(*route, request);
  if (!encoding.has_value()) return refuse("wrong_content_type", WrongType(*route));
  absl::StatusOr<CallPlan> plan = Plan(route, *encoding, request, client);
  if (!plan.ok()) {
    return refuse(ReasonOf(plan.status()), Failed(*route, *encoding, plan.status()),
                  absl::IsInvalidArgument(plan.status()));
  }
  if (route->is_stream()) {
    StartStream(*std::move(plan), std::move(responder));
  } else {
    StartUnary(*std::move(plan), std::move(responder));
  }
}

absl::StatusOr<CallPlan> Connect::Plan(std::shared_ptr<const Route> route, Encoding encoding,
                                       const http::Request& request, const http::Address& client) {
  if (route->is_public) {
    const absl::Duration wait = limiter_.Take(client.subscriber());
    if (wait > absl::ZeroDuration()) return TooMany(wait);
  }
  WISSEL_RETURN_IF_ERROR(CheckProtocol(*route, request));
  CallPlan plan;
  WISSEL_ASSIGN_OR_RETURN(plan.deadline, DeadlineOf(*route, request));
  // A stale cookie must not stand in the way of signing in.
  if (!route->is_public || route->session_effect == options::v1::SESSION_EFFECT_ENDS) {
    WISSEL_ASSIGN_OR_RETURN(plan.token, site_->TokenOf(request));
  }
  absl::string_view body = request.body;
  if (route->is_stream()) {
    WISSEL_ASSIGN_OR_RETURN(body, OnlyMessage(body));
  }
  WISSEL_ASSIGN_OR_RETURN(plan.request,
                          DecodeRequest(*route->method->input_type(), encoding, body));
  plan.address = client.text();
  plan.site = site_;
  plan.channel = channels_.For(route->service);
  plan.encoding = encoding;
  plan.is_browser = Site::IsBrowser(request);
  plan.route = std::move(route);
  return plan;
}

}  // namespace wissel::gateway
