#include "libs/verify/team_index.h"

#include <algorithm>
#include <utility>

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;
namespace {

bool NeedsHours(const sop::SopRule& rule) {
  return rule.when.hours || rule.then.outcome == v1::OUTCOME_TRANSFER ||
         std::any_of(rule.unless.begin(), rule.unless.end(),
                     [](const sop::Conditions& unless) { return unless.hours.has_value(); });
}

void AddDescription(const sop::SopTeam& team, TeamEntry* entry) {
  entry->location = team.source.location;
  entry->described = true;
  if (!team.mailbox.empty()) entry->mailbox = team.mailbox;
  if (!team.transfer_number.empty()) entry->transfer_number = team.transfer_number;
  if (team.hours) entry->hours = team.hours;
  entry->has_norm = entry->has_norm || !team.norms.empty();
  entry->closed_from = team.closed_from;
}

TeamEntry FromDirectory(const std::string& team_id, const VerificationContext& context) {
  TeamEntry entry{.name = team_id};
  if (!context.teams) return entry;
  const auto facts = context.teams->find(team_id);
  entry.in_directory = facts != context.teams->end();
  if (!entry.in_directory) return entry;
  if (!facts->second.name.empty()) entry.name = facts->second.name;
  entry.mailbox = facts->second.mailbox;
  entry.transfer_number = facts->second.transfer_number;
  entry.hours = facts->second.hours;
  entry.has_norm = facts->second.has_norm;
  entry.members = facts->second.members;
  entry.has_lead = facts->second.has_lead;
  entry.is_kcc = facts->second.is_kcc;
  return entry;
}

}  // namespace

std::map<std::string, TeamEntry> ReadTeams(const sop::Sop& sop,
                                           const VerificationContext& context) {
  std::map<std::string, TeamEntry> teams;
  for (const sop::SopTeam& team : sop.teams) {
    TeamEntry& entry =
        teams.emplace(team.team_id, FromDirectory(team.team_id, context)).first->second;
    AddDescription(team, &entry);
  }
  for (const sop::SopRule& rule : sop.rules) {
    const auto [found, is_new] = teams.try_emplace(rule.then.team_id);
    TeamEntry& entry = found->second;
    if (is_new) {
      entry = FromDirectory(rule.then.team_id, context);
      entry.location = rule.source.location;
    }
    if (entry.rule_id.empty()) entry.rule_id = rule.rule_id;
    if (entry.hours_rule_id.empty() && NeedsHours(rule)) entry.hours_rule_id = rule.rule_id;
  }
  if (!context.teams) return teams;
  for (const auto& [team_id, facts] : *context.teams) {
    if (!facts.is_kcc || teams.contains(team_id)) continue;
    TeamEntry entry = FromDirectory(team_id, context);
    entry.location = {.line = 1, .column = 1};
    // No rule looks at its hours.
    entry.hours.reset();
    teams.emplace(team_id, std::move(entry));
  }
  return teams;
}

TeamHours HoursOf(const std::map<std::string, TeamEntry>& teams) {
  TeamHours hours;
  for (const auto& [team_id, entry] : teams) {
    if (entry.hours) hours[team_id] = *entry.hours;
  }
  return hours;
}

}  // namespace wissel::verify
