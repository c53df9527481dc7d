#include "services/router/reason.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wissel::router {
namespace {

constexpr size_t kMostNames = 4;

absl::string_view ChannelName(Channel channel) {
  switch (channel) {
    case common::v1::CHANNEL_PHONE:
      return "telefoon";
    case common::v1::CHANNEL_CALLBACK:
      return "terugbelverzoek";
    case common::v1::CHANNEL_EMAIL:
      return "e-mail";
    case common::v1::CHANNEL_FORM:
      return "webformulier";
    case common::v1::CHANNEL_CHAT:
      return "chat";
    case common::v1::CHANNEL_SOCIAL:
      return "sociale media";
    case common::v1::CHANNEL_COUNTER:
      return "balie";
    case common::v1::CHANNEL_POST:
      return "post";
    case common::v1::CHANNEL_INTERNAL:
      return "een collega";
    default:
      return "onbekend";
  }
}

std::string Quoted(absl::string_view name) { return absl::StrCat("‘", name, "’"); }

// "a", "a en b", "a, b en c"; a long list ends in "en 3 andere".
std::string Listed(std::vector<std::string> names, absl::string_view last_word) {
  if (names.size() > kMostNames) {
    const size_t more = names.size() - kMostNames;
    names.resize(kMostNames);
    return absl::StrCat(absl::StrJoin(names, ", "), " ", last_word, " ", more, " andere");
  }
  if (names.empty()) return "";
  if (names.size() == 1) return names.front();
  const std::string last = names.back();
  names.pop_back();
  return absl::StrCat(absl::StrJoin(names, ", "), " ", last_word, " ", last);
}

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

std::string WhatToDo(const Agreement& then) {
  switch (then.outcome) {
    case v1::OUTCOME_ANSWER:
      return "Het KCC beantwoordt dit zelf";
    case v1::OUTCOME_STEER:
      return SteerPhrase(then.steer_target);
    case v1::OUTCOME_TRANSFER:
      return absl::StrCat("Verbind de klant door met het team ", then.team_id);
    case v1::OUTCOME_REJECT:
      return "Dit is acquisitie en geen vraag van een klant";
    default:
      return absl::StrCat("Dit gaat naar het team ", then.team_id);
  }
}

}  // namespace

std::string WhyItApplies(const SopRule& rule, Channel channel, const SopTopic* topic,
                         const SopTopic* through) {
  std::vector<std::string> causes;
  if (topic != nullptr && through != nullptr) {
    causes.push_back(topic == through ? absl::StrCat("het thema is ", Quoted(topic->name))
                                      : absl::StrCat("het thema ", Quoted(topic->name),
                                                     " hoort bij ", Quoted(through->name)));
  }
  if (!rule.when.keywords.empty()) {
    causes.push_back("in de vraag staat een trefwoord van deze afspraak");
  }
  if (!rule.when.channels.empty()) {
    causes.push_back(absl::StrCat("het kanaal is ", ChannelName(channel)));
  }
  if (rule.when.customer.has_value()) {
    causes.push_back(*rule.when.customer == CustomerKind::kBusiness ? "de klant is een bedrijf"
                                                                    : "de klant is een inwoner");
  }
  if (causes.empty()) causes.push_back("geen andere afspraak past bij deze vraag");
  return absl::StrCat(WhatToDo(rule.then), ", want ", Listed(std::move(causes), "en"), ".");
}

RuleWords WordsOf(const Sop& sop, const SopRule& rule) {
  std::vector<std::string> topics;
  for (const std::string& topic_id : rule.when.topics) {
    const auto found =
        std::find_if(sop.topics.begin(), sop.topics.end(),
                     [&](const SopTopic& topic) { return topic.topic_id == topic_id; });
    topics.push_back(Quoted(found == sop.topics.end() ? topic_id : found->name));
  }
  std::vector<std::string> channels;
  for (const Channel channel : rule.when.channels) channels.emplace_back(ChannelName(channel));
  return {.topics = Listed(std::move(topics), "of"), .channels = Listed(std::move(channels), "of")};
}

std::string WhyItDoesNot(const SopRule& rule, const RuleWords& words, const Verdict& verdict,
                         Channel channel, const SopTopic* topic) {
  std::string why;
  const auto add = [&why](const auto&... parts) {
    absl::StrAppend(&why, why.empty() ? "" : " ", parts...);
  };
  if (!verdict.topic && topic == nullptr) {
    add("Er is geen thema; deze afspraak gaat over ", words.topics, ".");
  } else if (!verdict.topic) {
    add("Het thema is ‘", topic->name, "’; deze afspraak gaat over ", words.topics, ".");
  }
  if (!verdict.keyword) add("Geen van de trefwoorden staat in de vraag.");
  if (!verdict.channel) {
    add("Het kanaal is ", ChannelName(channel), "; deze afspraak is voor ", words.channels, ".");
  }
  if (!verdict.customer) {
    add(*rule.when.customer == CustomerKind::kBusiness
            ? "De klant is een inwoner; deze afspraak is voor bedrijven."
            : "De klant is een bedrijf; deze afspraak is voor inwoners.");
  }
  return why;
}

}  // namespace wissel::router
