#include "services/router/propose/rule_induction.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace wissel::router {
namespace {

// Topics of one depth that have one team, of their own or in some area.
using Group = std::pair<int, int>;
using Areas = std::vector<int>;

bool IsException(const TeamEstimator& estimator, int topic, int area) {
  return area != kNoArea && estimator.At(topic, area).team != estimator.BaseTeam(topic);
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

// Covers the areas in which topics of one depth go to one team other than their own.
class Cover {
 public:
  Cover(const TeamEstimator& estimator, Group group) : estimator_(estimator), group_(group) {}

  void Add(int topic, int area) { left_[topic].insert(area); }

  // Rectangles, until nothing is left.
  std::vector<CandidateRule> Take() {
    std::set<Areas> candidates;
    for (const auto& [topic, areas] : left_) {
      candidates.emplace(areas.begin(), areas.end());
      for (const int area : areas) candidates.insert({area});
    }
    std::vector<CandidateRule> rules;
    while (!left_.empty()) {
      CandidateRule best;
      for (const Areas& areas : candidates) {
        CandidateRule rule = Rectangle(areas);
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
  // `areas` for every topic that has the team in all of them and gains by it.
  CandidateRule Rectangle(const Areas& areas) const {
    CandidateRule rule{CandidateRule::Kind::kArea, group_.first, {}, areas, {}, group_.second, 0};
    for (const auto& [topic, left] : left_) {
      const bool fits = std::all_of(areas.begin(), areas.end(), [&, t = topic](int area) {
        return estimator_.At(t, area).team == group_.second;
      });
      if (!fits) continue;
      bool helps = false;
      for (const int area : areas) {
        if (!left.contains(area)) continue;
        helps = true;
        rule.gain += estimator_.At(topic, area).gain;
      }
      if (helps) rule.topics.push_back(topic);
    }
    return rule;
  }

  void Remove(const CandidateRule& rule) {
    for (const int topic : rule.topics) {
      const auto left = left_.find(topic);
      for (const int area : rule.areas) left->second.erase(area);
      if (left->second.empty()) left_.erase(left);
    }
  }

  const TeamEstimator& estimator_;
  const Group group_;
  std::map<int, std::set<int>> left_;
};

std::vector<CandidateRule> AreaRules(const CaseHistory& history, const TeamEstimator& estimator,
                                     const std::vector<int>& depths) {
  std::map<Group, Cover> covers;
  for (int topic = 0; topic < static_cast<int>(history.topics.size()); ++topic) {
    for (int area = 0; area < static_cast<int>(history.areas.size()); ++area) {
      if (!IsException(estimator, topic, area)) continue;
      const Group group{depths[static_cast<size_t>(topic)], estimator.At(topic, area).team};
      covers.try_emplace(group, estimator, group).first->second.Add(topic, area);
    }
  }
  std::vector<CandidateRule> result;
  for (auto& [group, cover] : covers) {
    for (CandidateRule& rule : cover.Take()) result.push_back(std::move(rule));
  }
  return result;
}

// What a channel of a topic did, over all areas.
struct ChannelCases {
  std::map<int, double> by_team;
  // Taken by the team that the area asks for.
  double as_estimated = 0;
};

std::vector<CandidateRule> ChannelRules(const CaseHistory& history, const TeamEstimator& estimator,
                                        const std::vector<int>& depths) {
  std::map<std::pair<int, int>, ChannelCases> seen;
  for (const HistoryRow& row : history.rows) {
    ChannelCases& cases = seen[{row.topic, static_cast<int>(row.channel)}];
    cases.by_team[row.team] += row.cases;
    if (estimator.At(row.topic, row.area).team == row.team) cases.as_estimated += row.cases;
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
  for (CandidateRule& rule : AreaRules(history, estimator, depths)) {
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
