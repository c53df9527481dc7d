// Which open cases may be the same question of the same customer. Rules on plain values.

#ifndef WISSEL_SERVICES_CASES_QUESTIONS_OPEN_QUESTIONS_H_
#define WISSEL_SERVICES_CASES_QUESTIONS_OPEN_QUESTIONS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/routing/v1/routing.pb.h"

namespace wissel::cases {

// At most so many are suggested.
inline constexpr size_t kMostSuggested = 5;

// How topics lie below each other.
class TopicTree {
 public:
  // No topic is below another one.
  TopicTree() = default;
  explicit TopicTree(const routing::v1::ListTopicsResponse& topics);

  // The same topic, one above or below the other, or none on one side: it may be about anything.
  bool AreClose(absl::string_view one, absl::string_view other) const;

 private:
  bool IsBelow(absl::string_view topic, absl::string_view ancestor) const;

  // By topic.
  absl::flat_hash_map<std::string, std::string> parents_;
};

// Those of `found` with a topic close to `topic_id`, with `same_topic` set, the surest first: a
// number or address before a name, then the same topic, then more that matches, then the latest.
std::vector<v1::OpenQuestion> Suggest(std::vector<v1::OpenQuestion> found,
                                      absl::string_view topic_id, const TopicTree& topics);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUESTIONS_OPEN_QUESTIONS_H_
