#include "libs/verify/witness_search.h"

#include <algorithm>

namespace wissel::verify {

WitnessSearch::WitnessSearch(const ContactSpace& space, int64_t budget)
    : space_(space), budget_(budget), words_(space.words()), implied_by_(space.words()) {
  for (size_t word = 0; word < space.words(); ++word) {
    for (const int implied : space.Implied(static_cast<int>(word))) {
      implied_by_[implied].push_back(static_cast<int>(word));
    }
  }
  for (size_t dimension = 0; dimension < kDimensions; ++dimension) {
    left_[dimension] = BitSet::All(space.atoms(static_cast<Dimension>(dimension)));
  }
}

void WitnessSearch::Start(size_t topic) {
  Undo(0);
  demands_.clear();
  exceptions_.clear();
  BitSet one(space_.atoms(kTopic));
  one.Add(topic);
  Keep(kTopic, one);
}

bool WitnessSearch::Enter(const RuleRegion& rule, int channel) {
  if (channel != kAnyChannel && rule.when.asks[kChannel] &&
      !rule.when.inside[kChannel].Has(channel)) {
    return false;
  }
  for (const Region& exception : rule.unless) {
    exceptions_.push_back({.when = &exception, .channel = channel});
  }
  return GoInside(rule.when, channel, &demands_);
}

WitnessSearch::SearchResult WitnessSearch::StayOut(std::vector<Outside> rules, int64_t most) {
  floor_ = std::max<int64_t>(0, budget_ - most);
  rules.insert(rules.end(), exceptions_.begin(), exceptions_.end());
  outside_ = rules;
  if (SettleUnwanted(rules) && Search(std::move(rules), demands_)) return SearchResult::kFound;
  return budget_ <= floor_ ? SearchResult::kGaveUp : SearchResult::kNone;
}

std::vector<int> WitnessSearch::TakeUsed() {
  std::sort(used_.begin(), used_.end());
  is_used_.clear();
  return std::exchange(used_, {});
}

Example WitnessSearch::Found() {
  // Any of what is left will do; customer and urgency stay open, since an example may leave them.
  for (const Dimension dimension : {kChannel, kArea, kMoment, kMunicipality, kMenu}) {
    BitSet one(space_.atoms(dimension));
    one.Add(left_[dimension].First());
    Keep(dimension, one);
  }
  std::vector<int8_t> words(words_.size());
  for (size_t word = 0; word < words.size(); ++word) {
    words[word] = std::max<int8_t>(0, words_[word]);
  }
  for (const Outside& rule : outside_) {
    if (LookAtDimensions(*rule.when, rule.channel) == Containment::kOutside) continue;
    for (const int word : rule.when->words) words[word] = words_[word];
  }
  return space_.Show(left_, words);
}

bool WitnessSearch::SettleUnwanted(const std::vector<Outside>& rules) {
  std::vector<bool> wanted(words_.size());
  const auto want = [&](const std::vector<int>& words) {
    for (const int word : words) {
      wanted[word] = true;
      for (const int implied : space_.Implied(word)) wanted[implied] = true;
    }
  };
  for (const std::vector<int>* words : demands_) want(*words);
  for (const Outside& rule : rules) {
    if (rule.unless == nullptr) continue;
    for (const Region& exception : *rule.unless) want(exception.words);
  }
  for (const Outside& rule : rules) {
    for (const int word : rule.when->words) {
      if (!wanted[word] && !SetWord(word, false)) return false;
    }
  }
  return true;
}

bool WitnessSearch::Search(std::vector<Outside> rules, Demands demands) {
  if (!Settle(&rules, &demands)) return false;
  if (rules.empty()) {
    // Nothing forbids a word any more, so any open one will do.
    for (const std::vector<int>* words : demands) {
      if (LookForWords(*words) != Containment::kEither) continue;
      SetWord(*std::find_if(words->begin(), words->end(), [&](int w) { return words_[w] == 0; }),
              true);
    }
    return true;
  }
  const Outside rule = rules.back();
  rules.pop_back();
  Mark(rule);
  const Ways ways = *WaysOut(rule);
  for (const Way& way : ways) {
    const size_t before = steps_.size();
    Demands then = demands;
    if (Take(rule, way, &then) && Search(rules, std::move(then))) return true;
    Undo(before);
    if (budget_ <= floor_ || !Refuse(rule, way, &demands)) return false;
  }
  return false;
}

bool WitnessSearch::Settle(std::vector<Outside>* rules, Demands* demands) {
  bool changed = true;
  while (changed) {
    changed = false;
    if (!SettleDemands(demands, &changed) || !SettleRules(rules, demands, &changed)) return false;
  }
  return true;
}

bool WitnessSearch::SettleDemands(Demands* demands, bool* changed) {
  size_t kept = 0;
  for (const std::vector<int>* words : *demands) {
    int open = 0;
    int last = -1;
    bool found = false;
    for (const int word : *words) {
      found = found || words_[word] > 0;
      if (words_[word] != 0) continue;
      ++open;
      last = word;
    }
    if (found) continue;
    if (open == 0) return false;
    if (open > 1) {
      (*demands)[kept++] = words;
      continue;
    }
    if (!SetWord(last, true)) return false;
    *changed = true;
  }
  demands->resize(kept);
  return true;
}

bool WitnessSearch::SettleRules(std::vector<Outside>* rules, Demands* demands, bool* changed) {
  size_t kept = 0;
  size_t best = 0;
  size_t fewest = static_cast<size_t>(-1);
  for (const Outside& rule : *rules) {
    const std::optional<Ways> ways = WaysOut(rule);
    if (budget_ <= floor_) return false;
    if (!ways) continue;
    if (ways->size() > 1) {
      if (ways->size() < fewest) {
        fewest = ways->size();
        best = kept;
      }
      (*rules)[kept++] = rule;
      continue;
    }
    Mark(rule);
    if (ways->empty() || !Take(rule, ways->front(), demands)) return false;
    *changed = true;
  }
  rules->resize(kept);
  if (kept > 0) std::swap((*rules)[best], rules->back());
  return true;
}

std::optional<WitnessSearch::Ways> WitnessSearch::WaysOut(const Outside& rule) {
  --budget_;
  const Region& when = *rule.when;
  Ways ways;
  if (!when.words.empty()) {
    const Containment containment = LookForWords(when.words);
    if (containment == Containment::kOutside) return std::nullopt;
    if (containment == Containment::kEither) ways.push_back({Way::Kind::kNoWord, 0});
  }
  for (size_t dimension = 0; dimension < kDimensions; ++dimension) {
    if (!when.asks[dimension]) continue;
    if (dimension == kChannel && rule.channel != kAnyChannel) {
      if (!when.inside[kChannel].Has(rule.channel)) return std::nullopt;
      continue;
    }
    if (left_[dimension].IsWithin(when.inside[dimension])) continue;
    if (!left_[dimension].Meets(when.inside[dimension])) return std::nullopt;
    ways.push_back({Way::Kind::kDimension, dimension});
  }
  const size_t exceptions = rule.unless == nullptr ? 0 : rule.unless->size();
  for (size_t i = 0; i < exceptions; ++i) {
    const Containment containment = Look((*rule.unless)[i], rule.channel);
    if (containment == Containment::kInside) return std::nullopt;
    if (containment == Containment::kEither) ways.push_back({Way::Kind::kException, i});
  }
  return ways;
}

WitnessSearch::Containment WitnessSearch::Look(const Region& region, int channel) const {
  const Containment words =
      region.words.empty() ? Containment::kInside : LookForWords(region.words);
  if (words == Containment::kOutside) return words;
  const Containment containment = LookAtDimensions(region, channel);
  return containment == Containment::kInside ? words : containment;
}

WitnessSearch::Containment WitnessSearch::LookAtDimensions(const Region& region,
                                                           int channel) const {
  Containment containment = Containment::kInside;
  for (size_t dimension = 0; dimension < kDimensions && containment != Containment::kOutside;
       ++dimension) {
    if (!region.asks[dimension]) continue;
    if (dimension == kChannel && channel != kAnyChannel) {
      if (!region.inside[kChannel].Has(channel)) containment = Containment::kOutside;
      continue;
    }
    if (left_[dimension].IsWithin(region.inside[dimension])) continue;
    containment = left_[dimension].Meets(region.inside[dimension]) ? Containment::kEither
                                                                   : Containment::kOutside;
  }
  return containment;
}

WitnessSearch::Containment WitnessSearch::LookForWords(const std::vector<int>& words) const {
  Containment containment = Containment::kOutside;
  for (const int word : words) {
    if (words_[word] > 0) return Containment::kInside;
    if (words_[word] == 0) containment = Containment::kEither;
  }
  return containment;
}

bool WitnessSearch::Take(const Outside& rule, const Way& way, Demands* demands) {
  switch (way.kind) {
    case Way::Kind::kNoWord:
      return std::all_of(rule.when->words.begin(), rule.when->words.end(),
                         [&](int word) { return SetWord(word, false); });
    case Way::Kind::kDimension:
      return Drop(static_cast<Dimension>(way.which), rule.when->inside[way.which]);
    case Way::Kind::kException:
      return GoInside((*rule.unless)[way.which], rule.channel, demands);
  }
  return false;
}

bool WitnessSearch::Refuse(const Outside& rule, const Way& way, Demands* demands) {
  switch (way.kind) {
    case Way::Kind::kNoWord:
      demands->push_back(&rule.when->words);
      return true;
    case Way::Kind::kDimension:
      return Keep(static_cast<Dimension>(way.which), rule.when->inside[way.which]);
    case Way::Kind::kException:
      return true;
  }
  return false;
}

bool WitnessSearch::GoInside(const Region& region, int channel, Demands* demands) {
  for (size_t dimension = 0; dimension < kDimensions; ++dimension) {
    if (!region.asks[dimension] || (dimension == kChannel && channel != kAnyChannel)) continue;
    if (!Keep(static_cast<Dimension>(dimension), region.inside[dimension])) return false;
  }
  if (!region.words.empty()) demands->push_back(&region.words);
  return true;
}

bool WitnessSearch::Keep(Dimension dimension, const BitSet& atoms) {
  if (!left_[dimension].IsWithin(atoms)) {
    steps_.push_back({.word = -1, .dimension = dimension, .before = left_[dimension]});
    left_[dimension].Keep(atoms);
  }
  return !left_[dimension].empty();
}

bool WitnessSearch::Drop(Dimension dimension, const BitSet& atoms) {
  if (left_[dimension].Meets(atoms)) {
    steps_.push_back({.word = -1, .dimension = dimension, .before = left_[dimension]});
    left_[dimension].Drop(atoms);
  }
  return !left_[dimension].empty();
}

bool WitnessSearch::SetWord(int word, bool found) {
  const int8_t value = found ? 1 : -1;
  if (words_[word] != 0) return words_[word] == value;
  words_[word] = value;
  steps_.push_back({.word = word, .before = BitSet()});
  const std::vector<int>& next = found ? space_.Implied(word) : implied_by_[word];
  return std::all_of(next.begin(), next.end(), [&](int other) { return SetWord(other, found); });
}

void WitnessSearch::Undo(size_t steps) {
  while (steps_.size() > steps) {
    const Step& step = steps_.back();
    if (step.word >= 0) {
      words_[step.word] = 0;
    } else {
      left_[step.dimension] = step.before;
    }
    steps_.pop_back();
  }
}

void WitnessSearch::Mark(const Outside& rule) {
  if (rule.rule < 0) return;
  if (is_used_.size() <= static_cast<size_t>(rule.rule)) is_used_.resize(rule.rule + 1);
  if (is_used_[rule.rule]) return;
  is_used_[rule.rule] = true;
  used_.push_back(rule.rule);
}

}  // namespace wissel::verify
