#include "services/router/propose/team_estimator.h"

#include <algorithm>
#include <cmath>

namespace wissel::router {
namespace {

struct TeamShare {
  int team = 0;
  double share = 0;
};

// Cases of a topic, in one area or all.
struct Cell {
  // By team; shares of `cases`.
  std::vector<TeamShare> teams;
  double cases = 0;

  void Add(int team, double more) {
    auto at = std::lower_bound(teams.begin(), teams.end(), team,
                               [](const TeamShare& a, int b) { return a.team < b; });
    if (at == teams.end() || at->team != team) at = teams.insert(at, {team, 0});
    at->share += more;
    cases += more;
  }
  void Finish() {
    for (TeamShare& team : teams) team.share /= cases;
  }
};

// Chance that a case of each go to one team.
double Agreement(const Cell& a, const Cell& b) {
  double sum = 0;
  auto other = b.teams.begin();
  for (const TeamShare& mine : a.teams) {
    while (other != b.teams.end() && other->team < mine.team) ++other;
    if (other == b.teams.end()) break;
    if (other->team == mine.team) sum += mine.share * other->share;
  }
  return sum;
}

// The same for the cases of `part` and those of `whole` outside it.
double AgreementWithRest(const Cell& part, const Cell& whole) {
  const double rest = whole.cases - part.cases;
  Cell others;
  for (const TeamShare& team : whole.teams) others.teams.push_back(team);
  for (TeamShare& team : others.teams) team.share *= whole.cases / rest;
  for (const TeamShare& mine : part.teams) {
    for (TeamShare& team : others.teams) {
      if (team.team == mine.team) team.share -= mine.share * part.cases / rest;
    }
  }
  return Agreement(part, others);
}

// A mean in which one doubtful observation counts against.
class CautiousMean {
 public:
  void Add(double weight, double value) {
    sum_ += weight * value;
    weights_ += weight;
  }
  double Squared() const { return (sum_ / weights_) * (sum_ / weights_); }

 private:
  double sum_ = 0;
  double weights_ = 1;
};

// Counts by topic and area, and how much topics say about each other.
class Counts {
 public:
  Counts(const CaseHistory& history, absl::Span<const HistoryRow> rows, double half_life_days)
      : areas_(history.areas.size()),
        cells_(history.topics.size() * areas_),
        topics_(history.topics.size()),
        area_cases_(areas_) {
    for (const HistoryRow& row : rows) {
      const double age = static_cast<double>(rows.back().day - row.day);
      const double cases =
          half_life_days > 0 ? row.cases * std::exp2(-age / half_life_days) : row.cases;
      cells_[Index(row.topic, row.area)].Add(row.team, cases);
      topics_[static_cast<size_t>(row.topic)].Add(row.team, cases);
      area_cases_[static_cast<size_t>(row.area)] += cases;
      all_ += cases;
    }
    for (Cell& cell : cells_) cell.Finish();
    for (Cell& topic : topics_) topic.Finish();
    Compare();
  }

  const Cell& At(int topic, int area) const { return cells_[Index(topic, area)]; }
  const Cell& Topic(int topic) const { return topics_[static_cast<size_t>(topic)]; }

  // Cases to come, between those that came and those that would have come if every topic were
  // spread over the areas alike.
  double Expected(int topic, int area) const {
    const double spread =
        Topic(topic).cases * area_cases_[static_cast<size_t>(area)] / std::max(all_, 1.0);
    return (At(topic, area).cases + spread) / 2;
  }

  // By team, for `area` of `topic`; `shares` has room for each team.
  void Shares(int topic, int area, std::vector<double>* shares) const {
    std::fill(shares->begin(), shares->end(), 0);
    double weights = 0;
    const auto add = [&](double weight, const Cell& cell) {
      for (const TeamShare& team : cell.teams) {
        (*shares)[static_cast<size_t>(team.team)] += weight * team.share;
      }
      weights += weight;
    };
    constexpr double kLeast = 1e-6;
    add(Trust(topic, topic) * std::sqrt(Topic(topic).cases) + kLeast, Topic(topic));
    for (int other = 0; area != kNoArea && other < Topics(); ++other) {
      const Cell& cell = At(other, area);
      if (other == topic || cell.cases <= 0) continue;
      add(Trust(topic, other) * std::sqrt(cell.cases), cell);
    }
    const Cell& own = At(topic, area);
    const double all = own.cases + TeamEstimator::kPriorCases;
    for (double& share : *shares) share *= TeamEstimator::kPriorCases / weights / all;
    for (const TeamShare& team : own.teams) {
      (*shares)[static_cast<size_t>(team.team)] += team.share * own.cases / all;
    }
  }

