#include "libs/verify/team_checks.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/verify/personal_mailbox.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;
namespace {

using Kind = Finding::Kind;

std::string DayInWords(absl::CivilDay day) {
  return absl::StrFormat("%d-%d-%d", day.day(), day.month(), day.year());
}

// Words that a group mailbox may be made of: those of the team and of what people ask about.
NameWords WordsAround(const sop::Sop& sop, const std::string& team_id, const TeamEntry& team) {
  NameWords words;
  words.Add(team_id);
  words.Add(team.name);
  for (const sop::SopTeam& described : sop.teams) {
    words.Add(described.team_id);
    words.Add(described.takes);
  }
  for (const sop::SopTopic& topic : sop.topics) {
    words.Add(topic.topic_id);
    words.Add(topic.name);
  }
  return words;
}

// Findings about one team.
class TeamChecks {
 public:
  TeamChecks(const std::string& team_id, const TeamEntry& team, std::vector<Finding>* findings)
      : team_id_(team_id), team_(team), findings_(findings) {}

  void CheckPresence() {
    if (!team_.in_directory) {
      Report(Kind::kUnknownTeam,
             team_.described
                 ? " staat in dit document, maar de gemeente kent dit team niet. Laat de "
                   "beheerder het team eerst toevoegen."
                 : " is bij de gemeente niet bekend. Verbeter de naam, of laat de beheerder het "
                   "team toevoegen.");
    } else if (!team_.members && !team_.described) {
      Report(Kind::kUnknownTeam,
             " wordt niet beschreven. Zet het team in dit document onder `teams`.");
    }
  }

  void CheckEquipment() {
    if (team_.mailbox.empty()) {
      Report(Kind::kNoMailbox, " krijgt werk, maar heeft geen groepsmailbox. Vul `mailbox` in.");
    }
    if (team_.members && *team_.members == 0) {
      Report(Kind::kNoMembers,
             " krijgt werk, maar er zit nog niemand in. Laat de beheerder medewerkers toevoegen.")
          .severity = Finding::Severity::kWarning;
    }
    if (!team_.has_norm) {
      Report(Kind::kNoNorm, " krijgt werk, maar heeft geen servicenorm. Vul `norms` in.");
    }
    if (!team_.hours_rule_id.empty() && !team_.hours) {
      Report(Kind::kNoHours,
             absl::StrCat(" heeft geen openingstijden, maar afspraak `", team_.hours_rule_id,
                          "` heeft ze nodig. Vul `hours` in."));
    }
  }

  void CheckLead() {
    if (team_.has_lead.value_or(true) || team_.members.value_or(0) == 0) return;
    Report(
        Kind::kNoLead,
        " heeft geen teamleider. Laat de beheerder een teamleider aanwijzen: die heropent zaken, "
        "legt zaken van afwezige collega's terug en beslist mee over de werkafspraken.")
        .severity = Finding::Severity::kWarning;
  }

  void CheckMailbox(const NameWords& words) {
    if (!IsPersonalMailbox(team_.mailbox, words)) return;
    Report(Kind::kPersonalMailbox,
           " heeft een mailbox die van één persoon lijkt. Gebruik een groepsmailbox, zodat werk "
           "niet blijft liggen als iemand weg is.");
  }

 private:
  Finding& Report(Kind kind, absl::string_view what) {
    Finding& finding = findings_->emplace_back();
    finding.kind = kind;
    finding.location = team_.location;
    finding.team_id = team_id_;
    if (!team_.described) finding.rule_id = team_.rule_id;
    finding.message = absl::StrCat("Team `", team_id_, "`", what);
    return finding;
  }

  const std::string& team_id_;
  const TeamEntry& team_;
  std::vector<Finding>* const findings_;
};

// Absent: nothing is wrong with where the rule sends people.
std::optional<Finding> CheckRule(const sop::SopRule& rule, const TeamEntry& team,
                                 absl::CivilDay today) {
  Finding finding;
  finding.location = rule.source.location;
  finding.rule_id = rule.rule_id;
  finding.team_id = rule.then.team_id;
  if (team.closed_from && *team.closed_from <= today) {
    finding.kind = Kind::kClosedTeam;
    finding.message =
        absl::StrCat("Afspraak `", rule.rule_id, "` geeft werk aan team `", rule.then.team_id,
                     "`, maar dat team neemt sinds ", DayInWords(*team.closed_from),
                     " niets meer aan. Kies een ander team.");
    return finding;
  }
  if (rule.then.outcome == v1::OUTCOME_TRANSFER && rule.then.phone_number.empty() &&
      team.transfer_number.empty()) {
    finding.kind = Kind::kNoTransferNumber;
    finding.message =
        absl::StrCat("Afspraak `", rule.rule_id, "` verbindt door met team `", rule.then.team_id,
                     "`, maar dat team heeft geen doorverbindnummer. Vul "
                     "`transfer_number` in bij het team.");
    return finding;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Finding> CheckTeams(const sop::Sop& sop, const std::map<std::string, TeamEntry>& teams,
                                absl::CivilDay today) {
  std::vector<Finding> findings;
  for (const auto& [team_id, team] : teams) {
    const size_t before = findings.size();
    TeamChecks checks(team_id, team, &findings);
    checks.CheckPresence();
    if (findings.size() > before) continue;
    if (!team.rule_id.empty()) checks.CheckEquipment();
    if (!team.rule_id.empty() || team.is_kcc) checks.CheckLead();
    checks.CheckMailbox(WordsAround(sop, team_id, team));
  }
  for (const sop::SopRule& rule : sop.rules) {
    std::optional<Finding> finding = CheckRule(rule, teams.at(rule.then.team_id), today);
    if (finding) findings.push_back(*std::move(finding));
  }
  return findings;
}

}  // namespace wissel::verify
