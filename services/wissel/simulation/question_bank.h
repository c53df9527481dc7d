// What residents of a Dutch municipality ask: topics as the national list of products (UPL) names
// them, how often each is asked about in which month, and in which words. All of it is made up.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_QUESTION_BANK_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_QUESTION_BANK_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wissel::simulation {

// A question in one set of words; `{straat}` stands for the name of a street.
struct QuestionWords {
  const char* subject;
  const char* text;
};

// A topic that many municipalities have.
struct KnownTopic {
  const char* topic_id;
  const char* name;
  // Last part of its address in the UPL; empty for a topic of no product.
  const char* upl;
  // Questions about it in a thousand, in a month as all others.
  double weight;
  // For January to December: 5 is as often as usual, 9 nearly twice, 1 a fifth.
  const char* months;
  // The last ones may be missing.
  QuestionWords words[3];
};

absl::Span<const KnownTopic> KnownTopics();

// Null: no topic is known by this id.
const KnownTopic* FindKnownTopic(absl::string_view topic_id);

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_QUESTION_BANK_H_
