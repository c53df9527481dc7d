#include "services/cases/questions/open_questions.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "libs/base/proto_time.h"

namespace wissel::cases {
namespace {

// Larger is surer.
auto SurenessOf(const v1::OpenQuestion& question) {
  const bool by_address = std::any_of(
      question.matches().begin(), question.matches().end(),
      [](int kind) { return kind == v1::MATCH_KIND_PHONE || kind == v1::MATCH_KIND_EMAIL; });
  return std::make_tuple(by_address, question.same_topic(), question.matches_size(),
                         FromProto(question.case_().received_at()), question.case_().reference());
}

}  // namespace

TopicTree::TopicTree(const routing::v1::ListTopicsResponse& topics) {
  for (const routing::v1::Topic& topic : topics.topics()) {
    if (!topic.parent().empty()) parents_[topic.topic_id()] = topic.parent();
  }
}

bool TopicTree::IsBelow(absl::string_view topic, absl::string_view ancestor) const {
  // No path is longer than the number of steps that there are.
  auto step = parents_.find(topic);
  for (size_t steps = 0; step != parents_.end() && steps < parents_.size(); ++steps) {
    if (step->second == ancestor) return true;
    step = parents_.find(step->second);
  }
  return false;
}

bool TopicTree::AreClose(absl::string_view one, absl::string_view other) const {
  return one == other || one.empty() || other.empty() || IsBelow(one, other) || IsBelow(other, one);
}

std::vector<v1::OpenQuestion> Suggest(std::vector<v1::OpenQuestion> found,
                                      absl::string_view topic_id, const TopicTree& topics) {
  std::erase_if(found, [&](const v1::OpenQuestion& question) {
    return !topics.AreClose(question.case_().topic_id(), topic_id);
  });
  for (v1::OpenQuestion& question : found) {
    question.set_same_topic(!topic_id.empty() && question.case_().topic_id() == topic_id);
  }
  std::sort(found.begin(), found.end(), [](const v1::OpenQuestion& a, const v1::OpenQuestion& b) {
    return SurenessOf(a) > SurenessOf(b);
  });
  if (found.size() > kMostSuggested) found.resize(kMostSuggested);
  return found;
}

}  // namespace wissel::cases
