#include "libs/http/http_stream.h"

#include <cassert>
#include <utility>

namespace wissel::http {

HttpStream::HttpStream(std::function<void()> wake) : wake_(std::move(wake)) {}

void HttpStream::Wake() {
  if (wake_) wake_();
}

void HttpStream::Respond(Response response) {
  // Destroyed after the lock is released: it may hold whatever made the answer.
  absl::AnyInvocable<void()> unused;
  absl::MutexLock lock(&mutex_);
  assert(!answered_);
  answered_ = complete_ = true;
  unused = std::move(on_gone_);
  on_gone_ = nullptr;
  output_.head = std::move(response);
  output_.finished = true;
  Wake();
}

void HttpStream::StartStream(Response head) {
  absl::MutexLock lock(&mutex_);
  assert(!answered_);
  answered_ = true;
  output_.head = std::move(head);
  output_.is_stream = true;
  Wake();
}

void HttpStream::Write(std::string chunk, absl::AnyInvocable<void(bool)> written) {
  {
    absl::MutexLock lock(&mutex_);
    assert(answered_ && !complete_ && !output_.chunk);
    if (!gone_) {
      output_.chunk = std::move(chunk);
      output_.written = std::move(written);
      Wake();
      return;
    }
  }
  written(false);
}

void HttpStream::Finish() {
  absl::AnyInvocable<void()> unused;
  absl::MutexLock lock(&mutex_);
  assert(answered_ && !complete_);
  complete_ = true;
  unused = std::move(on_gone_);
  on_gone_ = nullptr;
  output_.finished = true;
  Wake();
}

void HttpStream::OnClientDisconnect(absl::AnyInvocable<void()> callback) {
  {
    absl::MutexLock lock(&mutex_);
    if (complete_) return;
    if (!gone_) {
      on_gone_ = std::move(callback);
      return;
    }
  }
  callback();
}

void HttpStream::Abandon() {
  {
    absl::MutexLock lock(&mutex_);
    if (complete_) return;
    if (answered_) {
      complete_ = true;
      output_.aborted = true;
      Wake();
      return;
    }
  }
  Response response;
  response.status = 500;
  Respond(std::move(response));
}

HttpStream::Output HttpStream::Take() {
  absl::MutexLock lock(&mutex_);
  const bool is_stream = output_.is_stream;
  Output output = std::exchange(output_, Output());
  output_.is_stream = is_stream;
  return output;
}

void HttpStream::Detach() {
  absl::AnyInvocable<void()> on_gone;
  absl::AnyInvocable<void(bool)> written;
  {
    absl::MutexLock lock(&mutex_);
    wake_ = nullptr;
    if (gone_) return;
    gone_ = true;
    written = std::move(output_.written);
    output_ = Output();
    if (!complete_) on_gone = std::move(on_gone_);
    on_gone_ = nullptr;
  }
  if (on_gone) on_gone();
  if (written) written(false);
}

}  // namespace wissel::http
