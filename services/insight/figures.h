// Norm figures as a pure function of the event log. Nothing is read or stored here: the same events
// give the same figures, today and for any moment in the past.
//
// Rules (from the service agreement between KCC and departments):
//   met     the clock was stopped at or before the due moment
//   missed  it was stopped after the due moment, or runs on past it
//   The clock of a callback stops when the customer is reached, or at the first attempt where the
//   norm says so; any other clock stops with the answer. An answer on another channel counts at
//   its own moment. Opening a case again undoes what stopped its clock.
//   A case counts for the team that held it when its clock stopped or when it fell due, whichever
//   came first: passing a case on does not pass on a breach.

#ifndef WISSEL_SERVICES_INSIGHT_FIGURES_H_
#define WISSEL_SERVICES_INSIGHT_FIGURES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/common/v1/common.pb.h"
#include "wissel/insight/v1/insight.pb.h"

namespace wissel::insight {

// One event of a case, without anything personal.
struct FigureEvent {
  int64_t case_id = 0;
  absl::Time at;
  cases::v1::EventKind kind = cases::v1::EVENT_KIND_UNSPECIFIED;
  // Team that holds the case from this event on.
  std::string team_id;
  // For RECEIVED, ANSWERED and CLOSED.
  cases::v1::CaseOutcome outcome = cases::v1::CASE_OUTCOME_UNSPECIFIED;
  // For RECEIVED and DUE_MOVED; InfiniteFuture: no norm holds.
  absl::Time due_at = absl::InfiniteFuture();
  // For RECEIVED.
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  bool first_attempt_counts = false;
  bool no_verdict = false;
};

// What one case counts as at a moment.
struct CaseFigure {
  int64_t case_id = 0;
  // Team that it counts for.
  std::string team_id;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  absl::Time received_at;
  // InfiniteFuture: no norm holds.
  absl::Time due_at = absl::InfiniteFuture();
  // What stopped the clock; absent while it runs.
  std::optional<absl::Time> satisfied_at;
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
};

// Judges one case as of a moment. `events` are all of one case, in their order, beginning with
// RECEIVED; those after `as_of` are passed over. Requires RECEIVED at or before `as_of`.
CaseFigure Judge(absl::Span<const FigureEvent> events, absl::Time as_of);

// Judges every case of a log that is ordered by case and sequence.
std::vector<CaseFigure> JudgeAll(absl::Span<const FigureEvent> log, absl::Time as_of);

// Counts of a group of cases.
struct Tally {
  int64_t met = 0;
  int64_t missed = 0;
  int64_t open_not_due = 0;
  int64_t no_norm = 0;
  int64_t excluded = 0;

  void Add(v1::Verdict verdict);
  int64_t received() const { return met + missed + open_not_due + no_norm + excluded; }
  // met / (met + missed); absent if both are 0.
  std::optional<double> share_met() const;
  // Strictly more than `target`, without rounding: 90.0 % is not more than 90 %.
  bool Exceeds(double target) const;
};

// Team and channel that a tally is for; a part that is not grouped by is empty.
using GroupKey = std::pair<std::string, common::v1::Channel>;

// Tallies by group, in the order of the keys.
std::map<GroupKey, Tally> TallyBy(absl::Span<const CaseFigure> cases, v1::FigureGrouping grouping);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_FIGURES_H_
