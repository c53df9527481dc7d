#include "services/router/decision.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/router/keywords.h"
#include "services/router/reason.h"

namespace wissel::router {
namespace {

constexpr uint32_t kEveryBit = ~uint32_t{0};
constexpr size_t kNoTopic = static_cast<size_t>(-1);

uint32_t Bit(Channel channel) { return uint32_t{1} << (static_cast<uint32_t>(channel) & 31); }
uint32_t Bit(CustomerKind kind) { return kind == CustomerKind::kBusiness ? 2 : 1; }

// A rule as it is judged: each condition one test.
struct Compiled {
  uint32_t channels = kEveryBit;
  uint32_t customers = kEveryBit;
  bool asks_topic = false;
  bool asks_keyword = false;
  // By topic: whether it is one that was named, or lies below one.
  std::vector<bool> topics;

  int conditions() const {
    return (channels != kEveryBit) + (customers != kEveryBit) + asks_topic + asks_keyword;
  }
};

}  // namespace

class CompiledSop::Impl {
 public:
  explicit Impl(Sop given);

  // An inquiry as the rules see it. Keywords are sought when the first rule asks for them.
  struct Seen {
    const Inquiry& inquiry;
    uint32_t channel;
    uint32_t customer;
    size_t topic;
    std::optional<std::vector<bool>> keyword_rules = std::nullopt;
  };

  Seen See(const Inquiry& inquiry) const;
  Verdict Judge(size_t rule, Seen& seen) const;
  size_t Match(Seen& seen) const;
  // Places of the losing rules to name, in order.
  std::vector<size_t> Nearest(size_t winner, size_t most, Seen& seen) const;
  v1::Decision Decide(const Inquiry& inquiry, size_t most_losers) const;
  std::string Reason(size_t winner, const Seen& seen) const;
  const SopTopic* TopicAt(size_t place) const {
    return place == kNoTopic ? nullptr : &sop.topics[place];
  }

  const Sop sop;
  Keywords keywords;
  // By place.
  std::vector<RuleWords> words;

 private:
  void CompileRule(const SopRule& rule, size_t place);
  // Whether `topic` is `ancestor` or lies below it.
  bool IsWithin(size_t topic, absl::string_view ancestor) const;
  bool FindsKeyword(size_t rule, Seen& seen) const;

