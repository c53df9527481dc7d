// What no request may hold, whatever its method.

#ifndef WISSEL_LIBS_RPC_INTERCEPTORS_VALUES_H_
#define WISSEL_LIBS_RPC_INTERCEPTORS_VALUES_H_

#include <google/protobuf/message.h>

#include "absl/status/status.h"

namespace wissel::rpc {

// INVALID_ARGUMENT `invalid_value` with the path of the first field whose number is none of its
// enum: protobuf reads any number, and a handler would take an unknown one for "none given". JSON
// with an unknown name is refused in the same words by the gateway.
absl::Status CheckValues(const google::protobuf::Message& request);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_INTERCEPTORS_VALUES_H_
