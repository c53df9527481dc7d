// Which team a topic in an area is for, as history tells it.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_TEAM_ESTIMATOR_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_TEAM_ESTIMATOR_H_

#include <vector>

#include "absl/types/span.h"
#include "services/router/propose/case_history.h"

namespace wissel::router {

// No case of the topic was seen.
inline constexpr int kNoTeam = -1;

// What is expected of one topic in one area.
struct TeamEstimate {
  int team = kNoTeam;
  // Cases to come that `team` takes rather than the team that the topic has elsewhere; in cases of
  // the period that was learned from.
  double gain = 0;
};

// Expectations for every topic in every area, also where the two never met. Few cases say little,
// so each area of a topic counts with kPriorCases cases that are made up of what is known beside
// it: what the topic does elsewhere, and what other topics do in that area, each as much as it
// agreed with this topic where both were seen. So topics of one kind (everything that a district
// team does) teach each other the map of the municipality.
//
// Immutable; deterministic: the same rows give the same numbers.
class TeamEstimator {
 public:
  // Rows count half after each `half_life_days` before the last one; 0: all alike.
  TeamEstimator(const CaseHistory& history, absl::Span<const HistoryRow> rows,
                double half_life_days);

  const TeamEstimate& At(int topic, int area) const {
    return expected_[static_cast<size_t>(topic) * areas_ + static_cast<size_t>(area)];
  }

  // The team of a topic where no area is known; kNoTeam if the topic was not seen.
  int BaseTeam(int topic) const { return base_[static_cast<size_t>(topic)]; }
  // Cases of the topic that its base team is expected to take.
  double BaseGain(int topic) const { return base_gain_[static_cast<size_t>(topic)]; }

  // Share of `rows` that went to the team that is expected for them; 0 for none.
  double ShareRight(absl::Span<const HistoryRow> rows) const;

  // By cross-validation inside January and February of the Boston file; the result hardly depends
  // on it between 2 and 8.
  static constexpr double kPriorCases = 4;

 private:
  size_t areas_;
  std::vector<TeamEstimate> expected_;
  std::vector<int> base_;
  std::vector<double> base_gain_;
};

// The half-life that predicts best inside `history`: learned from its first half, two thirds and
// five sixths, each predicting the sixth of all cases behind it. Out of none, the length of the
// history, its half and its quarter, in days; the earlier one of equals. 0: none.
double BestHalfLife(const CaseHistory& history);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_TEAM_ESTIMATOR_H_
