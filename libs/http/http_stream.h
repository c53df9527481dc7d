// One answer on its way from whoever gives it (any thread) to the connection that sends it (its io
// thread). Internal to libs/http; handlers see it as a Responder.

#ifndef WISSEL_LIBS_HTTP_HTTP_STREAM_H_
#define WISSEL_LIBS_HTTP_HTTP_STREAM_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "libs/http/message.h"

namespace wissel::http {

// Thread-safe. Lives as long as the connection or the responder needs it, whichever is longer; the
// server may be gone before the responder.
class HttpStream {
 public:
  // What the connection has to send next; empty if there is nothing yet.
  struct Output {
    std::optional<Response> head;
    bool is_stream = false;
    std::optional<std::string> chunk;
    // Wants to hear whether `chunk` went out.
    absl::AnyInvocable<void(bool)> written;
    bool finished = false;
    // The responder was dropped in the middle of a stream.
    bool aborted = false;

    bool empty() const { return !head && !chunk && !finished && !aborted; }
  };

  // `wake` tells the connection to call Take. It is called under a lock, so it may only post.
  explicit HttpStream(std::function<void()> wake);

  // The answering side; see Responder.
  void Respond(Response response);
  void StartStream(Response head);
  void Write(std::string chunk, absl::AnyInvocable<void(bool)> written);
  void Finish();
  void OnClientDisconnect(absl::AnyInvocable<void()> callback);
  // The responder is dropped: an answer that was not given becomes a 500, a stream is cut off.
  void Abandon();

  // The connection's side. Take hands out each thing once.
  Output Take();
  // The connection is done with this stream. If the answer was not complete by then, the client
  // is gone: tells the responder so. `wake` is not called any more. Repeating it does nothing.
  void Detach();

 private:
  void Wake() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  std::function<void()> wake_ ABSL_GUARDED_BY(mutex_);
  Output output_ ABSL_GUARDED_BY(mutex_);
  bool answered_ ABSL_GUARDED_BY(mutex_) = false;
  bool complete_ ABSL_GUARDED_BY(mutex_) = false;
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
  absl::AnyInvocable<void()> on_gone_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_HTTP_STREAM_H_
