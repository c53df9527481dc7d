#include "libs/decision/routing_request_proto.h"

#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel::decision {

absl::Status NoChannel() { return InvalidField("channel", "required", "the channel is required"); }

absl::StatusOr<RoutingRequest> RoutingRequestFrom(const v1::DecideRequest& request,
                                                  const ServiceHours& hours, absl::Time now) {
  if (request.channel() == common::v1::CHANNEL_UNSPECIFIED) return NoChannel();
  RoutingRequest routing_request = {.channel = request.channel(),
                                    .topic_id = request.topic_id(),
                                    .subject = request.subject(),
                                    .text = request.text(),
                                    .is_business = request.is_business(),
                                    .is_urgent = request.is_urgent(),
                                    .neighbourhood = request.neighbourhood(),
                                    .postcode = request.postcode(),
                                    .municipality = request.municipality(),
                                    .menu_key = request.menu_key()};
  absl::Time at = now;
  if (request.has_at()) {
    WISSEL_ASSIGN_OR_RETURN(at, ReadTime("at", request.at()));
  }
  hours.SetMoment(at, &routing_request);
  return routing_request;
}

}  // namespace wissel::decision
