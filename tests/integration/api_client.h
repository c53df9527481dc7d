// Somebody who works: calls methods over Connect with JSON, as a browser or curl does.

#ifndef WISSEL_TESTS_INTEGRATION_API_CLIENT_H_
#define WISSEL_TESTS_INTEGRATION_API_CLIENT_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "libs/rpc/method_table.h"
#include "tests/support/web_client.h"

namespace wissel::testing {

// Owns its connection. Not thread-safe: one a thread.
class ApiClient {
 public:
  // Signed in already: `token` is of a session or of a machine.
  ApiClient(const std::string& url, std::string token) : web_(url) {
    web_.set_token(std::move(token));
  }

  // Calls the method that `request` belongs to. Errors come with their details.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const Request& request) {
    Response response;
    const absl::Status status = web_.Call(PathOf(Request::descriptor()), request, &response);
    if (!status.ok()) return status;
    return response;
  }

  // "wissel.cases.v1.CaseService/GetCase" for the request of GetCase.
  static std::string PathOf(const google::protobuf::Descriptor* request) {
    return rpc::MethodTable::Get().ByRequest(request).path.substr(1);
  }

  WebClient& web() { return web_; }

 private:
  WebClient web_;
};

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_INTEGRATION_API_CLIENT_H_
