// What Verify finds about thousands of random small SOPs, against a reference that walks every
// contact there is and knows nothing of regions.

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "libs/decision/compiled_sop.h"
#include "libs/verify/verify.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;
namespace {

using Random = std::mt19937_64;
using RuleIds = std::set<std::string>;

constexpr int kSops = 2000;

constexpr common::v1::Channel kChannelsTried[] = {
    common::v1::CHANNEL_PHONE, common::v1::CHANNEL_EMAIL, common::v1::CHANNEL_FORM,
    common::v1::CHANNEL_COUNTER, common::v1::CHANNEL_CHAT};

// Which conditions the rules of one SOP use, so that the whole space stays small enough to walk.
struct Scope {
  bool keywords = false;
  bool people = false;
  bool places = false;
  bool moments = false;
  bool names = false;
};

int Below(Random& random, int limit) { return static_cast<int>(random() % limit); }
bool OneIn(Random& random, int count) { return Below(random, count) == 0; }

template <typename Value>
std::vector<Value> Some(Random& random, std::vector<Value> all, int most) {
  std::shuffle(all.begin(), all.end(), random);
  all.resize(1 + Below(random, std::min<int>(most, static_cast<int>(all.size()))));
  return all;
}

// A pattern of RandomConditions in small letters and with one kind of é.
std::string Plain(absl::string_view pattern) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(pattern), {{"e\u0301", "é"}});
}

sop::Conditions RandomConditions(Random& random, const Scope& scope) {
  sop::Conditions when;
  if (!OneIn(random, 3)) {
    when.channels =
        Some<common::v1::Channel>(random,
                                  {common::v1::CHANNEL_PHONE, common::v1::CHANNEL_EMAIL,
                                   common::v1::CHANNEL_FORM, common::v1::CHANNEL_COUNTER},
                                  3);
  }
  if (OneIn(random, 2)) when.topics = Some<std::string>(random, {"a", "a1", "a2", "a11", "b"}, 2);
  if (scope.keywords && OneIn(random, 2)) {
    when.keywords = Some<std::string>(
        random, {"aap", "AAP", "aapje", "noot", "\\bprivé\\b", "\\bPRIVE\u0301\\b"}, 3);
  }
  if (scope.people && OneIn(random, 2)) {
    when.customer = OneIn(random, 2) ? sop::CustomerKind::kBusiness : sop::CustomerKind::kResident;
  }
  if (scope.people && OneIn(random, 2)) {
    when.urgency = OneIn(random, 2) ? sop::Urgency::kUrgent : sop::Urgency::kNormal;
  }
  if (scope.places && OneIn(random, 2)) {
    when.areas = Some<std::string>(random, {"noord", "oost", "kust"}, 2);
  }
  if (scope.moments && OneIn(random, 2)) {
    when.hours = OneIn(random, 2) ? sop::Hours::kOpen : sop::Hours::kClosed;
  }
  if (scope.moments && OneIn(random, 3)) when.weekdays = Some<int>(random, {0, 1, 4, 5, 6}, 3);
  if (scope.names && OneIn(random, 2)) {
    when.municipalities = Some<std::string>(random, {"GM0001", "GM0002"}, 2);
  }
  if (scope.names && OneIn(random, 3)) when.menu = Some<std::string>(random, {"1", "2"}, 2);
  return when;
}

sop::Agreement RandomAgreement(Random& random) {
  sop::Agreement then{.outcome = v1::OUTCOME_QUEUE, .team_id = "kcc"};
  then.team_id = std::vector<std::string>{"kcc", "werk", "nacht"}[Below(random, 3)];
  if (OneIn(random, 5)) {
    then.outcome = v1::OUTCOME_TRANSFER;
    then.phone_number = "088 000 0101";
  } else if (OneIn(random, 2)) {
    then.outcome = v1::OUTCOME_STEER;
    then.steer_target = std::vector{v1::STEER_TARGET_FORM, v1::STEER_TARGET_COUNTER,
                                    v1::STEER_TARGET_OWN_NUMBER}[Below(random, 3)];
    then.steer_to = "https://een.example";
  }
  return then;
}

