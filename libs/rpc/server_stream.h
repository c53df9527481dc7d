// A server stream that any thread can write to.

#ifndef WISSEL_LIBS_RPC_SERVER_STREAM_H_
#define WISSEL_LIBS_RPC_SERVER_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <deque>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/status.h"
#include "libs/rpc/status.h"

namespace wissel::rpc {

// The open end of one stream. Shared by gRPC, which holds it until the stream is over, and by
// whoever feeds it. Thread-safe. Messages wait in line while the client is slow; a client that is
// kRoom messages behind is cut off with RESOURCE_EXHAUSTED `too_slow` and calls again for a fresh
// snapshot: what it missed must not pile up here.
template <typename Response>
class ServerStream final : public grpc::ServerWriteReactor<Response> {
 public:
  static constexpr size_t kRoom = 256;

  // Keeps itself alive until gRPC is done with it.
  static std::shared_ptr<ServerStream> Make() {
    auto stream = std::shared_ptr<ServerStream>(new ServerStream);
    stream->self_ = stream;
    return stream;
  }

  // Queues a message. False when the stream is over.
  bool Push(Response message) {
    absl::MutexLock lock(&mutex_);
    if (over_) return false;
    if (waiting_.size() >= kRoom) {
      EndLocked(Error(absl::StatusCode::kResourceExhausted, "too_slow",
                      "the receiver is too far behind; call again"));
      return false;
    }
    waiting_.push_back(std::move(message));
    WriteNextLocked();
    return true;
  }

  // Ends the stream after what was queued before.
  void End(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    EndLocked(status);
  }

  // Keeps `what` until gRPC is done with the stream. At most one.
  void Keep(std::shared_ptr<void> what) {
    absl::MutexLock lock(&mutex_);
    kept_ = std::move(what);
  }

  // Runs `callback` once when the stream is over for whatever reason; at once if it is already.
  // It must not call back into the stream.
  void OnOver(absl::AnyInvocable<void()> callback) {
    {
      absl::MutexLock lock(&mutex_);
      if (!over_) {
        on_over_ = std::move(callback);
        return;
      }
    }
    callback();
  }

 private:
  ServerStream() = default;

  void EndLocked(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (over_) return;
    over_ = true;
    final_ = ToGrpc(status);
    WriteNextLocked();
  }

  void WriteNextLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || finished_) return;
    if (!waiting_.empty()) {
      writing_ = true;
      current_ = std::move(waiting_.front());
      waiting_.pop_front();
      this->StartWrite(&current_);
    } else if (over_) {
      finished_ = true;
      this->Finish(final_);
    }
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) {
      waiting_.clear();
      over_ = true;
    }
    WriteNextLocked();
  }

  void OnCancel() override {
    absl::AnyInvocable<void()> callback;
    {
      absl::MutexLock lock(&mutex_);
      waiting_.clear();
      EndLocked(absl::CancelledError("the client went away"));
      callback = std::move(on_over_);
    }
    if (callback) callback();
  }

  void OnDone() override {
    absl::AnyInvocable<void()> callback;
    std::shared_ptr<void> kept;
    {
      absl::MutexLock lock(&mutex_);
      over_ = true;
      callback = std::move(on_over_);
      kept = std::move(kept_);
    }
    if (callback) callback();
    kept.reset();
    self_.reset();
  }

  absl::Mutex mutex_;
  std::deque<Response> waiting_ ABSL_GUARDED_BY(mutex_);
  Response current_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status final_ ABSL_GUARDED_BY(mutex_);
  absl::AnyInvocable<void()> on_over_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<void> kept_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<ServerStream> self_;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_SERVER_STREAM_H_
