#include "libs/decision/reason_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/decision/dutch_phrases.h"

namespace wissel::decision {
namespace {

std::string SteerPhrase(v1::SteerTarget target) {
  switch (target) {
    case v1::STEER_TARGET_SELF_SERVICE:
      return "De klant regelt dit het snelst zelf op de website";
    case v1::STEER_TARGET_FORM:
      return "Dit gaat het snelst met een webformulier";
    case v1::STEER_TARGET_MOR:
      return "Dit hoort bij de meldingen over de openbare ruimte";
    case v1::STEER_TARGET_OWN_NUMBER:
      return "De klant is het snelst geholpen op een eigen telefoonnummer";
    default:
      return "De klant is het snelst geholpen bij een ander loket";
  }
}

template <typename Values, typename Name>
std::vector<std::string> Names(const Values& values, Name name) {
  std::vector<std::string> names;
  for (const auto& value : values) names.emplace_back(name(value));
  return names;
}

}  // namespace

std::string ReasonText::Team(const std::string& team_id) const {
  const auto name = facts_.team_names.find(team_id);
  return absl::StrCat("het team ", name == facts_.team_names.end() ? team_id : name->second);
}

std::string ReasonText::Areas(const sop::Conditions& conditions) const {
  const auto name = [this](const std::string& area_id) {
    const auto found =
        std::find_if(sop_.areas.begin(), sop_.areas.end(),
                     [&](const sop::SopArea& area) { return area.area_id == area_id; });
    return Quoted(found == sop_.areas.end() ? area_id : found->name);
  };
  return Listed(Names(conditions.areas, name), "of");
}

std::string ReasonText::MenuChoices(const sop::Conditions& conditions) const {
  const auto name = [this](const std::string& key) {
    const auto found =
        std::find_if(sop_.menu.begin(), sop_.menu.end(),
                     [&](const sop::SopMenuChoice& choice) { return choice.key == key; });
    return found == sop_.menu.end() ? key : absl::StrCat(key, " ", Quoted(found->says));
  };
  return Listed(Names(conditions.menu, name), "of");
}

std::string ReasonText::WhatToDo(const sop::Agreement& then) const {
  switch (then.outcome) {
    case v1::OUTCOME_ANSWER:
      return "Het KCC beantwoordt dit zelf";
    case v1::OUTCOME_STEER:
      return SteerPhrase(then.steer_target);
    case v1::OUTCOME_TRANSFER:
      return absl::StrCat("Verbind de klant door met ", Team(then.team_id));
    case v1::OUTCOME_REJECT:
      return "Dit is acquisitie en geen vraag van een klant";
    default:
      return absl::StrCat("Dit gaat naar ", Team(then.team_id));
  }
}

std::string ReasonText::TopicCause(const sop::Conditions& conditions,
                                   const RoutingRequest& request) const {
  const sop::SopTopic* topic = table_.FindTopic(request.topic_id);
  if (topic == nullptr) return "";
  for (const std::string& named : conditions.topics) {
    if (!table_.IsWithin(topic->topic_id, named)) continue;
    if (named == topic->topic_id) return absl::StrCat("het thema is ", Quoted(topic->name));
    return absl::StrCat("het thema ", Quoted(topic->name), " hoort bij ",
                        Quoted(table_.FindTopic(named)->name));
  }
  return "";
}

std::string ReasonText::Causes(const sop::Conditions& conditions, const sop::Agreement& then,
                               const RoutingRequest& request) const {
  std::vector<std::string> causes;
  const auto add = [&causes](bool asked, const auto&... parts) {
    if (asked) causes.push_back(absl::StrCat(parts...));
  };
  add(!conditions.topics.empty(), TopicCause(conditions, request));
  add(!conditions.keywords.empty(), "in de vraag staat een trefwoord van deze afspraak");
  add(!conditions.channels.empty(), "het kanaal is ", ChannelName(request.channel));
  add(conditions.customer == sop::CustomerKind::kBusiness, "de klant is een bedrijf");
  add(conditions.customer == sop::CustomerKind::kResident, "de klant is een inwoner");
  add(conditions.urgency == sop::Urgency::kUrgent, "de vraag heeft spoed");
  add(conditions.urgency == sop::Urgency::kNormal, "de vraag heeft geen spoed");
  add(!conditions.areas.empty(), "de plek ligt in ", Areas(conditions));
  add(conditions.hours == sop::Hours::kOpen, Team(then.team_id), " is open");
  add(conditions.hours == sop::Hours::kClosed, Team(then.team_id), " is gesloten");
  add(!conditions.weekdays.empty(), "het is ", DayName(request.weekday));
  add(!conditions.municipalities.empty(), "de gemeente is ", request.municipality);
  add(!conditions.menu.empty(), "de beller koos in het menu ", MenuChoices(conditions));
  return Listed(std::move(causes), "en", kEveryName);
}

std::string ReasonText::WhyItApplies(const sop::SopRule& rule,
                                     const RoutingRequest& request) const {
  const std::string causes = rule.when.empty() ? "geen andere afspraak past bij deze vraag"
                                               : Causes(rule.when, rule.then, request);
  return absl::StrCat(WhatToDo(rule.then), ", want ", causes, ".");
}

std::string ReasonText::WhyItDoesNot(const sop::SopRule& rule, const RuleEvaluation& evaluation,
                                     const RoutingRequest& request) const {
  const sop::Conditions& when = rule.when;
  std::string why;
  const auto add = [&](uint32_t aspect, const auto&... parts) {
    if ((evaluation.failed & aspect) == 0) return;
    absl::StrAppend(&why, why.empty() ? "" : " ", parts..., ".");
  };
  if ((evaluation.failed & kByTopic) != 0) {
    const sop::SopTopic* topic = table_.FindTopic(request.topic_id);
    const auto name = [this](const std::string& id) { return Quoted(table_.FindTopic(id)->name); };
    add(kByTopic,
        topic == nullptr ? "Er is geen thema" : absl::StrCat("Het thema is ", Quoted(topic->name)),
        "; deze afspraak gaat over ", Listed(Names(when.topics, name), "of"));
  }
  add(kByKeyword, "Geen van de trefwoorden staat in de vraag");
  add(kByChannel, "Het kanaal is ", ChannelName(request.channel), "; deze afspraak is voor ",
      Listed(Names(when.channels, ChannelName), "of"));
  add(kByCustomer, request.is_business
                       ? "De klant is een bedrijf; deze afspraak is voor inwoners"
                       : "De klant is een inwoner; deze afspraak is voor bedrijven");
  add(kByUrgency, request.is_urgent
                      ? "De vraag heeft spoed; deze afspraak is voor vragen zonder spoed"
                      : "De vraag heeft geen spoed; deze afspraak is voor vragen met spoed");
  add(kByArea, "De plek ligt niet in ", Areas(when), ", of is niet bekend");
  if ((evaluation.failed & kByHours) != 0) {
    const bool for_open = when.hours == sop::Hours::kOpen;
    std::string team = Team(rule.then.team_id);
    team[0] = 'H';
    add(kByHours, team, for_open ? " is gesloten" : " is open", "; deze afspraak is voor als het ",
        for_open ? "open" : "gesloten", " is");
  }
  add(kByWeekday, "Het is ", DayName(request.weekday), "; deze afspraak is voor ",
      Listed(Names(when.weekdays, DayName), "of"));
  add(kByMunicipality, "Deze afspraak is voor de gemeente ", Listed(when.municipalities, "of"));
  add(kByMenu, "De beller koos niet ", MenuChoices(when), " in het menu");
  if ((evaluation.failed & kByException) != 0) {
    add(kByException, "Er geldt een uitzondering, want ",
        Causes(rule.unless[evaluation.exception], rule.then, request));
  }
  return why;
}

std::string WhyNoRule() { return "Geen enkele afspraak past bij deze vraag."; }

}  // namespace wissel::decision
