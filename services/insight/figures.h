// Counts of judged cases (libs/norms) by team and channel. Pure.

#ifndef WISSEL_SERVICES_INSIGHT_FIGURES_H_
#define WISSEL_SERVICES_INSIGHT_FIGURES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/types/span.h"
#include "libs/norms/log_fold.h"
#include "libs/norms/share.h"

namespace wissel::insight {

// Counts of a group of cases.
struct Tally {
  int64_t met = 0;
  int64_t missed = 0;
  int64_t open_not_due = 0;
  int64_t no_norm = 0;
  int64_t excluded = 0;
  // Of all these cases.
  int64_t contacts = 0;

  void Add(const norms::JudgedCase& judged);
  void Add(const Tally& other);
  int64_t received() const { return met + missed + open_not_due + no_norm + excluded; }
  // met of met + missed; absent if both are 0.
  std::optional<norms::Share> share_met() const;
};

// Team and channel that a tally is for; a part that is not grouped by is empty.
using GroupKey = std::pair<std::string, common::v1::Channel>;

// By team and channel, the finest there are.
using Tallies = std::map<GroupKey, Tally>;

Tallies TallyCases(absl::Span<const norms::JudgedCase> cases);

// The same cases in the groups that are asked for.
Tallies GroupBy(const Tallies& finest, v1::FigureGrouping grouping);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_FIGURES_H_
