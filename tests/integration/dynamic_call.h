// Calls any method of the contracts by its descriptor, so that a test can walk all of them.

#ifndef WISSEL_TESTS_INTEGRATION_DYNAMIC_CALL_H_
#define WISSEL_TESTS_INTEGRATION_DYNAMIC_CALL_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "libs/rpc/method_table.h"
#include "tests/support/installation.h"

namespace wissel::testing {

// Who calls.
struct Caller {
  // Bearer token; empty for nobody.
  std::string token = {};
  // Municipality that it says to act for; empty to say nothing.
  std::string tenant_id = {};
  // Shown as proof that the call follows from another one; empty for none.
  std::string follows = {};
};

// Reaches the services of a running installation over gRPC. Not thread-safe; `installation`
// outlives it.
class DynamicCall {
 public:
  explicit DynamicCall(const Installation& installation) : installation_(installation) {}

  // The answer of `method`, of its own message type. Of a stream the first message, after which the
  // call is cancelled. Errors come with their details; DEADLINE_EXCEEDED after 10 s.
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Call(
      const rpc::Method& method, const google::protobuf::Message& request, const Caller& caller);

  // The method that `request` belongs to.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const Request& request, const Caller& caller) {
    auto answer = Call(rpc::MethodTable::Get().ByRequest(Request::descriptor()), request, caller);
    if (!answer.ok()) return answer.status();
    return static_cast<const Response&>(**answer);
  }

 private:
  std::shared_ptr<grpc::Channel> ChannelOf(const rpc::Method& method);

  const Installation& installation_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_INTEGRATION_DYNAMIC_CALL_H_
