#include "libs/decision/rule_index.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/numeric/bits.h"
#include "libs/base/status.h"

namespace wissel::decision {
namespace {

// Fields of View::facts, each with one bit set. Of channels, keys and days the first bit of the
// field stands for none that an SOP can name.
constexpr int kMenuAt = 0;
constexpr int kMenuCount = 11;
constexpr int kDayAt = kMenuAt + kMenuCount;
constexpr int kDayCount = 8;
constexpr int kCustomerAt = kDayAt + kDayCount;
constexpr int kUrgencyAt = kCustomerAt + 2;
// Last: candidates have the fields before it.
constexpr int kChannelAt = kUrgencyAt + 2;
constexpr int kChannelCount = 10;

constexpr uint64_t Bit(int index) { return uint64_t{1} << index; }
constexpr uint64_t Field(int at, int count) { return (Bit(count) - 1) << at; }

constexpr struct {
  Aspect aspect;
  uint64_t field;
} kFields[] = {
    {kByChannel, Field(kChannelAt, kChannelCount)},
    {kByMenu, Field(kMenuAt, kMenuCount)},
    {kByWeekday, Field(kDayAt, kDayCount)},
    {kByCustomer, Field(kCustomerAt, 2)},
    {kByUrgency, Field(kUrgencyAt, 2)},
};

int ChannelOf(common::v1::Channel channel) {
  const int number = static_cast<int>(channel);
  return number > 0 && number < kChannelCount ? number : 0;
}

int MenuOf(absl::string_view key) {
  const bool digit = key.size() == 1 && key[0] >= '0' && key[0] <= '9';
  return digit ? 1 + (key[0] - '0') : 0;
}

int DayOf(int weekday) { return weekday >= 0 && weekday < 7 ? 1 + weekday : 0; }

// Leaves of one field only the bits of `values`, unless there are none.
template <typename Values, typename IndexOf>
void Narrow(int at, int count, const Values& values, IndexOf index, uint64_t* facts) {
  if (values.empty()) return;
  *facts &= ~Field(at, count);
  for (const auto& value : values) *facts |= Bit(at + index(value));
}

uint64_t FactsOf(const sop::Conditions& conditions) {
  uint64_t facts = ~uint64_t{0};
  Narrow(kChannelAt, kChannelCount, conditions.channels, ChannelOf, &facts);
  Narrow(kMenuAt, kMenuCount, conditions.menu, MenuOf, &facts);
  Narrow(kDayAt, kDayCount, conditions.weekdays, DayOf, &facts);
  if (conditions.customer) {
    const bool business = *conditions.customer == sop::CustomerKind::kBusiness;
    facts &= ~Bit(kCustomerAt + (business ? 0 : 1));
  }
  if (conditions.urgency) {
    const bool urgent = *conditions.urgency == sop::Urgency::kUrgent;
    facts &= ~Bit(kUrgencyAt + (urgent ? 0 : 1));
  }
  return facts;
}

uint32_t BesidesChannel(uint64_t facts) {
  return static_cast<uint32_t>(facts & (Bit(kChannelAt) - 1));
}

uint64_t FactsOf(const RoutingRequest& request) {
  return Bit(kChannelAt + ChannelOf(request.channel)) | Bit(kMenuAt + MenuOf(request.menu_key)) |
         Bit(kDayAt + DayOf(request.weekday)) | Bit(kCustomerAt + (request.is_business ? 1 : 0)) |
         Bit(kUrgencyAt + (request.is_urgent ? 1 : 0));
}

}  // namespace

RuleIndex::View::View(const RuleIndex& table, const RoutingRequest& request)
    : request_(request),
      facts_(FactsOf(request)),
      channel_(ChannelOf(request.channel)),
      topic_(static_cast<uint32_t>(table.topics_.size())),
      search_(table.keywords_, request.subject, request.text) {
  const auto topic = table.topic_numbers_.find(request.topic_id);
  if (topic != table.topic_numbers_.end()) topic_ = topic->second;
  // Prefetches the bucket; its latency overlaps the look-up of the municipality.
  __builtin_prefetch(&table.buckets_[topic_ * kChannelCount + channel_]);
  const auto municipality = table.municipality_numbers_.find(request.municipality);
  if (municipality != table.municipality_numbers_.end()) municipality_ = municipality->second;
}

RuleIndex::RuleIndex(const sop::Sop& sop)
    : sop_(sop), order_(sop::DecisionOrder(sop)), area_index_(sop.areas) {}

absl::Status RuleIndex::Fill(const absl::flat_hash_map<std::string, sop::WeekHours>& hours) {
  NumberTopics();
  for (const sop::SopArea& area : sop_.areas) {
    area_numbers_.emplace(area.area_id, area_numbers_.size());
  }
  const auto name = [this](const sop::Conditions& conditions) {
    for (const std::string& code : conditions.municipalities) {
      municipality_numbers_.emplace(code, municipality_numbers_.size());
    }
  };
  for (const sop::SopRule& rule : sop_.rules) {
    name(rule.when);
    for (const sop::Conditions& exception : rule.unless) name(exception);
  }
  FillSchedules(hours);
  rules_.reserve(order_.size());
  for (const size_t index : order_) {
    const sop::SopRule& given = sop_.rules[index];
    Rule rule;
    WISSEL_ASSIGN_OR_RETURN(rule.when, Compile(given.when, given.then.team_id));
    rule.unless.begin = static_cast<uint32_t>(exceptions_.size());
    for (const sop::Conditions& exception : given.unless) {
      WISSEL_ASSIGN_OR_RETURN(exceptions_.emplace_back(), Compile(exception, given.then.team_id));
    }
    rule.unless.end = static_cast<uint32_t>(exceptions_.size());
    rules_.push_back(rule);
  }
  FillBuckets();
  return absl::OkStatus();
}

void RuleIndex::NumberTopics() {
  const size_t count = sop_.topics.size();
  absl::flat_hash_map<absl::string_view, size_t> indexes;
  for (size_t i = 0; i < count; ++i) indexes.emplace(sop_.topics[i].topic_id, i);
  std::vector<size_t> above(count, count);
  std::vector<std::vector<size_t>> below(count + 1);
  for (size_t i = 0; i < count; ++i) {
    // A parent stands above its topics, so there is no loop.
    const auto parent = indexes.find(sop_.topics[i].parent);
    if (parent != indexes.end() && parent->second < i) above[i] = parent->second;
    below[above[i]].push_back(i);
  }
  std::vector<uint32_t> numbers(count + 1, static_cast<uint32_t>(count));
  std::vector<size_t> to_visit(below[count].rbegin(), below[count].rend());
  while (!to_visit.empty()) {
    const size_t index = to_visit.back();
    to_visit.pop_back();
    const auto number = static_cast<uint32_t>(topics_.size());
    numbers[index] = number;
    topic_numbers_.emplace(sop_.topics[index].topic_id, number);
    topics_.push_back({index, {number, number + 1}, numbers[above[index]]});
    to_visit.insert(to_visit.end(), below[index].rbegin(), below[index].rend());
  }
  for (size_t number = topics_.size(); number-- > 0;) {
    const Topic& topic = topics_[number];
    if (topic.above == topics_.size()) continue;
    TopicRange& range = topics_[topic.above].range;
    range.end = std::max(range.end, topic.range.end);
  }
}

void RuleIndex::FillSchedules(const absl::flat_hash_map<std::string, sop::WeekHours>& hours) {
  // Of teams that nobody gives hours.
  schedules_.emplace_back();
  for (const sop::SopTeam& team : sop_.teams) {
    if (!team.hours) continue;
    schedule_indexes_.emplace(team.team_id, schedules_.size());
    schedules_.push_back(*team.hours);
  }
  for (const sop::SopRule& rule : sop_.rules) {
    const auto given = hours.find(rule.then.team_id);
    if (given == hours.end()) continue;
    if (schedule_indexes_.emplace(rule.then.team_id, schedules_.size()).second) {
      schedules_.push_back(given->second);
    }
  }
}

uint32_t RuleIndex::AddBits(size_t words, const std::vector<uint32_t>& set) {
  const size_t begin = bits_.size();
  bits_.resize(begin + words);
  for (const uint32_t number : set) bits_[begin + number / 64] |= Bit(number % 64);
  return static_cast<uint32_t>(begin);
}

absl::StatusOr<RuleIndex::Test> RuleIndex::Compile(const sop::Conditions& conditions,
                                                   absl::string_view team_id) {
  Test test;
  test.facts = FactsOf(conditions);
  std::vector<uint32_t> set;
  for (const std::string& code : conditions.municipalities) {
    set.push_back(municipality_numbers_.at(code));
  }
  if (!set.empty()) test.municipalities = AddBits(municipality_numbers_.size() / 64 + 1, set);
  set.clear();
  for (const std::string& area : conditions.areas) set.push_back(area_numbers_.at(area));
  if (!set.empty()) test.areas = AddBits(area_index_.words(), set);
  if (conditions.hours) {
    const auto schedule = schedule_indexes_.find(team_id);
    test.hours = schedule == schedule_indexes_.end() ? 0 : 2 * schedule->second;
    if (*conditions.hours == sop::Hours::kClosed) ++test.hours;
  }
  test.topics.begin = static_cast<uint32_t>(topic_ranges_.size());
  for (const std::string& topic : conditions.topics) {
    topic_ranges_.push_back(topics_[topic_numbers_.at(topic)].range);
  }
  test.topics.end = static_cast<uint32_t>(topic_ranges_.size());
  test.patterns.begin = static_cast<uint32_t>(patterns_.size());
  for (const std::string& pattern : conditions.keywords) {
    WISSEL_ASSIGN_OR_RETURN(patterns_.emplace_back(), keywords_.Add(pattern));
  }
  test.patterns.end = static_cast<uint32_t>(patterns_.size());
  return test;
}

void RuleIndex::AddToBucket(Bucket& bucket, size_t at, uint32_t step) const {
  const Test& test = rules_[step].when;
  const sop::Conditions& given = sop_.rules[order_[step]].when;
  uint32_t municipality = kAnyOne;
  uint32_t pattern = kAnyOne;
  // A condition with one value stands here whole.
  if (given.municipalities.size() == 1) {
    municipality = municipality_numbers_.at(given.municipalities.front());
  }
  if (given.keywords.size() == 1) pattern = patterns_[test.patterns.begin];
  const bool much = test.areas != kAny || test.hours != kAny || !rules_[step].unless.empty() ||
                    (!given.municipalities.empty() && municipality >= kAnyOne) ||
                    (!given.keywords.empty() && pattern >= kAnyOne);
  bucket.steps[at] = step;
  bucket.facts[at] = BesidesChannel(test.facts);
  if (much) bucket.facts[at] |= kMuch;
  if (much || !test.patterns.empty()) bucket.facts[at] |= uint32_t{1} << kMoreAt;
  bucket.municipalities[at] = static_cast<uint16_t>(std::min<uint32_t>(municipality, kAnyOne));
  bucket.patterns[at] = static_cast<uint16_t>(std::min<uint32_t>(pattern, kAnyOne));
}

void RuleIndex::FillBuckets() {
  buckets_.resize((topics_.size() + 1) * kChannelCount);
  // Where the next rule of a topic and channel goes: a bucket, and the index in it.
  std::vector<std::pair<uint32_t, uint32_t>> ends(buckets_.size());
  for (uint32_t i = 0; i < ends.size(); ++i) ends[i].first = i;
  const auto add = [&](size_t topic, uint32_t step) {
    for (int channel = 0; channel < kChannelCount; ++channel) {
      if ((rules_[step].when.facts & Bit(kChannelAt + channel)) == 0) continue;
      auto& [bucket, at] = ends[topic * kChannelCount + channel];
      if (at == Bucket::kRules) {
        buckets_[bucket].next = static_cast<uint32_t>(buckets_.size());
        bucket = buckets_[bucket].next;
        at = 0;
        buckets_.emplace_back();
      }
      AddToBucket(buckets_[bucket], at++, step);
    }
  };
  for (uint32_t step = 0; step < rules_.size(); ++step) {
    const Span& topics = rules_[step].when.topics;
    if (topics.empty()) add(topics_.size(), step);
    for (uint32_t i = topics.begin; i < topics.end; ++i) add(topic_ranges_[i].first, step);
  }
}

size_t RuleIndex::Match(View& view) const {
  uint32_t best = static_cast<uint32_t>(rules_.size());
  // The rules of the topic, of those above it, and of none.
  for (uint32_t topic = view.topic_;; topic = topics_[topic].above) {
    best = MatchIn(&buckets_[topic * kChannelCount + view.channel_], best, view);
    if (topic == topics_.size()) return best;
  }
}

uint32_t RuleIndex::MatchIn(const Bucket* bucket, uint32_t best, View& view) const {
  const uint32_t facts = BesidesChannel(view.facts_);
  const auto here = static_cast<uint16_t>(std::min<uint32_t>(view.municipality_, kAnyOne));
  for (;; bucket = &buckets_[bucket->next]) {
    // Without a branch for each rule: which of them it is, nobody can foresee.
    uint32_t holds = 0;
    uint32_t asks_more = 0;
    for (uint32_t i = 0; i < Bucket::kRules; ++i) {
      const uint16_t where = bucket->municipalities[i];
      const bool fits = ((facts & ~bucket->facts[i]) == 0) & ((where == kAnyOne) | (where == here));
      holds |= uint32_t{fits} << i;
      asks_more |= (bucket->facts[i] >> kMoreAt) << i;
    }
    // The first that holds for sure, and before it those that may.
    const uint32_t sure = holds & ~asks_more;
    const int first = absl::countr_zero(sure | (uint32_t{1} << Bucket::kRules));
    uint32_t may = holds & asks_more & ((uint32_t{1} << first) - 1);
    for (; may != 0; may &= may - 1) {
      const int i = absl::countr_zero(may);
      if (bucket->steps[i] >= best) return best;
      const uint16_t pattern = bucket->patterns[i];
      if (pattern != kAnyOne && !view.search_.Finds(pattern)) continue;
      if ((bucket->facts[i] & kMuch) == 0 || Holds(rules_[bucket->steps[i]], view)) {
        return bucket->steps[i];
      }
    }
    if (sure != 0) return std::min(best, bucket->steps[first]);
    if (bucket->next == 0) return best;
  }
}

bool RuleIndex::Holds(const Rule& rule, View& view) const {
  if (!HoldsBesidesTopic(rule.when, view)) return false;
  for (uint32_t i = rule.unless.begin; i < rule.unless.end; ++i) {
    if (HoldsTopic(exceptions_[i], view) && HoldsBesidesTopic(exceptions_[i], view)) return false;
  }
  return true;
}

bool RuleIndex::HoldsBesidesTopic(const Test& test, View& view) const {
  return (view.facts_ & ~test.facts) == 0 && HoldsMunicipality(test, view) &&
         HoldsArea(test, view) && HoldsHours(test, view) && HoldsKeyword(test, view);
}

bool RuleIndex::HoldsTopic(const Test& test, const View& view) const {
  if (test.topics.empty()) return true;
  for (uint32_t i = test.topics.begin; i < test.topics.end; ++i) {
    const TopicRange& range = topic_ranges_[i];
    if (view.topic_ >= range.first && view.topic_ < range.end) return true;
  }
  return false;
}

bool RuleIndex::HoldsMunicipality(const Test& test, const View& view) const {
  if (test.municipalities == kAny) return true;
  const uint32_t number = view.municipality_;
  return number != kAny && (bits_[test.municipalities + number / 64] & Bit(number % 64)) != 0;
}

bool RuleIndex::HoldsArea(const Test& test, View& view) const {
  if (test.areas == kAny) return true;
  if (!std::exchange(view.knows_areas_, true)) {
    view.areas_ = area_index_.AreasOf(view.request_.neighbourhood, view.request_.postcode);
  }
  if (view.areas_ == nullptr) return false;
  for (size_t i = 0; i < area_index_.words(); ++i) {
    if ((bits_[test.areas + i] & view.areas_[i]) != 0) return true;
  }
  return false;
}

bool RuleIndex::HoldsHours(const Test& test, const View& view) const {
  if (test.hours == kAny) return true;
  const RoutingRequest& request = view.request_;
  bool open = false;
  if (!request.closed_day && DayOf(request.weekday) != 0) {
    for (const sop::OpenInterval& interval : schedules_[test.hours / 2][request.weekday]) {
      open = open || (request.minute >= interval.from && request.minute < interval.to);
    }
  }
  return open == (test.hours % 2 == 0);
}

bool RuleIndex::HoldsKeyword(const Test& test, View& view) const {
  if (test.patterns.empty()) return true;
  for (uint32_t i = test.patterns.begin; i < test.patterns.end; ++i) {
    if (view.search_.Finds(patterns_[i])) return true;
  }
  return false;
}

RuleEvaluation RuleIndex::Evaluate(size_t step, View& view) const {
  const Rule& rule = rules_[step];
  RuleEvaluation evaluation;
  const auto judge = [&evaluation](Aspect aspect, bool asked, bool holds) {
    if (asked) evaluation.asked |= aspect;
    if (asked && !holds) evaluation.failed |= aspect;
  };
  for (const auto& [aspect, field] : kFields) {
    judge(aspect, (~rule.when.facts & field) != 0, (view.facts_ & field & ~rule.when.facts) == 0);
  }
  judge(kByMunicipality, rule.when.municipalities != kAny, HoldsMunicipality(rule.when, view));
  judge(kByArea, rule.when.areas != kAny, HoldsArea(rule.when, view));
  judge(kByTopic, !rule.when.topics.empty(), HoldsTopic(rule.when, view));
  judge(kByHours, rule.when.hours != kAny, HoldsHours(rule.when, view));
  judge(kByKeyword, !rule.when.patterns.empty(), HoldsKeyword(rule.when, view));
  for (uint32_t i = rule.unless.begin; i < rule.unless.end; ++i) {
    const bool holds = HoldsTopic(exceptions_[i], view) && HoldsBesidesTopic(exceptions_[i], view);
    if (holds && !(evaluation.failed & kByException)) evaluation.exception = i - rule.unless.begin;
    judge(kByException, true, !holds);
  }
  return evaluation;
}

const sop::SopTopic* RuleIndex::FindTopic(absl::string_view topic_id) const {
  const auto found = topic_numbers_.find(topic_id);
  return found == topic_numbers_.end() ? nullptr : &sop_.topics[topics_[found->second].index];
}

bool RuleIndex::IsWithin(absl::string_view topic_id, absl::string_view ancestor) const {
  const uint32_t topic = topic_numbers_.at(topic_id);
  const TopicRange& range = topics_[topic_numbers_.at(ancestor)].range;
  return topic >= range.first && topic < range.end;
}

}  // namespace wissel::decision
