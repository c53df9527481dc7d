// The standard operating procedure of a municipality as plain values: which question goes where,
// over which channel, as KCC and departments agreed. docs/sop.md tells how it is written.

#ifndef WISSEL_SERVICES_ROUTER_SOP_H_
#define WISSEL_SERVICES_ROUTER_SOP_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "wissel/common/v1/common.pb.h"
#include "wissel/routing/v1/routing.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;
using common::v1::Channel;

// Owns what the contact of a rule without `team` turns into work for.
inline constexpr char kDefaultTeam[] = "kcc";

// What residents ask about. Topics form a tree.
struct SopTopic {
  // Stable name, unique in the SOP.
  std::string topic_id;
  // On screen.
  std::string name;
  // Address in the national list of products; empty for an own topic.
  std::string upl_uri;
  // Topic that this one is a kind of; empty for a root.
  std::string parent;
};

// Who asks.
enum class CustomerKind { kResident, kBusiness };

// When a rule applies: every condition that is given must hold. None given: always.
struct Conditions {
  // Any of these.
  std::vector<Channel> channels;
  // Any of these, or a topic below it.
  std::vector<std::string> topics;
  // Any of these patterns (RE2, upper and lower case alike) is found in subject or text.
  std::vector<std::string> keywords;
  std::optional<CustomerKind> customer;

  bool empty() const {
    return channels.empty() && topics.empty() && keywords.empty() && !customer.has_value();
  }
};

// What was agreed for a rule's contacts. Fields as in wissel.routing.v1.Decision.
struct Agreement {
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  std::string team_id;
  v1::SteerTarget steer_target = v1::STEER_TARGET_UNSPECIFIED;
  std::string steer_to;
  std::string phone_number;
  std::string script;
};

// One agreement with its conditions.
struct SopRule {
  // Unique in the SOP.
  std::string rule_id;
  Conditions when;
  Agreement then;
};

// A whole SOP. The first rule that applies decides; the last one always applies.
struct Sop {
  std::vector<SopTopic> topics;
  std::vector<SopRule> rules;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_SOP_H_
