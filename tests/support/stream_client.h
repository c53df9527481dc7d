// A server stream of the gateway as curl would read it: Connect over plain HTTP, JSON messages.

#ifndef WISSEL_TESTS_SUPPORT_STREAM_CLIENT_H_
#define WISSEL_TESTS_SUPPORT_STREAM_CLIENT_H_

#include <google/protobuf/message.h>

#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace wissel::testing {

// Reads from construction until it is destroyed, whatever the reader of Next does. Next is for one
// thread.
class StreamClient {
 public:
  // Sends `request` to its method ("wissel.cases.v1.CaseService/WatchQueue").
  StreamClient(const std::string& url, const std::string& method, const std::string& token,
               const google::protobuf::Message& request);
  // Leaves the stream, as a browser does that is closed.
  ~StreamClient();

  // Waits for the next message. When there is none: the error that ended the stream, OUT_OF_RANGE
  // if it ended without, UNAVAILABLE if the connection broke, DEADLINE_EXCEEDED after 20 s.
  absl::Status Next(google::protobuf::Message* message);

 private:
  static size_t Receive(char* data, size_t size, size_t count, void* self);
  static int Progress(void* self, long, long, long, long);
  void Run(const std::string& url, const std::string& token, const std::string& body);
  bool HasFrame() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  std::string received_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool leaving_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_SUPPORT_STREAM_CLIENT_H_
