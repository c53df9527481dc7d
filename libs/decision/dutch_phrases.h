// Small Dutch words and how they are strung together. Pure.

#ifndef WISSEL_LIBS_DECISION_DUTCH_PHRASES_H_
#define WISSEL_LIBS_DECISION_DUTCH_PHRASES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

// "telefoon"
absl::string_view ChannelName(common::v1::Channel channel);

// "maandag" for 0.
absl::string_view DayName(int weekday);

// "‘naam’"
std::string Quoted(absl::string_view name);

inline constexpr size_t kMostNames = 4;
inline constexpr size_t kEveryName = static_cast<size_t>(-1);

// "a", "a en b", "a, b en c" with last word "en"; more than `most` end in "en 3 andere".
std::string Listed(std::vector<std::string> names, absl::string_view last_word,
                   size_t most = kMostNames);

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_DUTCH_PHRASES_H_
