// The gateway as curl would use it: Connect over plain HTTP, JSON bodies.

#ifndef WISSEL_TESTS_SUPPORT_WEB_CLIENT_H_
#define WISSEL_TESTS_SUPPORT_WEB_CLIENT_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace wissel::testing {

// One connection that is kept open. Not thread-safe: one a thread.
class WebClient {
 public:
  struct Answer {
    // HTTP status; 0 when there was no answer.
    long code = 0;
    std::string body;
    // By name in lower case.
    std::map<std::string, std::string> headers;
  };

  explicit WebClient(std::string url);
  ~WebClient();

  // Bearer token for the calls that follow.
  void set_token(std::string token) { token_ = std::move(token); }
  const std::string& token() const { return token_; }
  // A header of the calls that follow, instead of one that has that name; empty: none.
  void set_header(const std::string& name, const std::string& value) { headers_[name] = value; }
  // Time for one call; 5 s unless set.
  void set_timeout(absl::Duration timeout) { timeout_ = timeout; }

  Answer Get(const std::string& path);
  Answer Post(const std::string& path, const std::string& json);

  // Calls the method that `request` belongs to ("wissel.cases.v1.CaseService/GetCase"). An error
  // comes back as a status with its details; UNAVAILABLE when there was no answer.
  absl::Status Call(const std::string& method, const google::protobuf::Message& request,
                    google::protobuf::Message* response);

  // Signs in and keeps the token.
  absl::Status SignIn(const std::string& tenant_id, const std::string& login,
                      const std::string& password);

 private:
  Answer Perform(const std::string& path);

  struct Handle;
  const std::string url_;
  std::string token_;
  std::map<std::string, std::string> headers_ = {{"Content-Type", "application/json"}};
  absl::Duration timeout_ = absl::Seconds(5);
  std::unique_ptr<Handle> handle_;
};

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_SUPPORT_WEB_CLIENT_H_
