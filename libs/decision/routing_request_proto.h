// From the contract to what a decision looks at. Pure.

#ifndef WISSEL_LIBS_DECISION_ROUTING_REQUEST_PROTO_H_
#define WISSEL_LIBS_DECISION_ROUTING_REQUEST_PROTO_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/decision/routing_request.h"
#include "libs/decision/service_hours.h"

namespace wissel::decision {

namespace v1 = ::wissel::routing::v1;

// INVALID_ARGUMENT `required` for the field `channel`.
absl::Status NoChannel();

// The contact in `request`, at its moment or else at `now`; `request` outlives it. Or
// NoChannel; INVALID_ARGUMENT `invalid_moment` for the field `at`.
absl::StatusOr<RoutingRequest> RoutingRequestFrom(const v1::DecideRequest& request,
                                                  const ServiceHours& hours, absl::Time now);

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_ROUTING_REQUEST_PROTO_H_
