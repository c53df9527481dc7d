// Random SOPs, for property tests: every kind of item, condition, outcome and text. A
// seed always gives the same ones.

#ifndef WISSEL_LIBS_SOP_RANDOM_SOP_H_
#define WISSEL_LIBS_SOP_RANDOM_SOP_H_

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/sop/random_text.h"
#include "libs/sop/sop.h"

namespace wissel::sop {

// Names are few and short, so that rules overlap and contacts meet them: topics `t0`.., areas
// `a0`.., teams `team0`.., municipalities `GM0`.., menu keys `1`.., keywords of a few words.
class RandomSop : public RandomText {
 public:
  explicit RandomSop(int seed) : RandomText(seed) {}

  // A sound shape, not a sound SOP: teams lack things, rules hide others. The last rule takes
  // everything three times out of four.
  Sop Make() {
    Sop sop;
    sop.comment = Comment();
    for (int i = Upto(3); i > 0; --i) sop.teams.push_back(Team(sop.teams.size()));
    for (int i = Upto(3); i > 0; --i) {
      sop.menu.push_back({Source(), absl::StrCat(sop.menu.size() + 1), Text()});
    }
    for (int i = Upto(3); i > 0; --i) sop.areas.push_back(Area(sop.areas.size()));
    for (int i = Upto(8); i > 0; --i) sop.topics.push_back(Topic(sop.topics.size()));
    for (int i = Upto(15); i > 0; --i) sop.rules.push_back(Rule(sop));
    if (sop.rules.empty() || Upto(3) > 0) {
      sop.rules.push_back({.rule_id = "overig", .then = Then()});
    }
    return sop;
  }

  WeekHours Week() {
    WeekHours week;
    for (auto& day : week) {
      if (Upto(3) == 0) continue;
      const int noon = 60 * (11 + Upto(2));
      day.push_back({60 * (7 + Upto(2)), noon});
      if (Upto(1)) day.push_back({noon + 30, 1440 - 60 * Upto(6)});
    }
    if (Upto(1)) std::fill(week.begin(), week.begin() + 5, week[0]);
    return week;
  }

 protected:
  std::string Word() {
    static const char* const kWords[] = {"Paspoort", "afval",  "pas",   "BOOM",     "val",
                                         "straks",   "ſtraKs", "privé", "PRIVÉLES", "pasé"};
    return kWords[Upto(std::size(kWords) - 1)];
  }

 private:
  SopSource Source() { return {.location = {}, .comment = Comment()}; }

  SopTeam Team(size_t index) {
    SopTeam team = {.source = Source(), .team_id = absl::StrCat("team", index)};
    if (Upto(1)) team.mailbox = "Groep_1@voorbeeld.example";
    if (Upto(1)) team.transfer_number = "088 000 0230";
    if (Upto(2)) team.hours = Week();
    for (int i = Upto(3); i > 0; --i) {
      team.norms.push_back({static_cast<Channel>(i), Upto(60), Upto(1) ? 0.9 : Upto(999) / 1000.0});
    }
    if (Upto(1)) team.takes = Text();
    if (Upto(1)) team.closed_from = absl::CivilDay(2026, 1, 1) + Upto(900);
    return team;
  }

  SopArea Area(size_t index) {
    SopArea area = {.source = Source(), .area_id = absl::StrCat("a", index), .name = Text()};
    if (Upto(1)) area.postcodes = {absl::StrCat(2511 + Upto(4)), "2514AB-2514 ZZ"};
    if (area.postcodes.empty() || Upto(1)) area.neighbourhoods = {absl::StrCat("Buurt ", Upto(4))};
    return area;
  }

  SopTopic Topic(size_t index) {
    SopTopic topic = {.source = Source(), .topic_id = absl::StrCat("t", index), .name = Text()};
    if (Upto(1)) topic.upl_uri = "http://standaarden.overheid.nl/owms/terms/x_(y)";
    if (index > 0 && Upto(2)) topic.parent = absl::StrCat("t", Upto(index - 1));
    return topic;
  }

  // Up to three of `count` names that begin with `prefix`, none twice.
  std::vector<std::string> Some(absl::string_view prefix, int from, size_t count) {
    std::vector<std::string> names;
    for (size_t i = 0; i < count && names.size() < 3; ++i) {
      if (Upto(static_cast<int>(count)) < 2) names.push_back(absl::StrCat(prefix, from + i));
    }
    return names;
  }

  Conditions When(const Sop& sop) {
    static const char* const kPatterns[] = {"paspoort",    "Af-?val", "\\bpas\\b", "boom",
                                            "val",         "straks",  "p(as|en)",  "afval\\b|boom",
                                            "\\bprivé\\b", "PRIVÉ"};
    Conditions when;
    while (when.empty()) {
      for (int c = 9; c > 0 && Upto(1); --c) {
        when.channels.push_back(static_cast<Channel>(1 + (c * 4) % 9));
      }
      if (Upto(1)) when.topics = Some("t", 0, sop.topics.size());
      for (const char* pattern : kPatterns) {
        if (Upto(11) == 0) when.keywords.push_back(pattern);
      }
      if (Upto(4) == 0) when.customer = Upto(1) ? CustomerKind::kBusiness : CustomerKind::kResident;
      if (Upto(4) == 0) when.urgency = Upto(1) ? Urgency::kUrgent : Urgency::kNormal;
      if (Upto(3) == 0) when.areas = Some("a", 0, sop.areas.size());
      if (Upto(3) == 0) when.hours = Upto(1) ? Hours::kOpen : Hours::kClosed;
      for (int day = 0; day < 7 && Upto(2) == 0; ++day) when.weekdays.push_back(6 - day);
      if (Upto(3) == 0) when.municipalities = Some("GM", 0, 4);
      if (Upto(5) == 0) when.menu = Some("", 1, sop.menu.size());
    }
    return when;
  }

  SopRule Rule(const Sop& sop) {
    SopRule rule = {.source = Source(), .rule_id = absl::StrCat("regel ", sop.rules.size())};
    if (Upto(2) == 0) rule.priority = Upto(3);
    if (Upto(20)) rule.when = When(sop);
    for (int i = Upto(3); i > 1; --i) rule.unless.push_back(When(sop));
    rule.then = Then();
    return rule;
  }

  Agreement Then() {
    Agreement then;
    then.outcome = static_cast<v1::Outcome>(1 + Upto(4));
    then.team_id = absl::StrCat("team", Upto(4));
    if (then.outcome == v1::OUTCOME_STEER) {
      then.steer_target = static_cast<v1::SteerTarget>(1 + Upto(4));
      then.steer_to = "https://voorbeeld.example/pad?a=b";
      then.phone_number = "+31 70 000";
    }
    if (then.outcome != v1::OUTCOME_QUEUE || Upto(1)) then.script = Text();
    if (then.outcome == v1::OUTCOME_REJECT && Upto(1)) then.questions = {Text(), "Belt u vaker?"};
    if (then.outcome == v1::OUTCOME_ANSWER) then.answers.resize(Upto(2), {Text(), Text()});
    if (Upto(2) == 0) then.review_by = absl::CivilDay(2027, 1, 1) + Upto(400);
    return then;
  }
};

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_RANDOM_SOP_H_
