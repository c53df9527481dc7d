#include "libs/verify/contact_space.h"

#include <algorithm>
#include <map>
#include <set>

#include "libs/sop/postcode_range.h"
#include "libs/text/normal_form.h"
#include "libs/verify/keyword_implication.h"

namespace wissel::verify {
namespace {

constexpr size_t kChannels = common::v1::Channel_MAX;
// Where nothing says which moment to show: Monday, ten o'clock.
constexpr int kOrdinaryMinute = 10 * 60;

bool IsOpenAt(const sop::WeekHours& hours, int weekday, int minute) {
  return std::any_of(
      hours[weekday].begin(), hours[weekday].end(),
      [&](const sop::OpenInterval& open) { return open.from <= minute && minute < open.to; });
}

int MaskOf(const std::vector<int>& weekdays) {
  int mask = 0;
  for (const int weekday : weekdays) mask |= 1 << weekday;
  return mask;
}

}  // namespace

ContactSpace::ContactSpace(const sop::Sop& sop, const TeamHours& hours) : sop_(sop), hours_(hours) {
  atoms_[kChannel] = kChannels;
  atoms_[kCustomer] = 2;
  atoms_[kUrgency] = 2;
  CutTopics();
  CutAreas();
  CutMoments();
  CutNames();
  ReadWords();
  rules_.reserve(sop.rules.size());
  for (const sop::SopRule& rule : sop.rules) {
    RuleRegion region{.when = RegionOf(rule.when, rule.then.team_id), .unless = {}};
    for (const sop::Conditions& unless : rule.unless) {
      region.unless.push_back(RegionOf(unless, rule.then.team_id));
    }
    rules_.push_back(std::move(region));
  }
}

template <typename Visit>
void ContactSpace::ForEachConditions(Visit visit) const {
  for (const sop::SopRule& rule : sop_.rules) {
    visit(rule.when, rule);
    for (const sop::Conditions& unless : rule.unless) visit(unless, rule);
  }
}

void ContactSpace::CutTopics() {
  topics_ = {""};
  absl::flat_hash_map<std::string, size_t> named;
  ForEachConditions([&](const sop::Conditions& conditions, const sop::SopRule&) {
    for (const std::string& topic : conditions.topics) {
      if (named.emplace(topic, topics_.size()).second) topics_.push_back(topic);
    }
  });
  atoms_[kTopic] = topics_.size();
  absl::flat_hash_map<std::string, std::string> parents;
  for (const sop::SopTopic& topic : sop_.topics) parents[topic.topic_id] = topic.parent;
  for (size_t atom = 1; atom < topics_.size(); ++atom) {
    // At most as many steps as there are topics, whatever the document says.
    std::string above = topics_[atom];
    for (size_t step = 0; !above.empty() && step <= sop_.topics.size(); ++step) {
      if (named.contains(above)) {
        topic_atoms_.try_emplace(above, topics_.size()).first->second.Add(atom);
      }
      const auto parent = parents.find(above);
      above = parent == parents.end() ? "" : parent->second;
    }
  }
}

void ContactSpace::CutAreas() {
  std::set<std::string> named;
  ForEachConditions([&](const sop::Conditions& conditions, const sop::SopRule&) {
    named.insert(conditions.areas.begin(), conditions.areas.end());
  });
  // By their fold: a name as it is written, and the areas that it is in.
  std::map<std::string, std::pair<std::string, std::vector<bool>>> neighbourhoods;
  // Where an area begins (1) or ends (-1), from this postcode on.
  std::multimap<int, std::pair<size_t, int>> cuts;
  for (size_t i = 0; i < sop_.areas.size(); ++i) {
    const sop::SopArea& area = sop_.areas[i];
    if (!named.contains(area.area_id)) continue;
    for (const std::string& name : area.neighbourhoods) {
      const auto [found, is_new] = neighbourhoods.try_emplace(text::FoldCase(name));
      if (is_new) found->second = {name, std::vector<bool>(sop_.areas.size())};
      found->second.second[i] = true;
    }
    for (const std::string& text : area.postcodes) {
      const std::optional<sop::PostcodeRange> range = sop::ReadPostcodes(text);
      if (!range) continue;
      cuts.insert({range->first, {i, 1}});
      cuts.insert({range->last + 1, {i, -1}});
    }
  }
  std::map<std::vector<bool>, size_t> atoms = {{std::vector<bool>(sop_.areas.size()), 0}};
  residences_ = {{"", ""}};
  for (const auto& [fold, known] : neighbourhoods) {
    if (atoms.emplace(known.second, residences_.size()).second) {
      residences_.emplace_back(known.first, "");
    }
  }
  // Ranges of one area that still go on.
  std::vector<int> going(sop_.areas.size());
  std::vector<bool> areas(sop_.areas.size());
  for (auto cut = cuts.begin(); cut != cuts.end();) {
    const int postcode = cut->first;
    for (; cut != cuts.end() && cut->first == postcode; ++cut) {
      const auto& [area, step] = cut->second;
      going[area] += step;
      areas[area] = going[area] > 0;
    }
    if (atoms.emplace(areas, residences_.size()).second) {
      residences_.emplace_back("", sop::WritePostcode(postcode));
    }
  }
  atoms_[kArea] = residences_.size();
  for (size_t i = 0; i < sop_.areas.size(); ++i) {
    BitSet& area = areas_.emplace(sop_.areas[i].area_id, residences_.size()).first->second;
    for (const auto& [inside, atom] : atoms) {
      if (inside[i]) area.Add(atom);
    }
  }
}

const sop::WeekHours& ContactSpace::HoursOf(absl::string_view team_id) const {
  const auto hours = hours_.find(team_id);
  return hours == hours_.end() ? never_open_ : hours->second;
}

bool ContactSpace::IsOpen(absl::string_view team_id, const Moment& moment) const {
  return !moment.closed_day && IsOpenAt(HoursOf(team_id), moment.weekday, moment.minute);
}

void ContactSpace::CutMoments() {
  std::set<int> masks;
  ForEachConditions([&](const sop::Conditions& conditions, const sop::SopRule&) {
    if (!conditions.weekdays.empty()) masks.insert(MaskOf(conditions.weekdays));
  });
  // Teams with the same hours are one; hours matter only to rules that ask for them or put through.
  std::vector<std::string> teams;
  for (const sop::SopRule& rule : sop_.rules) {
    const bool same = std::any_of(teams.begin(), teams.end(), [&](const std::string& team) {
      return HoursOf(team) == HoursOf(rule.then.team_id);
    });
    if (!same) teams.push_back(rule.then.team_id);
  }
  std::set<std::vector<bool>> seen;
  for (int weekday = 0; weekday < 7; ++weekday) {
    std::set<int> cuts = {0};
    for (const std::string& team : teams) {
      for (const sop::OpenInterval& open : HoursOf(team)[weekday]) {
        cuts.insert(open.from);
        if (open.to < 24 * 60) cuts.insert(open.to);
      }
    }
    std::vector<int> minutes = {kOrdinaryMinute};
    minutes.insert(minutes.end(), cuts.begin(), cuts.end());
    for (const int minute : minutes) {
      for (const bool closed_day : {false, true}) {
        const Moment moment{weekday, minute, closed_day};
        std::vector<bool> signature;
        for (const int mask : masks) signature.push_back((mask >> weekday & 1) != 0);
        for (const std::string& team : teams) signature.push_back(IsOpen(team, moment));
        if (seen.insert(signature).second) moments_.push_back(moment);
      }
    }
  }
  atoms_[kMoment] = moments_.size();
}

void ContactSpace::CutNames() {
  municipalities_ = {""};
  menu_ = {""};
  ForEachConditions([&](const sop::Conditions& conditions, const sop::SopRule&) {
    for (const std::string& name : conditions.municipalities) {
      if (municipality_atoms_.emplace(name, municipalities_.size()).second) {
        municipalities_.push_back(name);
      }
    }
    for (const std::string& key : conditions.menu) {
      if (menu_atoms_.emplace(key, menu_.size()).second) menu_.push_back(key);
    }
  });
  atoms_[kMunicipality] = municipalities_.size();
  atoms_[kMenu] = menu_.size();
}

void ContactSpace::ReadWords() {
  ForEachConditions([&](const sop::Conditions& conditions, const sop::SopRule&) {
    for (const std::string& pattern : conditions.keywords) {
      const int word = static_cast<int>(words_.size());
      if (word_indexes_.emplace(FoldPattern(pattern), word).second) words_.push_back(pattern);
    }
  });
  implied_ = ImpliedPatterns(words_);
}

BitSet ContactSpace::MomentsOf(const sop::Conditions& conditions, absl::string_view team_id) const {
  BitSet inside(moments_.size());
  const int mask = conditions.weekdays.empty() ? ~0 : MaskOf(conditions.weekdays);
  for (size_t atom = 0; atom < moments_.size(); ++atom) {
    const Moment& moment = moments_[atom];
    if ((mask >> moment.weekday & 1) == 0) continue;
    if (conditions.hours && (*conditions.hours == sop::Hours::kOpen) != IsOpen(team_id, moment)) {
      continue;
    }
    inside.Add(atom);
  }
  return inside;
}

BitSet ContactSpace::TopicsOf(const sop::Conditions& conditions) const {
  BitSet inside(topics_.size());
  for (const std::string& topic : conditions.topics) {
    inside.Include(topic_atoms_.at(topic));
  }
  return inside;
}

Region ContactSpace::RegionOf(const sop::Conditions& conditions, absl::string_view team_id) const {
  Region region;
  const auto ask = [&](Dimension dimension) -> BitSet& {
    region.asks[dimension] = true;
    return region.inside[dimension] = BitSet(atoms_[dimension]);
  };
  if (!conditions.channels.empty()) {
    BitSet& set = ask(kChannel);
    for (const common::v1::Channel channel : conditions.channels) {
      set.Add(static_cast<size_t>(channel) - 1);
    }
  }
  if (!conditions.topics.empty()) ask(kTopic) = TopicsOf(conditions);
  if (conditions.customer) ask(kCustomer).Add(*conditions.customer == sop::CustomerKind::kBusiness);
  if (conditions.urgency) ask(kUrgency).Add(*conditions.urgency == sop::Urgency::kUrgent);
  if (!conditions.areas.empty()) {
    BitSet& set = ask(kArea);
    for (const std::string& area : conditions.areas) set.Include(areas_.at(area));
  }
  if (conditions.hours || !conditions.weekdays.empty()) {
    ask(kMoment) = MomentsOf(conditions, team_id);
  }
  if (!conditions.municipalities.empty()) {
    BitSet& set = ask(kMunicipality);
    for (const std::string& name : conditions.municipalities) set.Add(municipality_atoms_.at(name));
  }
  if (!conditions.menu.empty()) {
    BitSet& set = ask(kMenu);
    for (const std::string& key : conditions.menu) set.Add(menu_atoms_.at(key));
  }
  for (const std::string& pattern : conditions.keywords) {
    region.words.push_back(word_indexes_.at(FoldPattern(pattern)));
  }
  return region;
}

BitSet ContactSpace::ShutMoments(absl::string_view team_id) const {
  BitSet shut(moments_.size());
  for (size_t atom = 0; atom < moments_.size(); ++atom) {
    if (!IsOpen(team_id, moments_[atom])) shut.Add(atom);
  }
  return shut;
}

Example ContactSpace::Show(const std::array<BitSet, kDimensions>& atoms,
                           const std::vector<int8_t>& words) const {
  Example example;
  example.channel = static_cast<common::v1::Channel>(atoms[kChannel].First() + 1);
  example.topic_id = topics_[atoms[kTopic].First()];
  if (!(atoms[kCustomer].Has(0) && atoms[kCustomer].Has(1))) {
    example.customer =
        atoms[kCustomer].Has(1) ? sop::CustomerKind::kBusiness : sop::CustomerKind::kResident;
  }
  if (!(atoms[kUrgency].Has(0) && atoms[kUrgency].Has(1))) {
    example.urgency = atoms[kUrgency].Has(1) ? sop::Urgency::kUrgent : sop::Urgency::kNormal;
  }
  std::tie(example.neighbourhood, example.postcode) = residences_[atoms[kArea].First()];
  const Moment& moment = moments_[atoms[kMoment].First()];
  example.weekday = moment.weekday;
  example.minute = moment.minute;
  example.closed_day = moment.closed_day;
  example.municipality = municipalities_[atoms[kMunicipality].First()];
  example.menu_key = menu_[atoms[kMenu].First()];
  for (size_t word = 0; word < words.size(); ++word) {
    if (words[word] > 0) example.with_keywords.push_back(words_[word]);
    if (words[word] < 0) example.without_keywords.push_back(words_[word]);
  }
  return example;
}

}  // namespace wissel::verify
