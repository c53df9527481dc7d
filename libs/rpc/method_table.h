// What the contracts say of each method: who may call it, and whether it writes. Read once from
// the generated descriptors; a method without a permission ends the program at the start.

#ifndef WISSEL_LIBS_RPC_METHOD_TABLE_H_
#define WISSEL_LIBS_RPC_METHOD_TABLE_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "libs/rpc/principal.h"
#include "wissel/options/v1/options.pb.h"

namespace wissel::rpc {

// One method.
struct Method {
  const google::protobuf::MethodDescriptor* descriptor;
  // "/wissel.cases.v1.CaseService/GetCase"
  std::string path;
  options::v1::Permission permission;
  options::v1::Effect effect;
  // Only other parts of Wissel may call it, on behalf of whoever has the permission.
  bool internal;
};

// Immutable after the start; thread-safe.
class MethodTable {
 public:
  // All services of the packages wissel.*, that are linked into this program.
  static const MethodTable& Get();

  // The methods of `files`. FAILED_PRECONDITION that names the method when one has no permission
  // (neither public nor a role, or both), or no effect.
  static absl::StatusOr<MethodTable> Make(
      const std::vector<const google::protobuf::FileDescriptor*>& files);

  // Every method has a request type of its own (buf lint sees to it), which names it here.
  const Method& ByRequest(const google::protobuf::Descriptor* request) const;

  const std::vector<Method>& methods() const { return methods_; }

 private:
  std::vector<Method> methods_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, size_t> by_request_;
};

// OK, or UNAUTHENTICATED `not_signed_in` without a principal, or PERMISSION_DENIED `not_permitted`.
absl::Status CheckPermission(const options::v1::Permission& permission, const Principal* principal);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_METHOD_TABLE_H_
