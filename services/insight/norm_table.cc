#include "services/insight/norm_table.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace wissel::insight {
namespace {

void Fill(const Tally& tally, std::optional<double> target, v1::FigureRow* row) {
  row->set_received(tally.received());
  row->set_contacts(tally.contacts);
  row->set_met(tally.met);
  row->set_missed(tally.missed);
  row->set_open_not_due(tally.open_not_due);
  row->set_no_norm(tally.no_norm);
  row->set_excluded(tally.excluded);
  const std::optional<norms::Share> share = tally.share_met();
  if (share) {
    row->set_share_met(norms::ValueOf(*share));
    row->set_share_met_percent(norms::PercentOf(*share, target));
  }
  if (target) {
    row->set_target_share(*target);
    row->set_target_percent(norms::TargetPercent(*target));
    row->set_on_target(share && norms::Exceeds(*share, *target));
  }
}

// Without a name it is known by its id, behind all others.
TeamName NameOf(const std::string& team_id, const std::map<std::string, TeamName>& teams) {
  const auto found = teams.find(team_id);
  if (found != teams.end()) return found->second;
  return {.place = static_cast<int64_t>(teams.size()) + 1, .name = team_id};
}

// Strictest target of the finest groups that make up `key`.
std::optional<double> TargetOf(const GroupKey& key, v1::FigureGrouping grouping,
                               const Tallies& finest, const TableContext& context) {
  const bool any_team = grouping == v1::FIGURE_GROUPING_CHANNEL;
  const bool any_channel = key.second == common::v1::CHANNEL_UNSPECIFIED;
  std::optional<double> strictest;
  for (const auto& [part, tally] : finest) {
    if (!any_team && part.first != key.first) continue;
    if (!any_channel && part.second != key.second) continue;
    const auto target = context.targets.find(part);
    if (target == context.targets.end()) continue;
    strictest = std::max(strictest.value_or(0), target->second);
  }
  return strictest;
}

}  // namespace

TableContext ContextAt(const municipality::MunicipalitySnapshot& municipality, absl::Time moment) {
  TableContext context;
  for (const auto& [team_id, team] : municipality.teams()) {
    context.teams[team_id] = {team.place, team.name};
  }
  for (const auto& [group, norms] : municipality.norms()) {
    const auto held = municipality.NormAt(group.first, group.second, moment);
    context.targets[group] = held.value_or(norms.begin()->second).target_share;
  }
  return context;
}

void FillNormTable(const Tallies& finest, v1::FigureGrouping grouping, const TableContext& context,
                   v1::GetFiguresResponse* response) {
  if (grouping == v1::FIGURE_GROUPING_UNSPECIFIED) grouping = v1::FIGURE_GROUPING_TEAM;
  for (const auto& [key, tally] : GroupBy(finest, grouping)) {
    v1::FigureRow* row = response->add_rows();
    row->set_team_id(key.first);
    if (!key.first.empty()) row->set_team_name(NameOf(key.first, context.teams).name);
    row->set_channel(key.second);
    Fill(tally, TargetOf(key, grouping, finest, context), row);
  }
  std::sort(response->mutable_rows()->begin(), response->mutable_rows()->end(),
            [&](const v1::FigureRow& a, const v1::FigureRow& b) {
              const auto place = [&](const v1::FigureRow& row) {
                return std::make_tuple(NameOf(row.team_id(), context.teams).place, row.team_id(),
                                       row.channel());
              };
              return place(a) < place(b);
            });
  Tally total;
  for (const auto& [key, tally] : finest) total.Add(tally);
  Fill(
      total,
      TargetOf({"", common::v1::CHANNEL_UNSPECIFIED}, v1::FIGURE_GROUPING_CHANNEL, finest, context),
      response->mutable_total());
}

}  // namespace wissel::insight
