// The handler's end of one request.
//
//   void Handle(Request request, Responder responder) {
//     auto call = std::make_shared<Call>(std::move(responder));   // answered later, elsewhere
//     call->Start();
//   }

#ifndef WISSEL_LIBS_HTTP_RESPONDER_H_
#define WISSEL_LIBS_HTTP_RESPONDER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "libs/http/message.h"

namespace wissel::http {

class HttpStream;

// Gives exactly one answer: either `Respond`, or `StartStream`, any number of `Write`s one after
// another, and `Finish`. Methods may be called from any thread, not two at the same time, and never
// block. A responder that is dropped without an answer answers 500; one that is dropped in the
// middle of a stream cuts the connection, so that the client knows that something is missing.
//
// It may outlive the server; what is sent after the client or the server went is dropped.
class Responder {
 public:
  explicit Responder(std::shared_ptr<HttpStream> stream);
  ~Responder();
  Responder(Responder&&) = default;
  Responder& operator=(Responder&&) = delete;

  // A whole answer.
  void Respond(Response response);

  // The head of a stream; its `body` is ignored. Sent in chunked coding, as data comes.
  void StartStream(Response head);

  // The next piece, not empty. `written` is called once, on an io thread: true when the piece is
  // handed to the operating system, which is the moment to make the next one; false if the client
  // is gone. REQUIRES: the `written` of the piece before was called.
  void Write(std::string chunk, absl::AnyInvocable<void(bool)> written);

  // The end of a stream. REQUIRES: as for Write.
  void Finish();

  // `callback` is called once if the client goes away, or the server stops, before the answer is
  // complete; at once if that has happened already. It runs on an io thread or on the caller's,
  // and is destroyed when the answer is complete. At most one.
  void OnClientDisconnect(absl::AnyInvocable<void()> callback);

 private:
  std::shared_ptr<HttpStream> stream_;
};

// Called on an io thread for every request; must not block.
using Handler = std::function<void(Request, Responder)>;

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_RESPONDER_H_
