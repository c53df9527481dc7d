#include "libs/verify/finding_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/decision/dutch_phrases.h"

namespace wissel::verify {
namespace {

std::vector<std::string> Ticked(const std::vector<std::string>& words) {
  std::vector<std::string> ticked;
  for (const std::string& word : words) ticked.push_back(absl::StrCat("`", word, "`"));
  return ticked;
}

std::string TopicInWords(const sop::Sop& sop, const std::string& topic_id) {
  if (topic_id.empty()) return "zonder onderwerp uit de lijst";
  const auto topic = std::find_if(sop.topics.begin(), sop.topics.end(),
                                  [&](const sop::SopTopic& t) { return t.topic_id == topic_id; });
  return absl::StrCat("over ‘", topic == sop.topics.end() ? topic_id : topic->name, "’");
}

// ", in ..." and ", na toets ...".
std::string PlaceInWords(const Example& example) {
  std::string words;
  if (!example.neighbourhood.empty()) absl::StrAppend(&words, ", in ", example.neighbourhood);
  if (!example.postcode.empty()) absl::StrAppend(&words, ", in postcode ", example.postcode);
  if (!example.municipality.empty()) {
    absl::StrAppend(&words, ", in gemeente ", example.municipality);
  }
  if (!example.menu_key.empty()) {
    absl::StrAppend(&words, ", na toets ", example.menu_key, " in het menu");
  }
  return words;
}

}  // namespace

absl::string_view ChannelText(common::v1::Channel channel) {
  switch (channel) {
    case common::v1::CHANNEL_PHONE:
      return "de telefoon";
    case common::v1::CHANNEL_CALLBACK:
      return "een terugbelverzoek";
    case common::v1::CHANNEL_EMAIL:
      return "e-mail";
    case common::v1::CHANNEL_FORM:
      return "het formulier";
    case common::v1::CHANNEL_CHAT:
      return "de chat";
    case common::v1::CHANNEL_SOCIAL:
      return "sociale media";
    case common::v1::CHANNEL_COUNTER:
      return "de balie";
    case common::v1::CHANNEL_POST:
      return "de post";
    case common::v1::CHANNEL_INTERNAL:
      return "een collega";
    default:
      return "elk kanaal";
  }
}

std::string TimeText(int minute) {
  return absl::StrFormat("%d.%02d uur", minute / 60, minute % 60);
}

std::string RulesText(const std::vector<std::string>& rule_ids) {
  return absl::StrCat(rule_ids.size() == 1 ? "afspraak " : "de afspraken ",
                      decision::Listed(Ticked(rule_ids), "en"));
}

std::string ExampleText(const sop::Sop& sop, const Example& example) {
  std::string words = "Een ";
  if (example.urgency) {
    absl::StrAppend(&words, *example.urgency == sop::Urgency::kUrgent ? "dringende " : "gewone ");
  }
  absl::StrAppend(&words, "vraag ");
  if (example.customer) {
    absl::StrAppend(&words, "van een ",
                    *example.customer == sop::CustomerKind::kBusiness ? "bedrijf " : "inwoner ");
  }
  absl::StrAppend(&words, "via ", ChannelText(example.channel), ", ",
                  TopicInWords(sop, example.topic_id), PlaceInWords(example), ", op ",
                  decision::DayName(example.weekday), " om ", TimeText(example.minute));
  if (example.closed_day) absl::StrAppend(&words, " op een gesloten dag");
  if (!example.with_keywords.empty()) {
    absl::StrAppend(&words, ", met ", decision::Listed(Ticked(example.with_keywords), "en"),
                    " in de tekst");
  }
  return absl::StrCat(words, ".");
}

}  // namespace wissel::verify