sop::Sop RandomSop(Random& random, const Scope& scope) {
  sop::Sop sop;
  sop::WeekHours days{};
  for (int day = 0; day < 5; ++day) days[day] = {{540, 720}, {780, 1020}};
  sop::WeekHours nights{};
  nights[4] = nights[5] = {{0, 360}, {1200, 1440}};
  sop.teams = {{.team_id = "kcc", .hours = days}, {.team_id = "werk", .hours = days}};
  sop.teams.push_back({.team_id = "nacht", .hours = nights});
  sop.areas = {{.area_id = "noord", .postcodes = {"1000-1009"}, .neighbourhoods = {"Haven"}},
               {.area_id = "oost", .postcodes = {"1005AB-1012"}, .neighbourhoods = {"Park"}},
               {.area_id = "kust", .neighbourhoods = {"Haven", "Duin"}}};
  sop.topics = {{.topic_id = "a"},
                {.topic_id = "a1", .parent = "a"},
                {.topic_id = "a11", .parent = "a1"},
                {.topic_id = "a2", .parent = "a"},
                {.topic_id = "b"}};
  const int rules = 1 + Below(random, 7);
  for (int i = 0; i < rules; ++i) {
    sop::SopRule rule{.rule_id = absl::StrCat("r", i), .priority = Below(random, 3) * 10};
    rule.when = RandomConditions(random, scope);
    while (OneIn(random, 3)) rule.unless.push_back(RandomConditions(random, scope));
    rule.then = RandomAgreement(random);
    sop.rules.push_back(std::move(rule));
  }
  if (OneIn(random, 2)) {
    sop.rules.push_back(
        {.rule_id = "rest", .then = {.outcome = v1::OUTCOME_QUEUE, .team_id = "kcc"}});
  }
  return sop;
}

// A contact: an example, with the text that a resident would have typed.
struct Contact {
  Example seen;
  std::string text;
};

// The reference: rules read as people read them.
class Naive {
 public:
  explicit Naive(const sop::Sop& sop) : sop_(sop), order_(sop::DecisionOrder(sop)) {}

  bool IsOpen(const std::string& team_id, const Example& seen) const {
    for (const sop::SopTeam& team : sop_.teams) {
      if (team.team_id != team_id || seen.closed_day) continue;
      for (const sop::OpenInterval& open : (*team.hours)[seen.weekday]) {
        if (open.from <= seen.minute && seen.minute < open.to) return true;
      }
    }
    return false;
  }

