#include "libs/http/responder.h"

#include <utility>

#include "libs/http/exchange.h"

namespace wissel::http {

Responder::Responder(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}

Responder::~Responder() {
  if (exchange_ != nullptr) exchange_->Abandon();
}

void Responder::Respond(Response response) { exchange_->Respond(std::move(response)); }

void Responder::StartStream(Response head) { exchange_->StartStream(std::move(head)); }

void Responder::Write(std::string chunk, absl::AnyInvocable<void(bool)> written) {
  exchange_->Write(std::move(chunk), std::move(written));
}

void Responder::Finish() { exchange_->Finish(); }

void Responder::OnGone(absl::AnyInvocable<void()> callback) {
  exchange_->OnGone(std::move(callback));
}

}  // namespace wissel::http
