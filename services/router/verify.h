// Proves an SOP right or wrong before it is used. Nothing is sampled: the space of contacts is
// finite once it is seen as the rules see it, and every finding about rules comes with a contact
// that shows it.

#ifndef WISSEL_SERVICES_ROUTER_VERIFY_H_
#define WISSEL_SERVICES_ROUTER_VERIFY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "services/router/sop.h"

namespace wissel::router {

// What the directory says about a team. The SOP goes first where it says something.
struct TeamFacts {
  std::string name;
  std::string mailbox;
  std::string transfer_number;
  int members = 0;
  // One of them is a team lead.
  bool has_lead = false;
  bool has_norm = false;
  // The KCC's own team, which gets what could not be routed.
  bool is_kcc = false;
  // Hours of the service calendar.
  std::optional<WeekHours> hours;
};

// What an SOP is judged against.
struct Surroundings {
  // By team id. Absent: only what the document itself says is known, and nothing is found about
  // members or about teams that the document describes and the directory lacks.
  std::optional<absl::flat_hash_map<std::string, TeamFacts>> teams;
  // In Europe/Amsterdam: for review dates and closed teams.
  absl::CivilDay today;
};

// A contact that shows a finding, in the words of the SOP; empty or absent: does not matter.
struct Example {
  Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  std::string topic_id;
  // Patterns that are found, and patterns that are not.
  std::vector<std::string> with_keywords;
  std::vector<std::string> without_keywords;
  std::optional<CustomerKind> customer;
  std::optional<Urgency> urgency;
  std::string neighbourhood;
  std::string postcode;
  std::string municipality;
  std::string menu_key;
  int weekday = 0;
  int minute = 0;
  bool closed_day = false;
};

// One thing that is wrong, or worth a look.
struct Finding {
  enum class Kind {
    kNoOutcome,         // a combination for which no rule applies
    kUnreachable,       // earlier rules cover everything that this one takes
    kContradiction,     // two rules of one priority overlap, neither is the special case of the
                        // other, and they say different things
    kUnknownTeam,       // neither the document nor the directory knows the team
    kNoMailbox,         // a team that gets work
    kNoMembers,         // a team that gets work
    kNoLead,            // a team that gets work, or the KCC's own
    kNoNorm,            // a team that gets work
    kNoHours,           // a team whose hours a rule needs
    kNoTransferNumber,  // a menu choice or rule that puts through to a team without number
    kClosedTeam,        // work for a team that has ended, or a caller put through while it is shut
    kPersonalMailbox,   // looks like the address of one person
    kSteeringLoop,      // steered from channel to channel, back to where one was
    kNotHttps,          // a link
    kReviewPassed,      // the day by which somebody would look again
    kSlowKeyword,       // large once compiled, or not RE2
    kKeywordTakesAll,   // found in every text
    kInvalidName,       // an id with characters that no id may have
    kUnsettled,         // too many combinations to prove; the rules must be simpler
  };
  enum class Severity { kWarning, kError };

  Kind kind = Kind::kNoOutcome;
  Severity severity = Severity::kError;
  YamlPlace place;
  // What it is about; either may be empty.
  std::string rule_id;
  std::string team_id;
  // The other rule of a contradiction, or the rules that cover this one.
  std::vector<std::string> other_rules;
  // Plain Dutch: what is wrong, and what to do.
  std::string message;
  // For findings about combinations.
  std::optional<Example> example;
};

// How many rules may be looked at: for a whole SOP, and for one question. What takes more is said
// to be unsettled.
struct SearchBudget {
  int64_t whole = 100'000'000;
  int64_t question = 2'000'000;
};

// Everything that is found, by place in the document. Pure; takes a sound shape (ParseSop). At most
// a few seconds for 10,000 rules.
std::vector<Finding> Verify(const Sop& sop, const Surroundings& surroundings,
                            SearchBudget budget = {});

// Whether any of `findings` keeps the SOP from coming into force.
bool HasErrors(const std::vector<Finding>& findings);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_VERIFY_H_
