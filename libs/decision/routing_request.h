// What a decision looks at.

#ifndef WISSEL_LIBS_DECISION_ROUTING_REQUEST_H_
#define WISSEL_LIBS_DECISION_ROUTING_REQUEST_H_

#include "absl/strings/string_view.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

// One contact, registered or not. Views: the texts outlive it. Whatever the SOP does not know (a
// topic, a municipality, a menu key) counts as none.
struct RoutingRequest {
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  absl::string_view topic_id;
  // KeywordMatcher are sought in both.
  absl::string_view subject;
  absl::string_view text;
  bool is_business = false;
  bool is_urgent = false;
  // The place: the neighbourhood if the SOP knows it, else the postcode (`2511AB`, spaces and case
  // do not matter).
  absl::string_view neighbourhood;
  absl::string_view postcode;
  absl::string_view municipality;
  absl::string_view menu_key;
  // The moment in local time: 0 is Monday; minutes since midnight.
  int weekday = 0;
  int minute = 0;
  // A closed day in the service calendar: nobody is open.
  bool closed_day = false;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_ROUTING_REQUEST_H_
