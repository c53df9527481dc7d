#include "services/router/inquiry_proto.h"

#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel::router {

absl::Status NoChannel() { return InvalidField("channel", "required", "the channel is required"); }

absl::StatusOr<Inquiry> InquiryOf(const v1::DecideRequest& request, const ServiceHours& hours,
                                  absl::Time now) {
  if (request.channel() == common::v1::CHANNEL_UNSPECIFIED) return NoChannel();
  Inquiry inquiry = {.channel = request.channel(),
                     .topic_id = request.topic_id(),
                     .subject = request.subject(),
                     .text = request.text(),
                     .is_business = request.is_business(),
                     .is_urgent = request.is_urgent(),
                     .neighbourhood = request.neighbourhood(),
                     .postcode = request.postcode(),
                     .municipality = request.municipality(),
                     .menu_key = request.menu_key()};
  hours.SetMoment(request.has_at() ? FromProto(request.at()) : now, &inquiry);
  return inquiry;
}

}  // namespace wissel::router
