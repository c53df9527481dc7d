// absl::Status <-> grpc::Status: the one table between the error language and the wire.
// Both enumerate the canonical codes with the same numbers; details travel in the trailer
// `grpc-status-details-bin` as wissel.errors.v1.StatusDetails.

#ifndef WISSEL_LIBS_RPC_STATUS_H_
#define WISSEL_LIBS_RPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace wissel::rpc {

// For the wire. INTERNAL and UNKNOWN lose their message there: it is for the log.
grpc::Status ToGrpc(const absl::Status& status);

// From the wire, with the details that came along.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_STATUS_H_
