#include "services/insight/figures.h"

namespace wissel::insight {

void Tally::Add(const norms::JudgedCase& judged) {
  contacts += judged.contacts;
  switch (judged.verdict) {
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

std::optional<norms::Share> Tally::share_met() const {
  if (met + missed == 0) return std::nullopt;
  return norms::Share{met, met + missed};
}

std::map<GroupKey, Tally> TallyBy(absl::Span<const norms::JudgedCase> cases,
                                  v1::FigureGrouping grouping) {
  const bool by_team = grouping != v1::FIGURE_GROUPING_CHANNEL;
  const bool by_channel =
      grouping == v1::FIGURE_GROUPING_CHANNEL || grouping == v1::FIGURE_GROUPING_TEAM_AND_CHANNEL;
  std::map<GroupKey, Tally> tallies;
  for (const norms::JudgedCase& judged : cases) {
    tallies[{by_team ? judged.team_id : "",
             by_channel ? judged.channel : common::v1::CHANNEL_UNSPECIFIED}]
        .Add(judged);
  }
  return tallies;
}

}  // namespace wissel::insight
