#include "services/router/replay/replay_tally.h"

#include <algorithm>
#include <functional>
#include <map>

#include "libs/base/proto_time.h"
#include "libs/norms/share.h"

namespace wissel::router {
namespace {

constexpr int kBefore = 0;
constexpr int kAfter = 1;

}  // namespace

ReplayTally::ReplayTally(Options options) : options_(std::move(options)) {
  sides_[kBefore] = SideOf(options_.before);
  sides_[kAfter] = SideOf(options_.after);
  sop_teams_ = loads_.size();
}

int ReplayTally::TeamNumber(absl::string_view team_id) {
  const auto known = team_numbers_.find(team_id);
  if (known != team_numbers_.end()) return known->second;
  const int number = static_cast<int>(loads_.size());
  team_numbers_.emplace(team_id, number);
  loads_.push_back({.team_id = std::string(team_id)});
  return number;
}

ReplayTally::Side ReplayTally::SideOf(CompiledSopPtr sop) {
  Side side;
  for (const sop::SopRule& rule : sop->sop().rules) {
    side.team.push_back(TeamNumber(rule.then.team_id));
    side.outcome.push_back(rule.then.outcome);
  }
  side.team.push_back(TeamNumber(""));
  side.outcome.push_back(v1::OUTCOME_UNSPECIFIED);
  side.sop = std::move(sop);
  return side;
}

void ReplayTally::Add(const PastContact& contact) {
  decision::RoutingRequest request = contact.request;
  DayLoad& day = LoadOf(options_.hours->SetMoment(contact.received_at, &request));
  ++contacts_;
  size_t rules[2];
  size_t places[2];
  int teams[2];
  for (const int i : {kBefore, kAfter}) {
    const Side& side = sides_[i];
    rules[i] = side.sop->Match(request);
    places[i] = std::min(rules[i], side.team.size() - 1);
    teams[i] = side.team[places[i]];
    Load& load = loads_[teams[i]];
    ++load.total[i];
    ++day[teams[i]][i];
    const v1::Outcome outcome = side.outcome[places[i]];
    load.queue[i] += outcome == v1::OUTCOME_QUEUE;
    ++outcomes_[outcome][i];
  }
  if (teams[kBefore] != teams[kAfter]) {
    ++moves_[{teams[kBefore], teams[kAfter]}];
  } else if (sides_[kBefore].outcome[places[kBefore]] == sides_[kAfter].outcome[places[kAfter]]) {
    return;
  }
  ++moved_;
  List({contact.reference,
        request.channel,
        std::string(request.topic_id),
        contact.received_at,
        {rules[kBefore], rules[kAfter]}});
}

ReplayTally::DayLoad& ReplayTally::LoadOf(absl::CivilDay day) {
  DayLoad& load = days_[day - absl::CivilDay()];
  load.resize(sop_teams_);
  return load;
}

void ReplayTally::List(Changed changed) {
  const bool is_full = changed_.size() == options_.most_listed;
  if (is_full && !(changed > changed_.front())) return;
  if (is_full) {
    std::pop_heap(changed_.begin(), changed_.end(), std::greater<>());
    changed_.pop_back();
  }
  changed_.push_back(std::move(changed));
  std::push_heap(changed_.begin(), changed_.end(), std::greater<>());
}

void ReplayTally::AddCase(const norms::JudgedCase& judged) {
  if (judged.verdict != insight::v1::VERDICT_MET && judged.verdict != insight::v1::VERDICT_MISSED) {
    return;
  }
  Load& load = loads_[TeamNumber(judged.team_id)];
  ++(judged.verdict == insight::v1::VERDICT_MET ? load.met : load.missed);
}

v1::Decision ReplayTally::DecisionOf(const Side& side, size_t rule) const {
  v1::Decision decision;
  decision.set_sop_version(side.sop->version());
  if (rule == decision::kNoRule) return decision;
  const sop::SopRule& decided = side.sop->sop().rules[rule];
  decision.set_outcome(decided.then.outcome);
  decision.set_rule_id(decided.rule_id);
  decision.set_team_id(decided.then.team_id);
  decision.set_steer_target(decided.then.steer_target);
  return decision;
}

void ReplayTally::FillLoads(v1::ReplayResult* result) const {
  std::vector<std::array<int64_t, 2>> busiest(loads_.size());
  for (const auto& [day, load] : days_) {
    for (size_t team = 0; team < load.size(); ++team) {
      for (const int i : {kBefore, kAfter}) {
        busiest[team][i] = std::max(busiest[team][i], load[team][i]);
      }
    }
  }
  std::map<std::string, size_t> teams;
  for (size_t team = 0; team < loads_.size(); ++team) teams[loads_[team].team_id] = team;
  for (const auto& [team_id, team] : teams) {
    const Load& load = loads_[team];
    if (load.total[kBefore] + load.total[kAfter] + load.met + load.missed == 0) continue;
    v1::ReplayLoad* out = result->add_loads();
    out->set_team_id(load.team_id);
    out->set_before(load.total[kBefore]);
    out->set_after(load.total[kAfter]);
    out->set_busiest_day_before(busiest[team][kBefore]);
    out->set_busiest_day_after(busiest[team][kAfter]);
    if (load.met + load.missed > 0) {
      const norms::Share share = {load.met, load.met + load.missed};
      out->set_share_met(norms::ValueOf(share));
      out->set_share_met_percent(norms::PercentOf(share));
    }
    if (load.met > 0 && load.queue[kBefore] > 0) {
      out->set_norm_pressure(static_cast<double>(load.queue[kAfter]) / load.queue[kBefore]);
    }
  }
}

v1::ReplayResult ReplayTally::Result() {
  v1::ReplayResult result;
  result.set_contacts(contacts_);
  result.set_moved(moved_);
  std::map<std::pair<std::string, std::string>, int64_t> moves;
  for (const auto& [teams, count] : moves_) {
    moves[{loads_[teams.first].team_id, loads_[teams.second].team_id}] = count;
  }
  for (const auto& [teams, count] : moves) {
    v1::ReplayMove* move = result.add_moves();
    move->set_from_team_id(teams.first);
    move->set_to_team_id(teams.second);
    move->set_contacts(count);
  }
  FillLoads(&result);
  for (int outcome = 0; outcome < v1::Outcome_ARRAYSIZE; ++outcome) {
    if (outcomes_[outcome][kBefore] + outcomes_[outcome][kAfter] == 0) continue;
    v1::ReplayOutcome* out = result.add_outcomes();
    out->set_outcome(static_cast<v1::Outcome>(outcome));
    out->set_before(outcomes_[outcome][kBefore]);
    out->set_after(outcomes_[outcome][kAfter]);
  }
  std::sort(changed_.begin(), changed_.end(), std::greater<>());
  for (const Changed& one : changed_) {
    v1::ReplayedContact* out = result.add_changed();
    out->set_reference(one.reference);
    out->set_channel(one.channel);
    out->set_topic_id(one.topic_id);
    *out->mutable_before() = DecisionOf(sides_[kBefore], one.rule[kBefore]);
    *out->mutable_after() = DecisionOf(sides_[kAfter], one.rule[kAfter]);
    *out->mutable_received_at() = ToProto(one.received_at);
  }
  return result;
}

}  // namespace wissel::router
