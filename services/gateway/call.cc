#include "services/gateway/call.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/http/secure_response.h"
#include "libs/rpc/call.h"
#include "libs/rpc/status.h"
#include "services/gateway/envelope.h"
#include "services/gateway/error_response.h"

namespace wissel::gateway {
namespace {

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string FromBuffer(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return "";
  std::string bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

void Prepare(const CallPlan& plan, grpc::ClientContext& context) {
  if (plan.deadline != absl::InfiniteFuture()) {
    context.set_deadline(absl::ToChronoTime(plan.deadline));
  }
  context.AddMetadata(rpc::kAddressKey, plan.address);
  if (!plan.token.empty()) {
    context.AddMetadata(rpc::kAuthorizationKey, absl::StrCat("Bearer ", plan.token));
  }
}

// Owns itself from Start until OnDone, together with whoever may still cancel it.
class UnaryCall final : public grpc::ClientUnaryReactor,
                        public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(CallPlan plan, http::Responder responder)
      : plan_(std::move(plan)), responder_(std::move(responder)), stub_(plan_.channel) {}

  void Start() {
    self_ = shared_from_this();
    Prepare(plan_, context_);
    request_ = ToBuffer(plan_.request);
    stub_.PrepareUnaryCall(&context_, plan_.route->path, {}, &request_, &response_, this);
    responder_.OnClientDisconnect([self = shared_from_this()] { self->context_.TryCancel(); });
    StartCall();
  }

  void OnDone(const grpc::Status& status) override {
    const std::shared_ptr<UnaryCall> self = std::move(self_);
    absl::Status result = rpc::FromGrpc(status);
    absl::StatusOr<http::Response> answer = result.ok() ? Success() : result;
    if (!answer.ok()) answer = ErrorResponse(answer.status());
    if (plan_.route->session_effect == options::v1::SESSION_EFFECT_ENDS &&
        (result.ok() || absl::IsUnauthenticated(result))) {
      answer->headers.Add("Set-Cookie", plan_.site->EndCookie());
    }
    responder_.Respond(*std::move(answer));
  }

 private:
  absl::StatusOr<http::Response> Success() {
    std::string wire = FromBuffer(response_);
    std::string cookie;
    if (plan_.route->token_field != nullptr && plan_.is_browser) {
      WISSEL_ASSIGN_OR_RETURN(const std::string token,
                              TakeText(*plan_.route->token_field, /*clear=*/true, wire));
      if (!Site::IsToken(token)) {
        return Error(absl::StatusCode::kInternal, "invalid_message", "the session has no token");
      }
      cookie = plan_.site->StartCookie(token);
    }
    WISSEL_ASSIGN_OR_RETURN(std::string body, EncodeResponse(*plan_.route->method->output_type(),
                                                             plan_.encoding, std::move(wire)));
    http::Response response =
        http::UncachedResponse(200, UnaryType(plan_.encoding), std::move(body));
    if (!cookie.empty()) response.headers.Add("Set-Cookie", cookie);
    return response;
  }

  const CallPlan plan_;
  http::Responder responder_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  std::shared_ptr<UnaryCall> self_;
};

// One message is under way at a time: the next is read when the one before is in the socket, so a
// slow client slows the service down instead of filling memory. A hold keeps OnDone away while
// only the socket is busy.
class StreamCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                         public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(CallPlan plan, http::Responder responder)
      : plan_(std::move(plan)), responder_(std::move(responder)), stub_(plan_.channel) {}

  void Start() {
    self_ = shared_from_this();
    Prepare(plan_, context_);
    responder_.StartStream(http::UncachedResponse(200, StreamType(plan_.encoding), ""));
    request_ = ToBuffer(plan_.request);
    stub_.PrepareBidiStreamingCall(&context_, plan_.route->path, {}, this);
    responder_.OnClientDisconnect([self = shared_from_this()] { self->context_.TryCancel(); });
    AddHold();
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      RemoveHold();
      return;
    }
    absl::StatusOr<std::string> message =
        EncodeResponse(*plan_.route->method->output_type(), plan_.encoding, FromBuffer(response_));
    if (!message.ok()) {
      failure_ = message.status();
      context_.TryCancel();
      RemoveHold();
      return;
    }
    responder_.Write(MessageFrame(*message), [self = shared_from_this()](bool sent) {
      if (sent) {
        self->StartRead(&self->response_);
      } else {
        self->context_.TryCancel();
        self->RemoveHold();
      }
    });
  }

  void OnDone(const grpc::Status& status) override {
    const std::shared_ptr<StreamCall> self = std::move(self_);
    if (failure_.ok()) failure_ = rpc::FromGrpc(status);
    responder_.Write(EndFrame(failure_), [self](bool) { self->responder_.Finish(); });
  }

 private:
  const CallPlan plan_;
  http::Responder responder_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  absl::Status failure_;
  std::shared_ptr<StreamCall> self_;
};

}  // namespace

void StartUnary(CallPlan plan, http::Responder responder) {
  std::make_shared<UnaryCall>(std::move(plan), std::move(responder))->Start();
}

void StartStream(CallPlan plan, http::Responder responder) {
  std::make_shared<StreamCall>(std::move(plan), std::move(responder))->Start();
}

absl::string_view UnaryType(Encoding encoding) {
  return encoding == Encoding::kJson ? "application/json" : "application/proto";
}

absl::string_view StreamType(Encoding encoding) {
  return encoding == Encoding::kJson ? "application/connect+json" : "application/connect+proto";
}

}  // namespace wissel::gateway
