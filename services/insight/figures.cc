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

void Tally::Add(const Tally& other) {
  met += other.met;
  missed += other.missed;
  open_not_due += other.open_not_due;
  no_norm += other.no_norm;
  excluded += other.excluded;
  contacts += other.contacts;
}

Tallies TallyCases(absl::Span<const norms::JudgedCase> cases) {
  Tallies tallies;
  for (const norms::JudgedCase& judged : cases) {
    tallies[{judged.team_id, judged.channel}].Add(judged);
  }
  return tallies;
}

Tallies GroupBy(const Tallies& finest, v1::FigureGrouping grouping) {
  const bool by_team = grouping != v1::FIGURE_GROUPING_CHANNEL;
  const bool by_channel =
      grouping == v1::FIGURE_GROUPING_CHANNEL || grouping == v1::FIGURE_GROUPING_TEAM_AND_CHANNEL;
  Tallies groups;
  for (const auto& [key, tally] : finest) {
    groups[{by_team ? key.first : "", by_channel ? key.second : common::v1::CHANNEL_UNSPECIFIED}]
        .Add(tally);
  }
  return groups;
}

}  // namespace wissel::insight
