#include "libs/decision/dutch_phrases.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wissel::decision {

absl::string_view ChannelName(common::v1::Channel channel) {
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

absl::string_view DayName(int weekday) {
  static constexpr absl::string_view kNames[] = {"maandag", "dinsdag",  "woensdag", "donderdag",
                                                 "vrijdag", "zaterdag", "zondag"};
  return weekday >= 0 && weekday < 7 ? kNames[weekday] : "onbekend";
}

std::string Quoted(absl::string_view name) { return absl::StrCat("‘", name, "’"); }

std::string Listed(std::vector<std::string> names, absl::string_view last_word, size_t most) {
  if (names.size() > most) {
    const size_t more = names.size() - most;
    names.resize(most);
    return absl::StrCat(absl::StrJoin(names, ", "), " ", last_word, " ", more, " andere");
  }
  if (names.empty()) return "";
  if (names.size() == 1) return names.front();
  const std::string last = names.back();
  names.pop_back();
  return absl::StrCat(absl::StrJoin(names, ", "), " ", last_word, " ", last);
}

}  // namespace wissel::decision
