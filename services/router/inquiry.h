// What a decision looks at, and how a rule came out.

#ifndef WISSEL_SERVICES_ROUTER_INQUIRY_H_
#define WISSEL_SERVICES_ROUTER_INQUIRY_H_

#include "absl/strings/string_view.h"
#include "services/router/sop.h"

namespace wissel::router {

// One contact, registered or not. Views: the texts outlive it.
struct Inquiry {
  Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  // A topic that the SOP does not have counts as none.
  absl::string_view topic_id;
  // Keywords are sought in both.
  absl::string_view subject;
  absl::string_view text;
  bool is_business = false;
};

// Which conditions of one rule hold for an inquiry. One that the rule does not set holds.
struct Verdict {
  bool channel = true;
  bool topic = true;
  bool keyword = true;
  bool customer = true;

  bool applies() const { return channel && topic && keyword && customer; }
  int failed() const { return !channel + !topic + !keyword + !customer; }
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_INQUIRY_H_
