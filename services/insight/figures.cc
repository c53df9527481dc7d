#include "services/insight/figures.h"

#include <algorithm>
#include <cmath>

namespace wissel::insight {
namespace {

using cases::v1::CaseOutcome;

bool OutsideFigure(CaseOutcome outcome) {
  return outcome == cases::v1::CASE_OUTCOME_WITHDRAWN ||
         outcome == cases::v1::CASE_OUTCOME_ACQUISITION ||
         outcome == cases::v1::CASE_OUTCOME_STEERED;
}

// The fold over the events of one case.
class Fold {
 public:
  explicit Fold(absl::Time as_of) : as_of_(as_of) {}

  void Add(const FigureEvent& event) {
    holders_.emplace_back(event.at, event.team_id);
    switch (event.kind) {
      case cases::v1::EVENT_KIND_RECEIVED:
        received_ = event;
        figure_.due_at = event.due_at;
        End(event);
        break;
      case cases::v1::EVENT_KIND_DUE_MOVED:
        figure_.due_at = event.due_at;
        break;
      case cases::v1::EVENT_KIND_REACHED:
        if (IsCallback()) StopClock(event.at);
        break;
      case cases::v1::EVENT_KIND_NOT_REACHED:
        if (IsCallback() && received_.first_attempt_counts) StopClock(event.at);
        break;
      case cases::v1::EVENT_KIND_ANSWERED:
      case cases::v1::EVENT_KIND_CLOSED:
        End(event);
        break;
      case cases::v1::EVENT_KIND_REOPENED:
        outcome_ = cases::v1::CASE_OUTCOME_UNSPECIFIED;
        figure_.satisfied_at.reset();
        break;
      default:
        break;
    }
  }

  CaseFigure Finish() {
    figure_.case_id = received_.case_id;
    figure_.channel = received_.channel;
    figure_.received_at = received_.at;
    figure_.verdict = Verdict();
    figure_.team_id = TeamAt(std::min(figure_.satisfied_at.value_or(as_of_), figure_.due_at));
    return std::move(figure_);
  }

 private:
  bool IsCallback() const { return received_.channel == common::v1::CHANNEL_CALLBACK; }

  void StopClock(absl::Time at) {
    if (!figure_.satisfied_at) figure_.satisfied_at = at;
  }

  void End(const FigureEvent& event) {
    outcome_ = event.outcome;
    if (outcome_ != cases::v1::CASE_OUTCOME_UNSPECIFIED && !OutsideFigure(outcome_)) {
      StopClock(event.at);
    }
  }

  v1::Verdict Verdict() const {
    if (received_.no_verdict || OutsideFigure(outcome_)) return v1::VERDICT_EXCLUDED;
    if (figure_.due_at == absl::InfiniteFuture()) return v1::VERDICT_NO_NORM;
    if (figure_.satisfied_at) {
      return *figure_.satisfied_at <= figure_.due_at ? v1::VERDICT_MET : v1::VERDICT_MISSED;
    }
    return figure_.due_at < as_of_ ? v1::VERDICT_MISSED : v1::VERDICT_OPEN_NOT_DUE;
  }

  // Who held the case at `moment`. An event at that very moment counts: a first answer is given by
  // the team that the answer's own event names.
  std::string TeamAt(absl::Time moment) const {
    std::string team = received_.team_id;
    for (const auto& [at, team_id] : holders_) {
      if (at > moment) break;
      team = team_id;
    }
    return team;
  }

  const absl::Time as_of_;
  FigureEvent received_;
  CaseOutcome outcome_ = cases::v1::CASE_OUTCOME_UNSPECIFIED;
  std::vector<std::pair<absl::Time, std::string>> holders_;
  CaseFigure figure_;
};

}  // namespace

CaseFigure Judge(absl::Span<const FigureEvent> events, absl::Time as_of) {
  Fold fold(as_of);
  for (const FigureEvent& event : events) {
    if (event.at <= as_of) fold.Add(event);
  }
  return fold.Finish();
}

std::vector<CaseFigure> JudgeAll(absl::Span<const FigureEvent> log, absl::Time as_of) {
  std::vector<CaseFigure> cases;
  for (size_t begin = 0; begin < log.size();) {
    size_t end = begin + 1;
    while (end < log.size() && log[end].case_id == log[begin].case_id) ++end;
    if (log[begin].at <= as_of) cases.push_back(Judge(log.subspan(begin, end - begin), as_of));
    begin = end;
  }
  return cases;
}

void Tally::Add(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_MET:
      ++met;
      break;
    case v1::VERDICT_MISSED:
      ++missed;
      break;
    case v1::VERDICT_OPEN_NOT_DUE:
      ++open_not_due;
      break;
    case v1::VERDICT_NO_NORM:
      ++no_norm;
      break;
    default:
      ++excluded;
      break;
  }
}

std::optional<double> Tally::share_met() const {
  if (met + missed == 0) return std::nullopt;
  return static_cast<double>(met) / static_cast<double>(met + missed);
}

bool Tally::Exceeds(double target) const {
  // Targets are set in hundredths of a percent; whole numbers keep 90.0 % from being "more than
  // 90 %" by a rounding error.
  const int64_t target_bp = std::llround(target * 10000);
  return met + missed > 0 && met * 10000 > target_bp * (met + missed);
}

std::map<GroupKey, Tally> TallyBy(absl::Span<const CaseFigure> cases, v1::FigureGrouping grouping) {
  const bool by_team = grouping != v1::FIGURE_GROUPING_CHANNEL;
  const bool by_channel =
      grouping == v1::FIGURE_GROUPING_CHANNEL || grouping == v1::FIGURE_GROUPING_TEAM_AND_CHANNEL;
  std::map<GroupKey, Tally> tallies;
  for (const CaseFigure& figure : cases) {
    tallies[{by_team ? figure.team_id : "",
             by_channel ? figure.channel : common::v1::CHANNEL_UNSPECIFIED}]
        .Add(figure.verdict);
  }
  return tallies;
}

}  // namespace wissel::insight
