// What is known about each team: the document first, then the directory.

#ifndef WISSEL_LIBS_VERIFY_TEAM_INDEX_H_
#define WISSEL_LIBS_VERIFY_TEAM_INDEX_H_

#include <map>
#include <optional>
#include <string>

#include "libs/verify/contact_space.h"
#include "libs/verify/team_facts.h"

namespace wissel::verify {

// One team that the document describes or a rule names, or the KCC's own.
struct TeamEntry {
  // Of its description, or of the first rule that names it; else the start of the document.
  sop::SourceLocation location;
  // Described by the document; known to the directory, true if nobody asked the directory.
  bool described = false;
  bool in_directory = true;
  // On screen; the id if nothing is known.
  std::string name;
  std::string mailbox;
  std::string transfer_number;
  std::optional<sop::WeekHours> hours;
  bool has_norm = false;
  // Absent: nobody asked the directory.
  std::optional<int> members;
  std::optional<bool> has_lead;
  // The KCC's own team, which gets work whether or not a rule names it.
  bool is_kcc = false;
  std::optional<absl::CivilDay> closed_from;
  // The first rule that gives it work, and the first that needs its hours; empty: none.
  std::string rule_id;
  std::string hours_rule_id;
};

// By team id, sorted. Pure.
std::map<std::string, TeamEntry> ReadTeams(const sop::Sop& sop, const VerificationContext& context);

// Hours of the teams of which they are known.
TeamHours HoursOf(const std::map<std::string, TeamEntry>& teams);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_TEAM_INDEX_H_
