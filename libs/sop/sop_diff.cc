#include "libs/sop/sop_diff.h"

#include <algorithm>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "libs/sop/change_text.h"
#include "libs/sop/sop_writer.h"

namespace wissel::sop {
namespace {

using TeamSet = std::set<std::string>;

const std::string& IdOf(const SopTeam& team) { return team.team_id; }
const std::string& IdOf(const SopMenuChoice& choice) { return choice.key; }
const std::string& IdOf(const SopArea& area) { return area.area_id; }
const std::string& IdOf(const SopTopic& topic) { return topic.topic_id; }
const std::string& IdOf(const SopRule& rule) { return rule.rule_id; }

std::string Write(const SopTeam& team) { return WriteTeam(team); }
std::string Write(const SopMenuChoice& choice) { return WriteChoice(choice); }
std::string Write(const SopArea& area) { return WriteArea(area); }
std::string Write(const SopTopic& topic) { return WriteTopic(topic); }
std::string Write(const SopRule& rule) { return WriteRule(rule); }

// `id` and all that it is a kind of.
std::vector<std::string> WithAncestors(const Sop& sop, std::string id) {
  std::vector<std::string> chain;
  while (!id.empty() && chain.size() <= sop.topics.size()) {
    chain.push_back(id);
    const auto topic = std::find_if(sop.topics.begin(), sop.topics.end(),
                                    [&](const SopTopic& t) { return t.topic_id == id; });
    id = topic == sop.topics.end() ? "" : topic->parent;
  }
  return chain;
}

// Adds the teams of the rules of which a condition has in `list` one of `ids`.
void AddUsers(const Sop& sop, std::vector<std::string> Conditions::*list,
              const std::vector<std::string>& ids, TeamSet* teams) {
  const auto names = [&](const Conditions& conditions) {
    const std::vector<std::string>& named = conditions.*list;
    return std::find_first_of(named.begin(), named.end(), ids.begin(), ids.end()) != named.end();
  };
  for (const SopRule& rule : sop.rules) {
    if (names(rule.when) || std::any_of(rule.unless.begin(), rule.unless.end(), names)) {
      teams->insert(rule.then.team_id);
    }
  }
}

void AddTeams(const Sop&, const SopTeam& team, TeamSet* teams) { teams->insert(team.team_id); }
void AddTeams(const Sop&, const SopRule& rule, TeamSet* teams) { teams->insert(rule.then.team_id); }
void AddTeams(const Sop& sop, const SopMenuChoice& choice, TeamSet* teams) {
  AddUsers(sop, &Conditions::menu, {choice.key}, teams);
}
void AddTeams(const Sop& sop, const SopArea& area, TeamSet* teams) {
  AddUsers(sop, &Conditions::areas, {area.area_id}, teams);
}
void AddTeams(const Sop& sop, const SopTopic& topic, TeamSet* teams) {
  AddUsers(sop, &Conditions::topics, WithAncestors(sop, topic.topic_id), teams);
}

// Ids of the rules that are tried earlier or later among those that both SOPs have with one
// priority: all but a longest run that kept its order.
std::set<std::string> MovedRules(const Sop& before, const Sop& after) {
  absl::flat_hash_map<std::string, std::pair<size_t, int>> old_indexes;
  size_t index = 0;
  for (const size_t rule : DecisionOrder(before)) {
    old_indexes[before.rules[rule].rule_id] = {index++, before.rules[rule].priority};
  }
  std::vector<std::pair<size_t, std::string>> common;
  for (const size_t rule : DecisionOrder(after)) {
    const auto old = old_indexes.find(after.rules[rule].rule_id);
    if (old == old_indexes.end() || old->second.second != after.rules[rule].priority) continue;
    common.emplace_back(old->second.first, after.rules[rule].rule_id);
  }
  // By length of run: the last of the run that ends lowest; and for each rule the one before it.
  constexpr size_t kNone = static_cast<size_t>(-1);
  std::vector<size_t> ends;
  std::vector<size_t> previous(common.size(), kNone);
  for (size_t i = 0; i < common.size(); ++i) {
    const auto end =
        std::lower_bound(ends.begin(), ends.end(), common[i].first,
                         [&](size_t at, size_t old_index) { return common[at].first < old_index; });
    if (end != ends.begin()) previous[i] = *(end - 1);
    if (end == ends.end()) {
      ends.push_back(i);
    } else {
      *end = i;
    }
  }
  std::set<std::string> moved;
  for (const auto& [old_index, rule_id] : common) moved.insert(rule_id);
  for (size_t at = ends.empty() ? kNone : ends.back(); at != kNone; at = previous[at]) {
    moved.erase(common[at].second);
  }
  return moved;
}

// Compares one list of both SOPs after another.
class Comparison {
 public:
  Comparison(const Sop& before, const Sop& after)
      : before_(before), after_(after), moved_(MovedRules(before, after)) {}

