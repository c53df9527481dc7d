// The words of the SOP document for the values of the model, for reading and writing alike.

#ifndef WISSEL_LIBS_SOP_SOP_VOCABULARY_H_
#define WISSEL_LIBS_SOP_SOP_VOCABULARY_H_

#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/sop/sop.h"

namespace wissel::sop {

// Each word with its value, in the order in which messages list them.
template <typename Value>
using Words = std::vector<std::pair<absl::string_view, Value>>;

const Words<Channel>& ChannelWords();
const Words<v1::Outcome>& OutcomeWords();
const Words<v1::SteerTarget>& TargetWords();
const Words<CustomerKind>& CustomerWords();
const Words<Urgency>& UrgencyWords();
const Words<Hours>& HoursWords();
// Of weekdays; 0 is Monday.
const Words<int>& DayWords();

// The word for `value`; empty if there is none.
template <typename Value>
absl::string_view WordFor(const Words<Value>& words, Value value) {
  for (const auto& [word, known] : words) {
    if (known == value) return word;
  }
  return {};
}

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_SOP_VOCABULARY_H_
