#include "services/router/propose/rule_induction.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace wissel::router {
namespace {

// Topics of one depth that have one team, of their own or in some place.
using Group = std::pair<int, int>;
using Places = std::vector<int>;

bool IsException(const TeamEstimator& estimator, int topic, int place) {
  return place != kNoPlace && estimator.At(topic, place).team != estimator.BaseTeam(topic);
}

std::vector<CandidateRule> TopicRules(const CaseHistory& history, const TeamEstimator& estimator,
                                      const std::vector<int>& depths, int rest) {
  std::map<Group, CandidateRule> rules;
  for (int topic = 0; topic < static_cast<int>(history.topics.size()); ++topic) {
    const int team = estimator.BaseTeam(topic);
    const int depth = depths[static_cast<size_t>(topic)];
    if (team == kNoTeam || (team == rest && depth == 0)) continue;
    CandidateRule& rule = rules[{depth, team}];
    rule.kind = CandidateRule::Kind::kTopic;
    rule.depth = depth;
    rule.team = team;
    rule.topics.push_back(topic);
    rule.gain += estimator.BaseGain(topic);
  }
  std::vector<CandidateRule> result;
  for (auto& [group, rule] : rules) result.push_back(std::move(rule));
  return result;
}

// Covers the places in which topics of one depth go to one team other than their own.
class Cover {
 public:
  Cover(const TeamEstimator& estimator, Group group) : estimator_(estimator), group_(group) {}

  void Add(int topic, int place) { left_[topic].insert(place); }

  // Rectangles, until nothing is left.
  std::vector<CandidateRule> Take() {
    std::set<Places> candidates;
    for (const auto& [topic, places] : left_) {
      candidates.emplace(places.begin(), places.end());
      for (const int place : places) candidates.insert({place});
    }
    std::vector<CandidateRule> rules;
    while (!left_.empty()) {
      CandidateRule best;
      for (const Places& places : candidates) {
        CandidateRule rule = Rectangle(places);
        if (!rule.topics.empty() && (best.topics.empty() || rule.gain > best.gain + 1e-12)) {
          best = std::move(rule);
        }
      }
      Remove(best);
      rules.push_back(std::move(best));
    }
    return rules;
  }

 private:
  // `places` for every topic that has the team in all of them and gains by it.
  CandidateRule Rectangle(const Places& places) const {
    CandidateRule rule{CandidateRule::Kind::kPlace, group_.first, {}, places, {}, group_.second, 0};
    for (const auto& [topic, left] : left_) {
      const bool fits = std::all_of(places.begin(), places.end(), [&, t = topic](int place) {
        return estimator_.At(t, place).team == group_.second;
      });
      if (!fits) continue;
      bool helps = false;
      for (const int place : places) {
        if (!left.contains(place)) continue;
        helps = true;
        rule.gain += estimator_.At(topic, place).gain;
      }
      if (helps) rule.topics.push_back(topic);
    }
    return rule;
  }

  void Remove(const CandidateRule& rule) {
    for (const int topic : rule.topics) {
      const auto left = left_.find(topic);
      for (const int place : rule.places) left->second.erase(place);
      if (left->second.empty()) left_.erase(left);
    }
  }

  const TeamEstimator& estimator_;
  const Group group_;
  std::map<int, std::set<int>> left_;
};

std::vector<CandidateRule> PlaceRules(const CaseHistory& history, const TeamEstimator& estimator,
                                      const std::vector<int>& depths) {
  std::map<Group, Cover> covers;
  for (int topic = 0; topic < static_cast<int>(history.topics.size()); ++topic) {
    for (int place = 0; place < static_cast<int>(history.places.size()); ++place) {
      if (!IsException(estimator, topic, place)) continue;
      const Group group{depths[static_cast<size_t>(topic)], estimator.At(topic, place).team};
      covers.try_emplace(group, estimator, group).first->second.Add(topic, place);
    }
  }
  std::vector<CandidateRule> result;
  for (auto& [group, cover] : covers) {
    for (CandidateRule& rule : cover.Take()) result.push_back(std::move(rule));
  }
  return result;
}

// What a channel of a topic did, over all places.
struct ChannelCases {
  std::map<int, double> by_team;
  // Taken by the team that the place asks for.
  double as_estimated = 0;
};

std::vector<CandidateRule> ChannelRules(const CaseHistory& history, const TeamEstimator& estimator,
                                        const std::vector<int>& depths) {
  std::map<std::pair<int, int>, ChannelCases> seen;
  for (const HistoryRow& row : history.rows) {
    ChannelCases& cases = seen[{row.topic, static_cast<int>(row.channel)}];
    cases.by_team[row.team] += row.cases;
    if (estimator.At(row.topic, row.place).team == row.team) cases.as_estimated += row.cases;
  }
  std::map<std::pair<Group, int>, CandidateRule> rules;
  for (const auto& [topic_channel, cases] : seen) {
    const auto& [topic, channel] = topic_channel;
    if (channel == common::v1::CHANNEL_UNSPECIFIED) continue;
    const auto best =
        std::max_element(cases.by_team.begin(), cases.by_team.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    // Two standard deviations of the difference, if there were none.
    const double more = best->second - cases.as_estimated;
    if (more <= 2 * std::sqrt(best->second + cases.as_estimated)) continue;
    const int depth = depths[static_cast<size_t>(topic)];
    CandidateRule& rule = rules[{{depth, best->first}, channel}];
    rule.kind = CandidateRule::Kind::kChannel;
    rule.depth = depth;
    rule.topics.push_back(topic);
    rule.channel = static_cast<common::v1::Channel>(channel);
    rule.team = best->first;
    rule.gain += more;
  }
  std::vector<CandidateRule> result;
  for (auto& [key, rule] : rules) result.push_back(std::move(rule));
  return result;
}

}  // namespace

std::vector<CandidateRule> InduceRules(const CaseHistory& history, const TeamEstimator& estimator,
                                       const std::vector<int>& depths, int rest,
                                       double least_gain) {
  std::vector<CandidateRule> rules = TopicRules(history, estimator, depths, rest);
  for (CandidateRule& rule : PlaceRules(history, estimator, depths)) {
    rules.push_back(std::move(rule));
  }
  for (CandidateRule& rule : ChannelRules(history, estimator, depths)) {
    rules.push_back(std::move(rule));
  }
  rules.erase(std::remove_if(rules.begin(), rules.end(),
                             [&](const CandidateRule& rule) {
                               return rule.kind != CandidateRule::Kind::kTopic &&
                                      rule.gain < least_gain;
                             }),
              rules.end());
  std::stable_sort(rules.begin(), rules.end(),
                   [](const CandidateRule& a, const CandidateRule& b) { return a.gain > b.gain; });
  return rules;
}

}  // namespace wissel::router