  bool Holds(const sop::Conditions& when, const std::string& team, const Contact& contact) const {
    const Example& seen = contact.seen;
    const auto has = [](const auto& list, const auto& value) {
      return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    const auto any = [](const auto& list, const auto& test) {
      return list.empty() || std::any_of(list.begin(), list.end(), test);
    };
    return has(when.channels, seen.channel) && has(when.weekdays, seen.weekday) &&
           has(when.municipalities, seen.municipality) && has(when.menu, seen.menu_key) &&
           any(when.topics,
               [&](const std::string& topic) { return IsWithin(seen.topic_id, topic); }) &&
           any(when.keywords,
               [&](const std::string& word) {
                 return absl::StrContains(contact.text,
                                          absl::StrReplaceAll(Plain(word), {{"\\b", " "}}));
               }) &&
           any(when.areas, [&](const std::string& area) { return IsIn(seen, area); }) &&
           (!when.customer ||
            *when.customer == seen.customer.value_or(sop::CustomerKind::kResident)) &&
           (!when.urgency || *when.urgency == seen.urgency.value_or(sop::Urgency::kNormal)) &&
           (!when.hours || (*when.hours == sop::Hours::kOpen) == IsOpen(team, seen));
  }

  bool Applies(const sop::SopRule& rule, const Contact& contact) const {
    return Holds(rule.when, rule.then.team_id, contact) &&
           std::none_of(rule.unless.begin(), rule.unless.end(), [&](const sop::Conditions& unless) {
             return Holds(unless, rule.then.team_id, contact);
           });
  }

  const sop::SopRule* Winner(const Contact& contact) const {
    for (const size_t rule : order_) {
      if (Applies(sop_.rules[rule], contact)) return &sop_.rules[rule];
    }
    return nullptr;
  }

  const sop::SopRule& Rule(const std::string& rule_id) const {
    return *std::find_if(sop_.rules.begin(), sop_.rules.end(),
                         [&](const sop::SopRule& rule) { return rule.rule_id == rule_id; });
  }

 private:
  bool IsWithin(std::string topic, const std::string& ancestor) const {
    while (!topic.empty()) {
      if (topic == ancestor) return true;
      topic = std::find_if(sop_.topics.begin(), sop_.topics.end(), [&](const sop::SopTopic& t) {
                return t.topic_id == topic;
              })->parent;
    }
    return false;
  }

  static bool IsIn(const Example& seen, const std::string& area) {
    const std::string& name = seen.neighbourhood;
    const std::string& code = seen.postcode;
    if (area == "kust") return name == "Haven" || name == "Duin";
    if (name == "Haven" || name == "Duin" || name == "Park") {
      return name == (area == "noord" ? "Haven" : "Park");
    }
    return area == "noord" ? code >= "1000AA" && code <= "1009ZZ"
                           : code >= "1005AB" && code <= "1012ZZ";
  }

  const sop::Sop& sop_;
  const std::vector<size_t> order_;
};

// Copies `contacts` once for each value and lets `set` put it in.
template <typename Value, typename Set>
void Multiply(std::vector<Contact>* contacts, const std::vector<Value>& values, Set set) {
  std::vector<Contact> product;
  for (const Contact& contact : *contacts) {
    for (const Value& value : values) set(&product.emplace_back(contact), value);
  }
  *contacts = std::move(product);
}

// Every contact that could be told from another, but for its channel.
std::vector<Contact> AllContacts(const Scope& scope) {
  std::vector<Contact> all(1);
  Multiply<std::string>(&all, {"", "a", "a1", "a11", "a2", "b"},
                        [](Contact* c, const auto& topic) { c->seen.topic_id = topic; });
  if (scope.keywords) {
    Multiply<std::string>(
        &all,
        {"", " aap ", " aapje ", " noot ", " privé ", " aap noot ", " aap privé ", " aapje noot ",
         " aapje privé ", " noot privé ", " aap noot privé ", " aapje noot privé "},
        [](Contact* c, const auto& text) { c->text = text; });
  }
  if (scope.people) {
    Multiply<sop::CustomerKind>(
        &all, {sop::CustomerKind::kResident, sop::CustomerKind::kBusiness},
        [](Contact* c, sop::CustomerKind kind) { c->seen.customer = kind; });
    Multiply<sop::Urgency>(&all, {sop::Urgency::kNormal, sop::Urgency::kUrgent},
                           [](Contact* c, sop::Urgency urgency) { c->seen.urgency = urgency; });
  }
  if (scope.places) {
    Multiply<std::string>(&all, {"", "Haven", "Park", "Duin", "Elders"},
                          [](Contact* c, const auto& name) { c->seen.neighbourhood = name; });
    Multiply<std::string>(
        &all, {"", "0999ZZ", "1000AA", "1005AA", "1005AB", "1009ZZ", "1010AA", "1012ZZ", "1013AA"},
        [](Contact* c, const auto& code) { c->seen.postcode = code; });
  }
  if (scope.moments) {
    Multiply<int>(&all, {0, 1, 2, 4, 5, 6}, [](Contact* c, int day) { c->seen.weekday = day; });
    Multiply<int>(&all, {0, 359, 360, 540, 719, 780, 1020, 1200, 1439},
                  [](Contact* c, int minute) { c->seen.minute = minute; });
    Multiply<bool>(&all, {false, true}, [](Contact* c, bool shut) { c->seen.closed_day = shut; });
  }
  if (scope.names) {
    Multiply<std::string>(&all, {"", "GM0001", "GM0002"},
                          [](Contact* c, const auto& name) { c->seen.municipality = name; });
    Multiply<std::string>(&all, {"", "1", "2"},
                          [](Contact* c, const auto& key) { c->seen.menu_key = key; });
  }
  return all;
}

// What the walk over the whole space shows.
struct Truth {
  bool no_outcome = false;
  RuleIds picked;
  std::set<RuleIds> contradictions;
  std::set<RuleIds> loops;
  RuleIds puts_through_when_shut;
};

class Walk {
 public:
  Walk(const sop::Sop& sop, const Scope& scope)
      : sop_(sop), naive_(sop), contacts_(AllContacts(scope)), pairs_(sop.rules.size()) {
    for (auto& row : pairs_) row.resize(sop.rules.size());
  }

  Truth Go() {
    for (Contact& contact : contacts_) {
      std::map<common::v1::Channel, const sop::SopRule*> winners;
      for (const common::v1::Channel channel : kChannelsTried) {
        contact.seen.channel = channel;
        LookAtRules(contact, &winners[channel]);
        LookAtWinner(contact, winners[channel]);
      }
      LookForLoops(winners);
    }
    for (size_t a = 0; a < pairs_.size(); ++a) {
      for (size_t b = 0; b < a; ++b) JudgePair(a, b);
    }
    return std::move(truth_);
  }

 private:
  struct Pair {
    bool only_this = false;
    bool overlap = false;
  };

