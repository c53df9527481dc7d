// The methods that the outside world may reach, by path.

#ifndef WISSEL_SERVICES_GATEWAY_ROUTES_H_
#define WISSEL_SERVICES_GATEWAY_ROUTES_H_

#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/rpc/method_table.h"
#include "wissel/options/v1/options.pb.h"

namespace wissel::gateway {

// A method as the gateway needs to know it.
struct Route {
  const google::protobuf::MethodDescriptor* method = nullptr;
  // "/wissel.cases.v1.CaseService/GetCase"
  std::string path;
  // Name in the channel registry: "cases".
  std::string service;
  bool is_public = false;
  options::v1::SessionEffect session_effect = options::v1::SESSION_EFFECT_UNSPECIFIED;
  // Field of the response that becomes the cookie; null unless the method starts a session.
  const google::protobuf::FieldDescriptor* token_field = nullptr;

  bool is_stream() const { return method->server_streaming(); }
};

// Immutable; thread-safe. A route outlives the table for as long as somebody holds it.
class Routes {
 public:
  // All methods of `table` except those that only other parts of Wissel may call and those to which
  // a client streams. FAILED_PRECONDITION if a method starts a session and its response has no
  // field with the option `session_token`.
  static absl::StatusOr<Routes> Make(const rpc::MethodTable& table);

  // Null if there is none; a method that is kept inside looks the same as one that does not exist.
  std::shared_ptr<const Route> Find(absl::string_view path) const;

 private:
  absl::flat_hash_map<std::string, std::shared_ptr<const Route>> routes_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_ROUTES_H_
