#include "services/router/propose/case_history.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "absl/strings/ascii.h"

namespace wissel::router {
namespace {

constexpr size_t kMostNameBytes = 80;

bool IsName(const std::string& name) {
  return !name.empty() && name.size() <= kMostNameBytes &&
         std::none_of(name.begin(), name.end(), [](char c) { return absl::ascii_iscntrl(c); });
}

// Empty for kNoArea, which so comes first.
std::string AreaKey(const PastCase& past) {
  if (IsName(past.neighbourhood)) return "n" + absl::AsciiStrToLower(past.neighbourhood);
  const std::string district = past.postcode.substr(0, 4);
  const bool sound = district.size() == 4 && district[0] != '0' &&
                     std::all_of(district.begin(), district.end(), absl::ascii_isdigit);
  return sound ? "d" + district : "";
}

bool IsUsable(const PastCase& past) {
  return past.cases > 0 && IsName(past.topic_id) && IsName(past.team_id);
}

// Index in the alphabetical order of `names`.
std::map<std::string, int> Numbered(const std::set<std::string>& names) {
  std::map<std::string, int> numbers;
  for (const std::string& name : names) numbers.emplace(name, static_cast<int>(numbers.size()));
  return numbers;
}

}  // namespace

CaseHistory MakeCaseHistory(absl::Span<const PastCase> cases) {
  std::set<std::string> topics;
  std::set<std::string> teams;
  // By key, each way of writing with its cases.
  std::map<std::string, std::map<std::string, int64_t>> areas = {{"", {}}};
  for (const PastCase& past : cases) {
    if (!IsUsable(past)) continue;
    topics.insert(past.topic_id);
    teams.insert(past.team_id);
    areas[AreaKey(past)][past.neighbourhood] += past.cases;
  }
  CaseHistory history{{topics.begin(), topics.end()}, {teams.begin(), teams.end()}, {}, {}};
  std::set<std::string> area_keys;
  for (const auto& [key, spellings] : areas) {
    area_keys.insert(key);
    Area& area = history.areas.emplace_back();
    if (key.empty()) continue;
    if (key[0] == 'd') {
      area.district = key.substr(1);
      continue;
    }
    area.neighbourhood =
        std::max_element(spellings.begin(), spellings.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        })->first;
  }

  const std::map<std::string, int> topic_numbers = Numbered(topics);
  const std::map<std::string, int> team_numbers = Numbered(teams);
  const std::map<std::string, int> area_numbers = Numbered(area_keys);
  using Alike = std::tuple<absl::CivilDay, int, int, int, int>;
  std::map<Alike, int64_t> counts;
  for (const PastCase& past : cases) {
    if (!IsUsable(past)) continue;
    counts[{past.day, topic_numbers.at(past.topic_id), area_numbers.at(AreaKey(past)),
            static_cast<int>(past.channel), team_numbers.at(past.team_id)}] += past.cases;
  }
  for (const auto& [alike, count] : counts) {
    const auto& [day, topic, area, channel, team] = alike;
    history.rows.push_back({day, static_cast<common::v1::Channel>(channel), topic, area, team,
                            static_cast<double>(count)});
  }
  return history;
}

absl::Span<const HistoryRow> PartOf(const CaseHistory& history, double from, double to) {
  double all = 0;
  for (const HistoryRow& row : history.rows) all += row.cases;
  double before = 0;
  size_t begin = 0;
  size_t end = 0;
  for (const HistoryRow& row : history.rows) {
    if (before < from * all) ++begin;
    if (before < to * all) ++end;
    before += row.cases;
  }
  return absl::MakeConstSpan(history.rows).subspan(begin, end - begin);
}

}  // namespace wissel::router