  void LookAtWinner(const Contact& contact, const sop::SopRule* winner) {
    if (winner == nullptr) {
      truth_.no_outcome = true;
      return;
    }
    truth_.picked.insert(winner->rule_id);
    if (winner->then.outcome == v1::OUTCOME_TRANSFER &&
        !naive_.IsOpen(winner->then.team_id, contact.seen)) {
      truth_.puts_through_when_shut.insert(winner->rule_id);
    }
  }

  void LookAtRules(const Contact& contact, const sop::SopRule** winner) {
    std::vector<bool> applies;
    int highest = -1;
    *winner = nullptr;
    for (const sop::SopRule& rule : sop_.rules) {
      applies.push_back(naive_.Applies(rule, contact));
      if (!applies.back() || rule.priority <= highest) continue;
      *winner = &rule;
      highest = rule.priority;
    }
    for (size_t a = 0; a < applies.size(); ++a) {
      for (size_t b = 0; applies[a] && b < applies.size(); ++b) {
        if (!applies[b]) pairs_[a][b].only_this = true;
        if (applies[b] && sop_.rules[a].priority == highest) pairs_[a][b].overlap = true;
      }
    }
  }

  void JudgePair(size_t a, size_t b) {
    const sop::SopRule& one = sop_.rules[a];
    const sop::SopRule& other = sop_.rules[b];
    if (one.priority == other.priority && pairs_[a][b].overlap && pairs_[a][b].only_this &&
        pairs_[b][a].only_this && !(one.then == other.then)) {
      truth_.contradictions.insert({one.rule_id, other.rule_id});
    }
  }

  static common::v1::Channel Next(const sop::SopRule* rule) {
    if (rule == nullptr || rule->then.outcome != v1::OUTCOME_STEER) {
      return common::v1::CHANNEL_UNSPECIFIED;
    }
    if (rule->then.steer_target == v1::STEER_TARGET_FORM) return common::v1::CHANNEL_FORM;
    if (rule->then.steer_target == v1::STEER_TARGET_COUNTER) return common::v1::CHANNEL_COUNTER;
    return common::v1::CHANNEL_PHONE;
  }

  void LookForLoops(std::map<common::v1::Channel, const sop::SopRule*>& winners) {
    for (const common::v1::Channel start : kChannelsTried) {
      RuleIds rules;
      common::v1::Channel channel = start;
      for (int step = 0; step < 3 && channel != common::v1::CHANNEL_UNSPECIFIED; ++step) {
        const common::v1::Channel next = Next(winners[channel]);
        if (next == channel) break;
        if (next != common::v1::CHANNEL_UNSPECIFIED) rules.insert(winners[channel]->rule_id);
        channel = next;
        if (channel == start) {
          truth_.loops.insert(rules);
          break;
        }
      }
    }
  }

