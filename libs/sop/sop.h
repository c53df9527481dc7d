// The standard operating procedure (SOP) of a municipality as plain values: which question goes
// where, over which channel, as KCC and departments agreed. docs/sop.md tells how it is written.
//
// An SOP that was read (sop_yaml.h) has the right shape; whether it is right is what verify.h
// tells.

#ifndef WISSEL_LIBS_SOP_SOP_H_
#define WISSEL_LIBS_SOP_SOP_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/sop/sop_team.h"
#include "wissel/routing/v1/routing.pb.h"

namespace wissel::sop {

namespace v1 = ::wissel::routing::v1;

// Owns what the contact of a rule without `team` turns into work for.
inline constexpr char kDefaultTeam[] = "kcc";

// A choice in the menu of the 14+ number. Rules name it by `key`.
struct SopMenuChoice {
  SopSource source;
  // One digit.
  std::string key;
  // What the caller hears.
  std::string says;

  bool operator==(const SopMenuChoice&) const = default;
};

// A part of the municipality that rules can name.
struct SopArea {
  SopSource source;
  std::string area_id;
  std::string name;
  // Dutch postcodes, `2511`, `2511AB`, or ranges `2511-2519`, `2511AB-2512XZ`; both ends inside.
  std::vector<std::string> postcodes;
  // Names as contacts carry them; upper and lower case alike.
  std::vector<std::string> neighbourhoods;

  bool operator==(const SopArea&) const = default;
};

// What residents ask about. Topics form a tree.
struct SopTopic {
  SopSource source;
  // Stable name, unique in the SOP.
  std::string topic_id;
  // On screen.
  std::string name;
  // Address in the national list of products; empty for an own topic.
  std::string upl_uri;
  // Topic that this one is a kind of; empty for a root.
  std::string parent;

  bool operator==(const SopTopic&) const = default;
};

// Who asks.
enum class CustomerKind { kResident, kBusiness };

// How pressing.
enum class Urgency { kNormal, kUrgent };

// Whether the team of the rule is open at the moment of the contact.
enum class Hours { kOpen, kClosed };

// When a rule applies: every condition that is given must hold. None given: always.
struct Conditions {
  // Any of these.
  std::vector<Channel> channels;
  // Any of these, or a topic below it.
  std::vector<std::string> topics;
  // Any of these patterns (RE2, upper and lower case alike) is found in subject or text.
  std::vector<std::string> keywords;
  std::optional<CustomerKind> customer;
  std::optional<Urgency> urgency;
  // Any of these areas.
  std::vector<std::string> areas;
  std::optional<Hours> hours;
  // Any of these; 0 is Monday.
  std::vector<int> weekdays;
  // Any of these codes: for a contact centre that serves several municipalities.
  std::vector<std::string> municipalities;
  // Any of these keys was pressed in the menu of the 14+ number.
  std::vector<std::string> menu;

  bool empty() const {
    return channels.empty() && topics.empty() && keywords.empty() && !customer && !urgency &&
           areas.empty() && !hours && weekdays.empty() && municipalities.empty() && menu.empty();
  }

  bool operator==(const Conditions&) const = default;
};

// A question that residents ask, with the answer of the first line.
struct SopAnswer {
  std::string question;
  std::string answer;

  bool operator==(const SopAnswer&) const = default;
};

// What was agreed for a rule's contacts. YamlFields as in wissel.routing.v1.Decision.
struct Agreement {
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  // kDefaultTeam if the document names none.
  std::string team_id;
  v1::SteerTarget steer_target = v1::STEER_TARGET_UNSPECIFIED;
  std::string steer_to;
  std::string phone_number;
  std::string script;
  // For REJECT: what the KCC asks to find out whether this is acquisition.
  std::vector<std::string> questions;
  // For ANSWER and STEER: what the first line knows.
  std::vector<SopAnswer> answers;
  // The day by which the departments look at `script` and `answers` again.
  std::optional<absl::CivilDay> review_by;

  bool operator==(const Agreement&) const = default;
};

// One agreement with its conditions.
struct SopRule {
  SopSource source;
  // Unique in the SOP.
  std::string rule_id;
  // 0..99. Rules with a higher priority go first; of equals, the one that stands first.
  int priority = 0;
  Conditions when;
  // Exceptions: the rule does not apply where any of these holds.
  std::vector<Conditions> unless;
  Agreement then;

  bool operator==(const SopRule&) const = default;
};

// A whole SOP. Of the rules by priority, then place, the first one that applies decides.
struct Sop {
  // Comment lines at the head of the document.
  std::string comment;
  std::vector<SopTeam> teams;
  std::vector<SopMenuChoice> menu;
  std::vector<SopArea> areas;
  std::vector<SopTopic> topics;
  std::vector<SopRule> rules;

  bool operator==(const Sop&) const = default;
};

// Places in `sop.rules` in the order in which rules are tried.
std::vector<size_t> DecisionOrder(const Sop& sop);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_SOP_H_
