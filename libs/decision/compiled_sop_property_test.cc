// Random SOPs against what an SOP means, said as plainly as possible.

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "libs/decision/compiled_sop.h"
#include "libs/decision/random_request.h"

namespace wissel::decision {
namespace {

class Reference {
 public:
  explicit Reference(const sop::Sop& sop) : sop_(sop) {}

  size_t Match(const RoutingRequest& request) const {
    for (int priority = 99; priority >= 0; --priority) {
      for (size_t i = 0; i < sop_.rules.size(); ++i) {
        if (sop_.rules[i].priority == priority && Applies(sop_.rules[i], request)) return i;
      }
    }
    return kNoRule;
  }

 private:
  bool Applies(const sop::SopRule& rule, const RoutingRequest& request) const {
    if (!Hold(rule.when, rule.then.team_id, request)) return false;
    for (const sop::Conditions& exception : rule.unless) {
      if (Hold(exception, rule.then.team_id, request)) return false;
    }
    return true;
  }

  bool Hold(const sop::Conditions& when, const std::string& team,
            const RoutingRequest& request) const {
    const auto any = [](const auto& values, auto holds) {
      return values.empty() || std::any_of(values.begin(), values.end(), holds);
    };
    const auto same = [](absl::string_view known) {
      return [known](const std::string& value) { return value == known; };
    };
    const std::string text = StandIn(absl::StrCat(request.subject, "\n", request.text));
    return any(when.channels,
               [&](common::v1::Channel channel) { return channel == request.channel; }) &&
           any(when.topics, [&](const std::string& t) { return IsWithin(request.topic_id, t); }) &&
           any(when.keywords,
               [&](const std::string& k) { return RE2::PartialMatch(text, Pattern(k)); }) &&
           (!when.customer ||
            (*when.customer == sop::CustomerKind::kBusiness) == request.is_business) &&
           (!when.urgency || (*when.urgency == sop::Urgency::kUrgent) == request.is_urgent) &&
           any(when.areas, [&](const std::string& area) { return IsIn(request, area); }) &&
           (!when.hours || (*when.hours == sop::Hours::kOpen) == IsOpen(team, request)) &&
           any(when.weekdays, [&](int day) { return day == request.weekday; }) &&
           any(when.municipalities, same(request.municipality)) &&
           any(when.menu, same(request.menu_key));
  }

  // RE2 knows no letters beyond ASCII where a word ends; no text here has these two.
  static std::string StandIn(absl::string_view text) {
    return absl::StrReplaceAll(text, {{"é", "q"}, {"É", "Q"}, {"ſ", "s"}});
  }

  static const RE2& Pattern(const std::string& keyword) {
    static auto* patterns = new std::map<std::string, std::unique_ptr<RE2>>;
    std::unique_ptr<RE2>& pattern = (*patterns)[keyword];
    if (pattern == nullptr) pattern = std::make_unique<RE2>("(?i:" + StandIn(keyword) + ")");
    return *pattern;
  }

  bool IsWithin(absl::string_view given, const std::string& ancestor) const {
    std::string topic(given);
    while (!topic.empty()) {
      if (topic == ancestor) return true;
      std::string parent;
      for (const sop::SopTopic& known : sop_.topics) {
        if (known.topic_id == topic) parent = known.parent;
      }
      topic = parent;
    }
    return false;
  }

  // Only for places as RandomRequest makes them.
  bool IsIn(const RoutingRequest& request, const std::string& area_id) const {
    const std::string buurt = absl::AsciiStrToLower(request.neighbourhood);
    bool known = false;
    bool by_name = false;
    bool by_postcode = false;
    std::string code = absl::AsciiStrToUpper(request.postcode);
    code.erase(std::remove(code.begin(), code.end(), ' '), code.end());
    for (const sop::SopArea& area : sop_.areas) {
      for (const std::string& name : area.neighbourhoods) {
        if (absl::AsciiStrToLower(name) != buurt) continue;
        known = true;
        by_name = by_name || area.area_id == area_id;
      }
      if (area.area_id != area_id || code.empty()) continue;
      for (const std::string& postcode : area.postcodes) {
        by_postcode = by_postcode || code.substr(0, 4) == postcode ||
                      (postcode.size() > 4 && code >= "2514AB" && code <= "2514ZZ");
      }
    }
    return known ? by_name : by_postcode;
  }

