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

bool IsException(const Forecast& forecast, int topic, int place) {
  return place != kNoPlace && forecast.At(topic, place).team != forecast.BaseTeam(topic);
}

std::vector<RuleDraft> TopicRules(const History& history, const Forecast& forecast,
                                  const std::vector<int>& depths, int rest) {
  std::map<Group, RuleDraft> rules;
  for (int topic = 0; topic < static_cast<int>(history.topics.size()); ++topic) {
    const int team = forecast.BaseTeam(topic);
    const int depth = depths[static_cast<size_t>(topic)];
    if (team == kNoTeam || (team == rest && depth == 0)) continue;
    RuleDraft& rule = rules[{depth, team}];
    rule.kind = RuleDraft::Kind::kTopic;
    rule.depth = depth;
    rule.team = team;
    rule.topics.push_back(topic);
    rule.gain += forecast.BaseGain(topic);
  }
  std::vector<RuleDraft> result;
  for (auto& [group, rule] : rules) result.push_back(std::move(rule));
  return result;
}

// Covers the places in which topics of one depth go to one team other than their own.
class Cover {
 public:
  Cover(const Forecast& forecast, Group group) : forecast_(forecast), group_(group) {}

  void Add(int topic, int place) { left_[topic].insert(place); }

  // Rectangles, until nothing is left.
  std::vector<RuleDraft> Take() {
    std::set<Places> candidates;
    for (const auto& [topic, places] : left_) {
      candidates.emplace(places.begin(), places.end());
      for (const int place : places) candidates.insert({place});
    }
    std::vector<RuleDraft> rules;
    while (!left_.empty()) {
      RuleDraft best;
      for (const Places& places : candidates) {
        RuleDraft rule = Rectangle(places);
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
  RuleDraft Rectangle(const Places& places) const {
    RuleDraft rule{RuleDraft::Kind::kPlace, group_.first, {}, places, {}, group_.second, 0};
    for (const auto& [topic, left] : left_) {
      const bool fits = std::all_of(places.begin(), places.end(), [&, t = topic](int place) {
        return forecast_.At(t, place).team == group_.second;
      });
      if (!fits) continue;
      bool helps = false;
      for (const int place : places) {
        if (!left.contains(place)) continue;
        helps = true;
        rule.gain += forecast_.At(topic, place).gain;
      }
      if (helps) rule.topics.push_back(topic);
    }
    return rule;
  }

  void Remove(const RuleDraft& rule) {
    for (const int topic : rule.topics) {
      const auto left = left_.find(topic);
      for (const int place : rule.places) left->second.erase(place);
      if (left->second.empty()) left_.erase(left);
    }
  }

  const Forecast& forecast_;
  const Group group_;
  std::map<int, std::set<int>> left_;
};

std::vector<RuleDraft> PlaceRules(const History& history, const Forecast& forecast,
                                  const std::vector<int>& depths) {
  std::map<Group, Cover> covers;
  for (int topic = 0; topic < static_cast<int>(history.topics.size()); ++topic) {
    for (int place = 0; place < static_cast<int>(history.places.size()); ++place) {
      if (!IsException(forecast, topic, place)) continue;
      const Group group{depths[static_cast<size_t>(topic)], forecast.At(topic, place).team};
      covers.try_emplace(group, forecast, group).first->second.Add(topic, place);
    }
  }
  std::vector<RuleDraft> result;
  for (auto& [group, cover] : covers) {
    for (RuleDraft& rule : cover.Take()) result.push_back(std::move(rule));
  }
  return result;
}

// What a channel of a topic did, over all places.
struct ChannelCases {
  std::map<int, double> by_team;
  // Taken by the team that the place asks for.
  double as_forecast = 0;
};

std::vector<RuleDraft> ChannelRules(const History& history, const Forecast& forecast,
                                    const std::vector<int>& depths) {
  std::map<std::pair<int, int>, ChannelCases> seen;
  for (const HistoryRow& row : history.rows) {
    ChannelCases& cases = seen[{row.topic, static_cast<int>(row.channel)}];
    cases.by_team[row.team] += row.cases;
    if (forecast.At(row.topic, row.place).team == row.team) cases.as_forecast += row.cases;
  }
  std::map<std::pair<Group, int>, RuleDraft> rules;
  for (const auto& [topic_channel, cases] : seen) {
    const auto& [topic, channel] = topic_channel;
    if (channel == common::v1::CHANNEL_UNSPECIFIED) continue;
    const auto best =
        std::max_element(cases.by_team.begin(), cases.by_team.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    // Two standard deviations of the difference, if there were none.
    const double more = best->second - cases.as_forecast;
    if (more <= 2 * std::sqrt(best->second + cases.as_forecast)) continue;
    const int depth = depths[static_cast<size_t>(topic)];
    RuleDraft& rule = rules[{{depth, best->first}, channel}];
    rule.kind = RuleDraft::Kind::kChannel;
    rule.depth = depth;
    rule.topics.push_back(topic);
    rule.channel = static_cast<Channel>(channel);
    rule.team = best->first;
    rule.gain += more;
  }
  std::vector<RuleDraft> result;
  for (auto& [key, rule] : rules) result.push_back(std::move(rule));
  return result;
}

}  // namespace

std::vector<RuleDraft> FindRules(const History& history, const Forecast& forecast,
                                 const std::vector<int>& depths, int rest, double least_gain) {
  std::vector<RuleDraft> rules = TopicRules(history, forecast, depths, rest);
  for (RuleDraft& rule : PlaceRules(history, forecast, depths)) rules.push_back(std::move(rule));
  for (RuleDraft& rule : ChannelRules(history, forecast, depths)) rules.push_back(std::move(rule));
  rules.erase(std::remove_if(rules.begin(), rules.end(),
                             [&](const RuleDraft& rule) {
                               return rule.kind != RuleDraft::Kind::kTopic &&
                                      rule.gain < least_gain;
                             }),
              rules.end());
  std::stable_sort(rules.begin(), rules.end(),
                   [](const RuleDraft& a, const RuleDraft& b) { return a.gain > b.gain; });
  return rules;
}

}  // namespace wissel::router