  SopDiff Compare() {
    CompareLists("team", "Team", before_.teams, after_.teams);
    CompareLists("menu", "Menukeuze", before_.menu, after_.menu);
    CompareLists("area", "Gebied", before_.areas, after_.areas);
    CompareLists("topic", "Onderwerp", before_.topics, after_.topics);
    CompareLists("rule", "Regel", before_.rules, after_.rules);
    std::move(removed_.begin(), removed_.end(), std::back_inserter(diff_.changes));
    if (!diff_.changes.empty()) concerned_.insert(kDefaultTeam);
    diff_.team_ids.assign(concerned_.begin(), concerned_.end());
    return std::move(diff_);
  }

 private:
  template <typename Item>
  void CompareLists(const char* part, const char* name, const std::vector<Item>& before,
                    const std::vector<Item>& after) {
    absl::flat_hash_map<std::string, const Item*> old_items;
    for (const Item& item : before) old_items[IdOf(item)] = &item;
    for (const Item& item : after) {
      const auto old = old_items.find(IdOf(item));
      if (old == old_items.end()) {
        Add(v1::CHANGE_KIND_ADDED, part, static_cast<const Item*>(nullptr), &item,
            absl::StrCat(name, " ", IdOf(item), " komt erbij: ", ItemText(item), "."));
        continue;
      }
      CompareItems(part, *old->second, item);
      old_items.erase(old);
    }
    for (const Item& item : before) {
      if (!old_items.contains(IdOf(item))) continue;
      Add(v1::CHANGE_KIND_REMOVED, part, &item, static_cast<const Item*>(nullptr),
          absl::StrCat(name, " ", IdOf(item), " vervalt: ", ItemText(item), "."));
    }
  }

  template <typename Item>
  void CompareItems(const char* part, const Item& before, Item after) {
    const SopSource source = std::exchange(after.source, before.source);
    const bool changed = !(before == after);
    after.source = source;
    if (changed) {
      Add(v1::CHANGE_KIND_CHANGED, part, &before, &after, ChangeText(before, after));
    } else if (part == absl::string_view("rule") && moved_.contains(IdOf(after))) {
      Add(v1::CHANGE_KIND_MOVED, part, &before, &after,
          absl::StrCat("Regel ", IdOf(after), " blijft gelijk, maar staat op een andere plaats."));
    }
  }

  template <typename Item>
  void Add(v1::ChangeKind kind, const char* part, const Item* before, const Item* after,
           std::string description) {
    SopChange change{.kind = kind, .part = part, .description = std::move(description)};
    TeamSet teams;
    if (before != nullptr) {
      change.id = IdOf(*before);
      change.before = Write(*before);
      AddTeams(before_, *before, &teams);
    }
    if (after != nullptr) {
      change.id = IdOf(*after);
      change.after = Write(*after);
      AddTeams(after_, *after, &teams);
    }
    change.team_ids.assign(teams.begin(), teams.end());
    concerned_.insert(teams.begin(), teams.end());
    (kind == v1::CHANGE_KIND_REMOVED ? removed_ : diff_.changes).push_back(std::move(change));
  }

  const Sop& before_;
  const Sop& after_;
  const std::set<std::string> moved_;
  SopDiff diff_;
  std::vector<SopChange> removed_;
  TeamSet concerned_;
};

}  // namespace

SopDiff DiffSops(const Sop& before, const Sop& after) {
  return Comparison(before, after).Compare();
}

v1::DiffSopResponse ToProto(const SopDiff& diff) {
  v1::DiffSopResponse response;
  for (const SopChange& change : diff.changes) {
    v1::SopChange* out = response.add_changes();
    out->set_kind(change.kind);
    out->set_part(change.part);
    out->set_id(change.id);
    out->set_description(change.description);
    out->set_before(change.before);
    out->set_after(change.after);
    *out->mutable_team_ids() = {change.team_ids.begin(), change.team_ids.end()};
  }
  *response.mutable_team_ids() = {diff.team_ids.begin(), diff.team_ids.end()};
  return response;
}

}  // namespace wissel::sop
