#include "services/wissel/simulation/question_bank.h"

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/wissel/simulation/question_tables.h"

namespace wissel::simulation {

absl::Span<const KnownTopic> KnownTopics() {
  static const auto* const topics = [] {
    auto* all = new std::vector<KnownTopic>;
    for (const auto& part : {QuestionsOfPeople(), QuestionsOfTheTown()}) {
      all->insert(all->end(), part.begin(), part.end());
    }
    return all;
  }();
  return *topics;
}

const KnownTopic* FindKnownTopic(absl::string_view topic_id) {
  static const auto* const by_id = [] {
    auto* map = new absl::flat_hash_map<absl::string_view, const KnownTopic*>;
    for (const KnownTopic& topic : KnownTopics()) map->emplace(topic.topic_id, &topic);
    return map;
  }();
  const auto found = by_id->find(topic_id);
  return found == by_id->end() ? nullptr : found->second;
}

}  // namespace wissel::simulation