  absl::flat_hash_map<std::string, size_t> topic_places_;
  std::vector<Compiled> rules_;
};

CompiledSop::Impl::Impl(Sop given) : sop(std::move(given)) {
  for (size_t i = 0; i < sop.topics.size(); ++i) topic_places_[sop.topics[i].topic_id] = i;
  rules_.reserve(sop.rules.size());
  for (size_t i = 0; i < sop.rules.size(); ++i) CompileRule(sop.rules[i], i);
}

void CompiledSop::Impl::CompileRule(const SopRule& rule, size_t place) {
  Compiled compiled;
  if (!rule.when.channels.empty()) {
    compiled.channels = 0;
    for (const Channel channel : rule.when.channels) compiled.channels |= Bit(channel);
  }
  if (rule.when.customer) compiled.customers = Bit(*rule.when.customer);
  if (!rule.when.topics.empty()) {
    compiled.asks_topic = true;
    compiled.topics.resize(sop.topics.size());
    for (size_t topic = 0; topic < sop.topics.size(); ++topic) {
      compiled.topics[topic] =
          std::any_of(rule.when.topics.begin(), rule.when.topics.end(),
                      [&](const std::string& named) { return IsWithin(topic, named); });
    }
  }
  compiled.asks_keyword = !rule.when.keywords.empty();
  for (const std::string& pattern : rule.when.keywords) keywords.Add(pattern, place);
  rules_.push_back(std::move(compiled));
  words.push_back(WordsOf(sop, rule));
}

bool CompiledSop::Impl::IsWithin(size_t topic, absl::string_view ancestor) const {
  for (size_t place = topic;;) {
    if (sop.topics[place].topic_id == ancestor) return true;
    const auto parent = topic_places_.find(sop.topics[place].parent);
    if (parent == topic_places_.end()) return false;
    place = parent->second;
  }
}

CompiledSop::Impl::Seen CompiledSop::Impl::See(const Inquiry& inquiry) const {
  const auto topic = topic_places_.find(inquiry.topic_id);
  return {.inquiry = inquiry,
          .channel = Bit(inquiry.channel),
          .customer = Bit(inquiry.is_business ? CustomerKind::kBusiness : CustomerKind::kResident),
          .topic = topic == topic_places_.end() ? kNoTopic : topic->second};
}

bool CompiledSop::Impl::FindsKeyword(size_t rule, Seen& seen) const {
  if (!seen.keyword_rules) {
    seen.keyword_rules.emplace(rules_.size());
    keywords.Find(absl::StrCat(seen.inquiry.subject, "\n", seen.inquiry.text),
                  &*seen.keyword_rules);
  }
  return (*seen.keyword_rules)[rule];
}

Verdict CompiledSop::Impl::Judge(size_t rule, Seen& seen) const {
  const Compiled& compiled = rules_[rule];
  return {.channel = (compiled.channels & seen.channel) != 0,
          .topic = !compiled.asks_topic || (seen.topic != kNoTopic && compiled.topics[seen.topic]),
          .keyword = !compiled.asks_keyword || FindsKeyword(rule, seen),
          .customer = (compiled.customers & seen.customer) != 0};
}

size_t CompiledSop::Impl::Match(Seen& seen) const {
  for (size_t rule = 0;; ++rule) {
    const Compiled& compiled = rules_[rule];
    if ((compiled.channels & seen.channel) == 0 || (compiled.customers & seen.customer) == 0) {
      continue;
    }
    if (compiled.asks_topic && (seen.topic == kNoTopic || !compiled.topics[seen.topic])) continue;
    if (!compiled.asks_keyword || FindsKeyword(rule, seen)) return rule;
  }
}

std::vector<size_t> CompiledSop::Impl::Nearest(size_t winner, size_t most, Seen& seen) const {
  struct Loser {
    size_t rule;
    int failed;
    int held;
  };
  std::vector<Loser> losers;
  losers.reserve(winner);
  for (size_t rule = 0; rule < winner; ++rule) {
    const int failed = Judge(rule, seen).failed();
    losers.push_back({rule, failed, rules_[rule].conditions() - failed});
  }
  most = std::min(most, losers.size());
  std::partial_sort(losers.begin(), losers.begin() + most, losers.end(),
                    [](const Loser& a, const Loser& b) {
                      if (a.failed != b.failed) return a.failed < b.failed;
                      if (a.held != b.held) return a.held > b.held;
                      return a.rule > b.rule;
                    });
  std::vector<size_t> nearest;
  for (size_t i = 0; i < most; ++i) nearest.push_back(losers[i].rule);
  std::sort(nearest.begin(), nearest.end());
  return nearest;
}

std::string CompiledSop::Impl::Reason(size_t winner, const Seen& seen) const {
  const SopRule& rule = sop.rules[winner];
  if (rule.when.topics.empty()) return WhyItApplies(rule, seen.inquiry.channel, nullptr, nullptr);
  const auto through =
      std::find_if(rule.when.topics.begin(), rule.when.topics.end(),
                   [&](const std::string& named) { return IsWithin(seen.topic, named); });
  return WhyItApplies(rule, seen.inquiry.channel, TopicAt(seen.topic),
                      TopicAt(topic_places_.at(*through)));
}

CompiledSop::CompiledSop(std::unique_ptr<const Impl> impl, int64_t version)
    : impl_(std::move(impl)), version_(version) {}
CompiledSop::~CompiledSop() = default;

absl::StatusOr<std::shared_ptr<const CompiledSop>> CompiledSop::Compile(Sop sop, int64_t version,
                                                                        HouseFacts) {
  auto impl = std::make_unique<Impl>(std::move(sop));
  WISSEL_RETURN_IF_ERROR(impl->keywords.Compile());
  return std::shared_ptr<const CompiledSop>(new CompiledSop(std::move(impl), version));
}

const Sop& CompiledSop::sop() const { return impl_->sop; }

size_t CompiledSop::Match(const Inquiry& inquiry) const {
  Impl::Seen seen = impl_->See(inquiry);
  return impl_->Match(seen);
}

v1::Decision CompiledSop::Impl::Decide(const Inquiry& inquiry, size_t most_losers) const {
  Seen seen = See(inquiry);
  const size_t winner = Match(seen);
  const SopRule& rule = sop.rules[winner];
  v1::Decision decision;
  decision.set_outcome(rule.then.outcome);
  decision.set_rule_id(rule.rule_id);
  decision.set_reason(Reason(winner, seen));
  decision.set_team_id(rule.then.team_id);
  decision.set_steer_target(rule.then.steer_target);
  decision.set_steer_to(rule.then.steer_to);
  decision.set_phone_number(rule.then.phone_number);
  decision.set_script(rule.then.script);
  for (const size_t loser : Nearest(winner, most_losers, seen)) {
    v1::LosingRule* losing = decision.add_losing_rules();
    losing->set_rule_id(sop.rules[loser].rule_id);
    losing->set_reason(WhyItDoesNot(sop.rules[loser], words[loser], Judge(loser, seen),
                                    inquiry.channel, TopicAt(seen.topic)));
  }
  return decision;
}

v1::Decision CompiledSop::Decide(const Inquiry& inquiry) const {
  v1::Decision decision = impl_->Decide(inquiry, kMostLosingRules);
  decision.set_sop_version(version_);
  return decision;
}

Explanation CompiledSop::Explain(const Inquiry& inquiry) const {
  Explanation explanation;
  explanation.decision = impl_->Decide(inquiry, sop().rules.size());
  explanation.decision.set_sop_version(version_);
  explanation.paragraph = explanation.decision.reason();
  return explanation;
}

}  // namespace wissel::router