  bool IsOpen(const std::string& team_id, const RoutingRequest& request) const {
    if (request.closed_day) return false;
    for (const sop::SopTeam& team : sop_.teams) {
      if (team.team_id != team_id || !team.hours) continue;
      for (const sop::OpenInterval& open : (*team.hours)[request.weekday]) {
        if (open.from <= request.minute && request.minute < open.to) return true;
      }
    }
    return false;
  }

  const sop::Sop& sop_;
};

TEST(DecisionProperty, EqualsANaiveFirstMatch) {
  constexpr int kSops = 3000;
  constexpr int kInquiries = 20;
  int last = 0;
  int none = 0;
  for (int seed = 0; seed < kSops; ++seed) {
    RandomRequest random(seed);
    const auto compiled = CompiledSop::Compile(random.Make(), 1).value();
    const std::vector<sop::SopRule>& rules = compiled->sop().rules;
    const Reference reference(compiled->sop());
    for (int i = 0; i < kInquiries; ++i) {
      const RoutingRequest request = random.MakeRequest();
      const size_t expected = reference.Match(request);
      ASSERT_EQ(compiled->Match(request), expected) << "seed " << seed << ", request " << i;
      const std::string rule_id = expected == kNoRule ? "" : rules[expected].rule_id;
      ASSERT_EQ(compiled->Decide(request).rule_id(), rule_id);
      none += expected == kNoRule;
      last += expected + 1 == rules.size();
    }
  }
  // The comparison would prove little if nearly everything ended at the end, or nothing did.
  EXPECT_GT(last + none, kSops * kInquiries / 20);
  EXPECT_LT(last + none, kSops * kInquiries * 3 / 4);
  EXPECT_GT(none, kSops * kInquiries / 100);
}

TEST(DecisionProperty, ExplainsEachEarlierRule) {
  for (int seed = 0; seed < 300; ++seed) {
    RandomRequest random(seed);
    const auto compiled = CompiledSop::Compile(random.Make(), 1).value();
    const std::vector<size_t> order = sop::DecisionOrder(compiled->sop());
    const RoutingRequest request = random.MakeRequest();
    const Explanation explanation = compiled->Explain(request);
    const size_t winner = compiled->Match(request);
    size_t step = 0;
    for (const v1::LosingRule& losing : explanation.decision.losing_rules()) {
      ASSERT_EQ(losing.rule_id(), compiled->sop().rules[order[step]].rule_id) << "seed " << seed;
      ASSERT_FALSE(losing.reason().empty()) << "seed " << seed;
      ++step;
    }
    ASSERT_EQ(step == order.size() ? kNoRule : order[step], winner) << "seed " << seed;
    ASSERT_FALSE(explanation.paragraph.empty());
  }
}

// Rules of which each two differ in a condition that a contact meets once.
TEST(DecisionProperty, PermutingDisjointRulesChangesNothing) {
  int matched = 0;
  for (int seed = 0; seed < 2000; ++seed) {
    RandomRequest random(seed);
    sop::Sop sop = random.Make();
    std::vector<sop::SopRule> disjoint;
    for (sop::SopRule& rule : sop.rules) {
      const int place = static_cast<int>(disjoint.size());
      if (place == 18) break;
      rule.when.channels = {static_cast<common::v1::Channel>(1 + place % 9)};
      rule.when.urgency = place < 9 ? sop::Urgency::kUrgent : sop::Urgency::kNormal;
      rule.when.areas.clear();
      rule.when.keywords.clear();
      rule.priority = 0;
      disjoint.push_back(rule);
    }
    sop.rules = disjoint;
    sop::Sop other = sop;
    std::shuffle(other.rules.begin(), other.rules.end(), std::mt19937(seed));
    const auto one = CompiledSop::Compile(sop, 1).value();
    const auto two = CompiledSop::Compile(other, 1).value();
    for (int i = 0; i < 20; ++i) {
      const RoutingRequest request = random.MakeRequest();
      const std::string rule_id = one->Decide(request).rule_id();
      ASSERT_EQ(rule_id, two->Decide(request).rule_id()) << "seed " << seed;
      matched += !rule_id.empty();
    }
  }
  EXPECT_GT(matched, 500);
}

}  // namespace
}  // namespace wissel::decision
