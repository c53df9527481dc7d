// What a check of an SOP finds, as plain values.

#ifndef WISSEL_LIBS_VERIFY_FINDING_H_
#define WISSEL_LIBS_VERIFY_FINDING_H_

#include <optional>
#include <string>
#include <vector>

#include "libs/sop/sop.h"

namespace wissel::verify {

// A contact that shows a finding, in the words of the SOP; empty or absent: does not matter.
struct Example {
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  std::string topic_id;
  // Patterns that are found, and patterns that are not.
  std::vector<std::string> with_keywords;
  std::vector<std::string> without_keywords;
  std::optional<sop::CustomerKind> customer;
  std::optional<sop::Urgency> urgency;
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
  sop::SourceLocation location;
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

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_FINDING_H_