 private:
  int Topics() const { return static_cast<int>(topics_.size()); }
  size_t Index(int topic, int area) const {
    return static_cast<size_t>(topic) * areas_ + static_cast<size_t>(area);
  }
  double Trust(int topic, int other) const {
    return trust_[static_cast<size_t>(topic) * topics_.size() + static_cast<size_t>(other)];
  }
  double& TrustOf(int topic, int other) {
    return trust_[static_cast<size_t>(topic) * topics_.size() + static_cast<size_t>(other)];
  }

  void Compare() {
    trust_.resize(topics_.size() * topics_.size());
    for (int topic = 0; topic < Topics(); ++topic) {
      TrustOf(topic, topic) = OwnTrust(topic);
      for (int other = 0; other < topic; ++other) {
        TrustOf(topic, other) = TrustOf(other, topic) = TrustBetween(topic, other);
      }
    }
  }

  // How far a topic's teams in one area are its teams elsewhere.
  double OwnTrust(int topic) const {
    CautiousMean mean;
    for (int area = 0; area < static_cast<int>(areas_); ++area) {
      const Cell& here = At(topic, area);
      if (here.cases <= 0 || Topic(topic).cases - here.cases < 1e-9) continue;
      mean.Add(std::sqrt(here.cases), AgreementWithRest(here, Topic(topic)));
    }
    return mean.Squared();
  }

  // How far two topics have the same teams in the same areas.
  double TrustBetween(int topic, int other) const {
    CautiousMean mean;
    for (int area = kNoArea + 1; area < static_cast<int>(areas_); ++area) {
      const double cases = std::min(At(topic, area).cases, At(other, area).cases);
      if (cases <= 0) continue;
      mean.Add(std::sqrt(cases), Agreement(At(topic, area), At(other, area)));
    }
    return mean.Squared();
  }

  const size_t areas_;
  std::vector<Cell> cells_;
  std::vector<Cell> topics_;
  std::vector<double> area_cases_;
  double all_ = 0;
  // By topic, then other topic.
  std::vector<double> trust_;
};

int Best(const std::vector<double>& values) {
  return static_cast<int>(std::max_element(values.begin(), values.end()) - values.begin());
}

}  // namespace

TeamEstimator::TeamEstimator(const CaseHistory& history, absl::Span<const HistoryRow> rows,
                             double half_life_days)
    : areas_(history.areas.size()),
      expected_(history.topics.size() * areas_),
      base_(history.topics.size(), kNoTeam),
      base_gain_(history.topics.size()) {
  const Counts counts(history, rows, half_life_days);
  const size_t teams = history.teams.size();
  std::vector<std::vector<double>> shares(areas_, std::vector<double>(teams));
  for (int topic = 0; topic < static_cast<int>(history.topics.size()); ++topic) {
    if (counts.Topic(topic).cases <= 0) continue;
    std::vector<double> load(teams);
    for (size_t area = 0; area < areas_; ++area) {
      const int number = static_cast<int>(area);
      counts.Shares(topic, number, &shares[area]);
      const int best = Best(shares[area]);
      expected_[static_cast<size_t>(topic) * areas_ + area].team = best;
      load[static_cast<size_t>(best)] += counts.Expected(topic, number);
    }
    const bool seen_without_area = counts.At(topic, kNoArea).cases > 0;
    const int base = seen_without_area ? At(topic, kNoArea).team : Best(load);
    base_[static_cast<size_t>(topic)] = base;
    for (size_t area = 0; area < areas_; ++area) {
      TeamEstimate& here = expected_[static_cast<size_t>(topic) * areas_ + area];
      if (area == kNoArea) here.team = base;
      const double base_share = shares[area][static_cast<size_t>(base)];
      const double cases = counts.Expected(topic, static_cast<int>(area));
      here.gain = cases * (shares[area][static_cast<size_t>(here.team)] - base_share);
      base_gain_[static_cast<size_t>(topic)] += cases * base_share;
    }
  }
}

double TeamEstimator::ShareRight(absl::Span<const HistoryRow> rows) const {
  double right = 0;
  double all = 0;
  for (const HistoryRow& row : rows) {
    if (At(row.topic, row.area).team == row.team) right += row.cases;
    all += row.cases;
  }
  return all > 0 ? right / all : 0;
}

double BestHalfLife(const CaseHistory& history) {
  if (history.rows.empty()) return 0;
  const double days = static_cast<double>(history.rows.back().day - history.rows.front().day) + 1;
  double best = 0;
  double best_share = -1;
  for (const double half_life : {0.0, days, days / 2, days / 4}) {
    double share = 0;
    for (const double until : {3.0 / 6, 4.0 / 6, 5.0 / 6}) {
      share += TeamEstimator(history, PartOf(history, 0, until), half_life)
                   .ShareRight(PartOf(history, until, until + 1.0 / 6));
    }
    if (share > best_share + 1e-12) {
      best = half_life;
      best_share = share;
    }
  }
  return best;
}

}  // namespace wissel::router
