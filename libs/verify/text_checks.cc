#include "libs/verify/text_checks.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/status.h"
#include "libs/text/typed.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;
namespace {

using Kind = Finding::Kind;

// RE2 is linear in the text whatever the pattern, but a large program makes every letter dear.
constexpr int kMostInstructions = 4000;
// Beyond this a pattern is not even compiled.
constexpr int64_t kMostBytes = int64_t{1} << 20;

constexpr size_t kMostIdCharacters = 80;

enum class Judgement { kFine, kNotRe2, kLarge, kTakesAll };

// Everyday questions with nothing in common: what is found in all of them says nothing.
constexpr absl::string_view kEverydayTexts[] = {
    "Mijn paspoort is kwijt, wat nu?",   "Er ligt glas op het fietspad bij de school.",
    "Wanneer komt u de container legen", "graag een afspraak voor volgende week donderdag",
    "Bezwaar tegen aanslag 2026",        "Hoe vraag ik bijstand aan? Ik verdien te weinig.",
    "Lamp stuk hoek Dorpsstraat",        "Kunt u mij terugbellen over onze vergunning?",
};

Judgement Judge(const std::string& pattern) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(kMostBytes);
  const RE2 compiled(pattern, options);
  if (compiled.error_code() == RE2::ErrorPatternTooLarge ||
      compiled.ProgramSize() > kMostInstructions) {
    return Judgement::kLarge;
  }
  if (!compiled.ok()) return Judgement::kNotRe2;
  const auto finds = [&](absl::string_view text) {
    // As a contact is searched: subject, line break, text.
    return RE2::PartialMatch(absl::StrCat("\n", text), compiled);
  };
  if (finds("")) return Judgement::kTakesAll;
  bool every_letter = true;
  for (char letter = 'a'; letter <= 'z' && every_letter; ++letter) {
    every_letter = finds(absl::string_view(&letter, 1));
  }
  if (every_letter || std::all_of(std::begin(kEverydayTexts), std::end(kEverydayTexts), finds)) {
    return Judgement::kTakesAll;
  }
  return Judgement::kFine;
}

// The findings about texts.
class TextChecks {
 public:
  explicit TextChecks(absl::CivilDay today) : today_(today) {}

  // `kind` in Dutch, with its article.
  void CheckId(const sop::SopSource& source, absl::string_view kind, const std::string& id) {
    const absl::Status status = text::CheckId("id", id, kMostIdCharacters);
    if (status.ok()) return;
    const std::map<std::string, std::string> facts = DetailsOf(status).front().facts;
    const auto position = facts.find("position");
    Finding& finding = findings_.emplace_back();
    finding.kind = Kind::kInvalidName;
    finding.location = source.location;
    finding.message = absl::StrCat(
        "In de naam van ", kind, " mag ",
        position == facts.end() ? "een teken" : absl::StrCat("teken ", position->second),
        " niet. Begin met een letter of cijfer en gebruik verder letters, cijfers, losse spaties "
        "en "
        ". _ - / \\ : & ( ) + ' ,");
  }

  void Check(const sop::SopRule& rule) {
    std::set<std::string> patterns(rule.when.keywords.begin(), rule.when.keywords.end());
    for (const sop::Conditions& unless : rule.unless) {
      patterns.insert(unless.keywords.begin(), unless.keywords.end());
    }
    for (const std::string& pattern : patterns) CheckKeyword(rule, pattern);
    CheckLinks(rule);
    if (rule.then.review_by && *rule.then.review_by < today_) {
      Report(rule, Kind::kReviewPassed,
             absl::StrFormat("De tekst van afspraak `%s` had voor %d-%d-%d opnieuw bekeken moeten "
                             "zijn. Laat het team kijken of hij nog klopt en zet een nieuwe datum.",
                             rule.rule_id, rule.then.review_by->day(), rule.then.review_by->month(),
                             rule.then.review_by->year()))
          .severity = Finding::Severity::kWarning;
    }
  }

  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  void CheckKeyword(const sop::SopRule& rule, const std::string& pattern) {
    const auto [judged, is_new] = judged_.try_emplace(pattern);
    if (is_new) judged_[pattern] = Judge(pattern);
    const std::string what =
        absl::StrCat("Het zoekpatroon `", pattern, "` van afspraak `", rule.rule_id, "` ");
    switch (judged->second) {
      case Judgement::kFine:
        return;
      case Judgement::kNotRe2:
        Report(rule, Kind::kSlowKeyword,
               absl::StrCat(what,
                            "kan niet gelezen worden. Verbeter de haakjes en tekens, of "
                            "gebruik gewone woorden."));
        return;
      case Judgement::kLarge:
        Report(rule, Kind::kSlowKeyword,
               absl::StrCat(what, "is te zwaar. Gebruik minder en kleinere herhalingen."));
        return;
      case Judgement::kTakesAll:
        Report(rule, Kind::kKeywordTakesAll,
               absl::StrCat(what,
                            "staat in elke tekst en zegt dus niets. Kies een woord dat "
                            "alleen bij deze vraag hoort."));
    }
  }

  void CheckLinks(const sop::SopRule& rule) {
    const sop::Agreement& then = rule.then;
    const bool needs_link =
        then.outcome == v1::OUTCOME_STEER && (then.steer_target == v1::STEER_TARGET_SELF_SERVICE ||
                                              then.steer_target == v1::STEER_TARGET_FORM);
    bool wrong = HasPlainLink(then.steer_to) || HasPlainLink(then.script) ||
                 (needs_link && !absl::StartsWithIgnoreCase(then.steer_to, "https://")) ||
                 absl::StartsWithIgnoreCase(then.steer_to, "www.");
    for (const sop::SopAnswer& answer : then.answers) wrong = wrong || HasPlainLink(answer.answer);
    if (!wrong) return;
    Report(rule, Kind::kNotHttps,
           absl::StrCat("Afspraak `", rule.rule_id,
                        "` heeft een link die niet veilig is. Gebruik een adres dat met https:// "
                        "begint."));
  }

  static bool HasPlainLink(absl::string_view text) {
    return absl::StrContains(absl::AsciiStrToLower(text), "http://");
  }

  Finding& Report(const sop::SopRule& rule, Kind kind, std::string message) {
    Finding& finding = findings_.emplace_back();
    finding.kind = kind;
    finding.location = rule.source.location;
    finding.rule_id = rule.rule_id;
    finding.message = std::move(message);
    return finding;
  }

  const absl::CivilDay today_;
  absl::flat_hash_map<std::string, Judgement> judged_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> CheckTexts(const sop::Sop& sop, absl::CivilDay today) {
  TextChecks checks(today);
  for (const sop::SopTeam& team : sop.teams) checks.CheckId(team.source, "een team", team.team_id);
  for (const sop::SopArea& area : sop.areas) {
    checks.CheckId(area.source, "een gebied", area.area_id);
  }
  for (const sop::SopTopic& topic : sop.topics) {
    checks.CheckId(topic.source, "een onderwerp", topic.topic_id);
  }
  for (const sop::SopRule& rule : sop.rules) {
    checks.CheckId(rule.source, "een afspraak", rule.rule_id);
    checks.Check(rule);
  }
  return checks.Take();
}

}  // namespace wissel::verify
