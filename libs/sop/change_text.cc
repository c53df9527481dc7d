#include "libs/sop/change_text.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wissel::sop {
namespace {

// Collects what differs.
class Differences {
 public:
  // Both values are worth reading.
  void FromTo(absl::string_view what, const std::string& before, const std::string& after) {
    if (before == after) return;
    if (before.empty()) {
      parts_.push_back(absl::StrCat(what, " wordt ", after));
    } else if (after.empty()) {
      parts_.push_back(absl::StrCat(what, " vervalt (was ", before, ")"));
    } else {
      parts_.push_back(absl::StrCat(what, " verandert van ", before, " naar ", after));
    }
  }

  // `sentence` says that it changes.
  template <typename Value>
  void Say(absl::string_view sentence, const Value& before, const Value& after) {
    if (!(before == after)) parts_.emplace_back(sentence);
  }

  std::string Take() const {
    std::string sentence = absl::StrCat(absl::StrJoin(parts_, "; "), ".");
    sentence[0] = absl::ascii_toupper(sentence[0]);
    return sentence;
  }

 private:
  std::vector<std::string> parts_;
};

std::string Day(const std::optional<absl::CivilDay>& day) {
  return day ? absl::StrCat(day->day(), "-", day->month(), "-", day->year()) : "";
}

std::string OutcomeInWords(const Agreement& then) {
  switch (then.outcome) {
    case v1::OUTCOME_ANSWER:
      return "antwoord door het KCC";
    case v1::OUTCOME_TRANSFER:
      return "doorverbinden";
    case v1::OUTCOME_QUEUE:
      return "werk in de wachtrij";
    case v1::OUTCOME_REJECT:
      return "afwijzen als acquisitie";
    default:
      break;
  }
  switch (then.steer_target) {
    case v1::STEER_TARGET_SELF_SERVICE:
      return "sturen naar de website";
    case v1::STEER_TARGET_FORM:
      return "sturen naar een formulier";
    case v1::STEER_TARGET_MOR:
      return "sturen naar het meldsysteem";
    case v1::STEER_TARGET_OWN_NUMBER:
      return "sturen naar een eigen nummer";
    default:
      return "sturen naar een ander loket";
  }
}

}  // namespace

std::string ChangeText(const SopTeam& before, const SopTeam& after) {
  Differences differences;
  differences.FromTo("de mailbox", before.mailbox, after.mailbox);
  differences.FromTo("het doorverbindnummer", before.transfer_number, after.transfer_number);
  differences.Say("de openingstijden veranderen", before.hours, after.hours);
  differences.Say("de servicenormen veranderen", before.norms, after.norms);
  differences.Say("wat het team doet is anders beschreven", before.takes, after.takes);
  differences.FromTo("de dag waarop het team stopt", Day(before.closed_from),
                     Day(after.closed_from));
  return differences.Take();
}

std::string ChangeText(const SopMenuChoice& before, const SopMenuChoice& after) {
  Differences differences;
  differences.FromTo("de tekst", before.says, after.says);
  return differences.Take();
}

std::string ChangeText(const SopArea& before, const SopArea& after) {
  Differences differences;
  differences.FromTo("de naam", before.name, after.name);
  differences.Say("de postcodes veranderen", before.postcodes, after.postcodes);
  differences.Say("de wijken veranderen", before.neighbourhoods, after.neighbourhoods);
  return differences.Take();
}

std::string ChangeText(const SopTopic& before, const SopTopic& after) {
  Differences differences;
  differences.FromTo("de naam", before.name, after.name);
  differences.FromTo("het onderwerp erboven", before.parent, after.parent);
  differences.Say("de verwijzing naar de landelijke lijst verandert", before.upl_uri,
                  after.upl_uri);
  return differences.Take();
}

std::string ChangeText(const SopRule& before, const SopRule& after) {
  Differences differences;
  differences.FromTo("de uitkomst", OutcomeInWords(before.then), OutcomeInWords(after.then));
  differences.FromTo("het team", before.then.team_id, after.then.team_id);
  differences.Say("de voorwaarden veranderen", before.when, after.when);
  differences.Say("de uitzonderingen veranderen", before.unless, after.unless);
  differences.FromTo("de prioriteit", absl::StrCat(before.priority), absl::StrCat(after.priority));
  differences.FromTo("waar de klant heen gaat", before.then.steer_to, after.then.steer_to);
  differences.FromTo("het nummer", before.then.phone_number, after.then.phone_number);
  differences.Say("de tekst voor het gesprek verandert", before.then.script, after.then.script);
  differences.Say("de vragen aan de beller veranderen", before.then.questions,
                  after.then.questions);
  differences.Say("de vragen en antwoorden veranderen", before.then.answers, after.then.answers);
  differences.FromTo("de dag waarop de tekst weer bekeken wordt", Day(before.then.review_by),
                     Day(after.then.review_by));
  return differences.Take();
}

std::string ItemText(const SopTeam& team) {
  return team.takes.empty() ? absl::StrCat("team ", team.team_id) : team.takes;
}

std::string ItemText(const SopMenuChoice& choice) { return choice.says; }

std::string ItemText(const SopArea& area) { return area.name; }

std::string ItemText(const SopTopic& topic) { return topic.name; }

std::string ItemText(const SopRule& rule) {
  return absl::StrCat(OutcomeInWords(rule.then), ", voor team ", rule.then.team_id);
}

}  // namespace wissel::sop
