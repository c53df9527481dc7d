#include "libs/http/responder.h"

#include <utility>

#include "libs/http/http_stream.h"

namespace wissel::http {

Responder::Responder(std::shared_ptr<HttpStream> stream) : stream_(std::move(stream)) {}

Responder::~Responder() {
  if (stream_ != nullptr) stream_->Abandon();
}

void Responder::Respond(Response response) { stream_->Respond(std::move(response)); }

void Responder::StartStream(Response head) { stream_->StartStream(std::move(head)); }

void Responder::Write(std::string chunk, absl::AnyInvocable<void(bool)> written) {
  stream_->Write(std::move(chunk), std::move(written));
}

void Responder::Finish() { stream_->Finish(); }

void Responder::OnClientDisconnect(absl::AnyInvocable<void()> callback) {
  stream_->OnClientDisconnect(std::move(callback));
}

}  // namespace wissel::http