  const sop::Sop& sop_;
  const Naive naive_;
  std::vector<Contact> contacts_;
  std::vector<std::vector<Pair>> pairs_;
  Truth truth_;
};

Contact FromExample(const Example& example) {
  std::string text;
  for (const std::string& word : example.with_keywords) {
    absl::StrAppend(&text, " ", absl::StrReplaceAll(Plain(word), {{"\\b", ""}}), " ");
  }
  return {example, text};
}

// What Verify found, in the form of the truth; each example is tried.
Truth Found(const sop::Sop& sop, const std::vector<Finding>& findings) {
  const Naive naive(sop);
  Truth found;
  for (const sop::SopRule& rule : sop.rules) found.picked.insert(rule.rule_id);
  for (const Finding& finding : findings) {
    const Contact contact = FromExample(finding.example.value_or(Example()));
    switch (finding.kind) {
      case Finding::Kind::kNoOutcome:
        found.no_outcome = true;
        EXPECT_EQ(naive.Winner(contact), nullptr);
        break;
      case Finding::Kind::kUnreachable:
        found.picked.erase(finding.rule_id);
        break;
      case Finding::Kind::kContradiction:
        for (const std::string& other : finding.other_rules) {
          found.contradictions.insert({finding.rule_id, other});
        }
        EXPECT_TRUE(naive.Applies(naive.Rule(finding.rule_id), contact));
        EXPECT_TRUE(naive.Applies(naive.Rule(finding.other_rules[0]), contact));
        EXPECT_EQ(naive.Winner(contact)->priority, naive.Rule(finding.rule_id).priority);
        break;
      case Finding::Kind::kSteeringLoop: {
        RuleIds rules(finding.other_rules.begin(), finding.other_rules.end());
        rules.insert(finding.rule_id);
        found.loops.insert(rules);
        EXPECT_EQ(naive.Winner(contact)->rule_id, finding.rule_id);
        break;
      }
      case Finding::Kind::kClosedTeam:
        found.puts_through_when_shut.insert(finding.rule_id);
        EXPECT_EQ(naive.Winner(contact)->rule_id, finding.rule_id);
        EXPECT_FALSE(naive.IsOpen(finding.team_id, contact.seen));
        break;
      case Finding::Kind::kUnsettled:
        ADD_FAILURE() << "a small SOP is not settled";
        break;
      default:
        break;
    }
  }
  return found;
}

std::string Words(const std::set<RuleIds>& sets) {
  std::string words;
  for (const RuleIds& set : sets) absl::StrAppend(&words, "{", absl::StrJoin(set, " "), "} ");
  return words;
}

Scope RandomScope(Random& random) {
  Scope scope;
  switch (Below(random, 6)) {
    case 0:
      scope.keywords = scope.people = true;
      break;
    case 1:
      scope.places = true;
      break;
    case 2:
      scope.moments = true;
      break;
    case 3:
      scope.keywords = scope.names = true;
      break;
    case 4:
      scope.keywords = true;
      break;
    default:
      scope.people = scope.names = true;
  }
  return scope;
}

TEST(VerifyProperty, FindsExactlyWhatAWalkOverTheWholeSpaceShows) {
  int unreachable = 0;
  int contradictions = 0;
  int loops = 0;
  for (int seed = 0; seed < kSops; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Random random(seed);
    const Scope scope = RandomScope(random);
    const sop::Sop sop = RandomSop(random, scope);
    const Truth truth = Walk(sop, scope).Go();
    const Truth found = Found(sop, Verify(sop, {.teams = std::nullopt, .today = {}}));
    EXPECT_EQ(found.no_outcome, truth.no_outcome);
    EXPECT_EQ(found.picked, truth.picked);
    EXPECT_EQ(Words(found.contradictions), Words(truth.contradictions));
    EXPECT_EQ(Words(found.loops), Words(truth.loops));
    EXPECT_EQ(found.puts_through_when_shut, truth.puts_through_when_shut);
    if (HasFailure()) break;
    unreachable += static_cast<int>(sop.rules.size() - truth.picked.size());
    contradictions += static_cast<int>(truth.contradictions.size());
    loops += static_cast<int>(truth.loops.size());
  }
  // The SOPs are of a kind that shows something.
  EXPECT_GT(unreachable, 300);
  EXPECT_GT(contradictions, 300);
  EXPECT_GT(loops, 50);
}

TEST(VerifyProperty, AnUnreachableRuleCanGo) {
  for (int seed = 0; seed < kSops / 4; ++seed) {
    Random random(seed);
    const Scope scope = RandomScope(random);
    const sop::Sop sop = RandomSop(random, scope);
    sop::Sop without = sop;
    for (const Finding& finding : Verify(sop, {.teams = std::nullopt, .today = {}})) {
      if (finding.kind != Finding::Kind::kUnreachable) continue;
      std::erase_if(without.rules,
                    [&](const sop::SopRule& rule) { return rule.rule_id == finding.rule_id; });
    }
    if (without.rules.size() == sop.rules.size()) continue;
    const auto before = decision::CompiledSop::Compile(sop, 1).value();
    const auto after = decision::CompiledSop::Compile(without, 1).value();
    for (const Contact& contact : AllContacts(scope)) {
      for (const common::v1::Channel channel : kChannelsTried) {
        const Example& seen = contact.seen;
        const decision::RoutingRequest request{
            .channel = channel,
            .topic_id = seen.topic_id,
            .text = contact.text,
            .is_business = seen.customer == sop::CustomerKind::kBusiness,
            .is_urgent = seen.urgency == sop::Urgency::kUrgent,
            .neighbourhood = seen.neighbourhood,
            .postcode = seen.postcode,
            .municipality = seen.municipality,
            .menu_key = seen.menu_key,
            .weekday = seen.weekday,
            .minute = seen.minute,
            .closed_day = seen.closed_day};
        const size_t one = before->Match(request);
        const size_t other = after->Match(request);
        const bool none = one >= sop.rules.size();
        ASSERT_EQ(none, other >= without.rules.size()) << "seed " << seed;
        if (none) continue;
        ASSERT_EQ(sop.rules[one].rule_id, without.rules[other].rule_id) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace wissel::verify
