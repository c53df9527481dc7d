#include "services/router/propose/contradictions.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace wissel::router {
namespace {

constexpr int64_t kFewestCases = 10;
constexpr double kLeastShare = 0.2;

// Most cases first; of equals the first by name.
void MostFirst(std::vector<std::pair<std::string, int64_t>>* teams) {
  std::stable_sort(teams->begin(), teams->end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
}

int64_t AllCases(const Contradiction& contradiction) {
  int64_t all = 0;
  for (const auto& [team, cases] : contradiction.teams) all += cases;
  return all;
}

}  // namespace

std::vector<Contradiction> FindContradictions(const CaseHistory& history,
                                              const std::vector<CandidateRule>& rules) {
  std::set<int> by_area;
  std::set<int> by_channel;
  for (const CandidateRule& rule : rules) {
    if (rule.kind == CandidateRule::Kind::kArea) {
      by_area.insert(rule.topics.begin(), rule.topics.end());
    }
    if (rule.kind == CandidateRule::Kind::kChannel) {
      by_channel.insert(rule.topics.begin(), rule.topics.end());
    }
  }
  // Topic, area, channel -> team -> cases.
  std::map<std::tuple<int, int, int>, std::map<int, int64_t>> cells;
  for (const HistoryRow& row : history.rows) {
    const int area = by_area.contains(row.topic) ? row.area : kNoArea;
    const int channel = by_channel.contains(row.topic) ? static_cast<int>(row.channel) : 0;
    cells[{row.topic, area, channel}][row.team] += static_cast<int64_t>(row.cases);
  }
  std::vector<Contradiction> found;
  for (const auto& [cell, teams] : cells) {
    const auto& [topic, area, channel] = cell;
    const Area& where = history.areas[static_cast<size_t>(area)];
    Contradiction contradiction{history.topics[static_cast<size_t>(topic)],
                                where.neighbourhood + where.district,
                                static_cast<common::v1::Channel>(channel),
                                {}};
    for (const auto& [team, cases] : teams) {
      contradiction.teams.emplace_back(history.teams[static_cast<size_t>(team)], cases);
    }
    MostFirst(&contradiction.teams);
    const int64_t all = AllCases(contradiction);
    if (all < kFewestCases || contradiction.teams.size() < 2) continue;
    const double second = static_cast<double>(contradiction.teams[1].second);
    if (second >= kLeastShare * static_cast<double>(all)) found.push_back(std::move(contradiction));
  }
  std::stable_sort(found.begin(), found.end(), [](const Contradiction& a, const Contradiction& b) {
    return AllCases(a) > AllCases(b);
  });
  return found;
}

}  // namespace wissel::router
