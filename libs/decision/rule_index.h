// The rules of an SOP as they are judged: conditions as bits, and for each topic and channel a list
// of the rules that may apply.

#ifndef WISSEL_LIBS_DECISION_RULE_INDEX_H_
#define WISSEL_LIBS_DECISION_RULE_INDEX_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/decision/area_index.h"
#include "libs/decision/keyword_matcher.h"
#include "libs/decision/routing_request.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

// Kinds of conditions, as bits of a RuleEvaluation.
enum Aspect : uint32_t {
  kByTopic = 1 << 0,
  kByMunicipality = 1 << 1,
  kByArea = 1 << 2,
  kByChannel = 1 << 3,
  kByMenu = 1 << 4,
  kByCustomer = 1 << 5,
  kByUrgency = 1 << 6,
  kByWeekday = 1 << 7,
  kByHours = 1 << 8,
  kByKeyword = 1 << 9,
  // Where the rule has exceptions: that none of them holds.
  kByException = 1 << 10,
};

// How an request fares with a rule.
struct RuleEvaluation {
  // Aspects that the rule asks for, and of these those that fail. Aspects.
  uint32_t asked = 0;
  uint32_t failed = 0;
  // The first exception that holds, if kByException fails.
  size_t exception = 0;
};

// Immutable once filled, so thread-safe then. Rules go by their step: their index in the order in
// which they are tried.
class RuleIndex {
 private:
  static constexpr uint32_t kAny = ~uint32_t{0};

 public:
  // An request as rules see it. What few rules ask for is found out when the first one asks. Stays
  // on its thread, one at a time; the request and the table outlive it.
  class View {
   public:
    View(const RuleIndex& table, const RoutingRequest& request);

   private:
    friend class RuleIndex;

    const RoutingRequest& request_;
    // One bit for each of channel, menu key, customer, urgency and weekday.
    uint64_t facts_;
    uint32_t channel_;
    // The number of topics if there is none.
    uint32_t topic_;
    // kAny if no rule names it.
    uint32_t municipality_ = kAny;
    KeywordMatcher::Search search_;
    bool knows_areas_ = false;
    AreaIndex::AreaSet areas_ = nullptr;
  };

  // `sop` outlives the table.
  explicit RuleIndex(const sop::Sop& sop);

  // Opening hours are by team id. INVALID_ARGUMENT `invalid_sop` for a pattern that is not RE2.
  absl::Status Fill(const absl::flat_hash_map<std::string, sop::WeekHours>& hours);

  // Step of the first rule that applies; steps() if none does. Allocates nothing.
  size_t Match(View& view) const;

  RuleEvaluation Evaluate(size_t step, View& view) const;

  size_t steps() const { return order_.size(); }
  // Index in sop.rules.
  size_t IndexOf(size_t step) const { return order_[step]; }
  // Of a topic of the SOP, null if there is none by this name.
  const sop::SopTopic* FindTopic(absl::string_view topic_id) const;
  // Whether `topic_id` is `ancestor`, or lies below it. Both are topics of the SOP.
  bool IsWithin(absl::string_view topic_id, absl::string_view ancestor) const;

 private:
  struct Span {
    uint32_t begin = 0;
    uint32_t end = 0;
    bool empty() const { return begin == end; }
  };

  // A set of conditions. What it does not ask for, holds.
  struct Test {
    // Bits of View::facts that may be set.
    uint64_t facts = ~uint64_t{0};
    // Indexes in bits_ where a set begins; kAny.
    uint32_t municipalities = kAny;
    uint32_t areas = kAny;
    // Index in schedules_, twice, and one more if the team must be shut; kAny.
    uint32_t hours = kAny;
    // In topic_ranges_ and patterns_.
    Span topics;
    Span patterns;
  };

  struct Rule {
    Test when;
    // In exceptions_.
    Span unless;
  };

  // Some of the rules that name a topic and take a channel, in order, with what most rules ask for
  // beside these: one line of the cache.
  struct alignas(64) Bucket {
    static constexpr size_t kRules = 5;

    std::array<uint32_t, kRules> steps{};
    // As Test::facts, less channels, with two bits: where the rule asks for more than facts and
    // municipality, and where it asks for more than stands here. Zero, which no request meets, for
    // no rule.
    std::array<uint32_t, kRules> facts{};
    // Numbers of one of each; kAnyOne.
    std::array<uint16_t, kRules> municipalities{};
    std::array<uint16_t, kRules> patterns{};
    // Index in buckets_ where they go on; 0 if they do not.
    uint32_t next = 0;
  };

  static constexpr int kMoreAt = 31;
  static constexpr uint32_t kMuch = uint32_t{1} << 30;
  static constexpr uint16_t kAnyOne = 0xFFFF;

  void NumberTopics();
  void FillSchedules(const absl::flat_hash_map<std::string, sop::WeekHours>& hours);
  void FillBuckets();
  void AddToBucket(Bucket& bucket, size_t at, uint32_t step) const;
  // The first step below `best` of a bucket and those after it that applies; else `best`.
  uint32_t MatchIn(const Bucket* bucket, uint32_t best, View& view) const;
  absl::StatusOr<Test> Compile(const sop::Conditions& conditions, absl::string_view team_id);
  uint32_t AddBits(size_t words, const std::vector<uint32_t>& set);
  bool HoldsBesidesTopic(const Test& test, View& view) const;
  bool HoldsTopic(const Test& test, const View& view) const;
  bool HoldsMunicipality(const Test& test, const View& view) const;
  bool HoldsArea(const Test& test, View& view) const;
  bool HoldsHours(const Test& test, const View& view) const;
  bool HoldsKeyword(const Test& test, View& view) const;
  bool Holds(const Rule& rule, View& view) const;

  const sop::Sop& sop_;
  const std::vector<size_t> order_;
  const AreaIndex area_index_;
  KeywordMatcher keywords_;
  std::vector<Rule> rules_;
  std::vector<Test> exceptions_;

  // Topics are numbered so that those below one follow it.
  struct TopicRange {
    uint32_t first = 0;
    uint32_t end = 0;
  };
  struct Topic {
    size_t index = 0;
    TopicRange range;
    // Number of the topic above it; the number of topics if there is none.
    uint32_t above = 0;
  };
  absl::flat_hash_map<std::string, uint32_t> topic_numbers_;
  std::vector<Topic> topics_;
  std::vector<TopicRange> topic_ranges_;

  absl::flat_hash_map<std::string, uint32_t> municipality_numbers_;
  absl::flat_hash_map<absl::string_view, uint32_t> area_numbers_;
  absl::flat_hash_map<absl::string_view, uint32_t> schedule_indexes_;
  std::vector<sop::WeekHours> schedules_;
  std::vector<uint64_t> bits_;
  std::vector<uint32_t> patterns_;

  // By topic and channel; behind those of the last topic those of the rules that name none. What
  // does not fit in one comes after these.
  std::vector<Bucket> buckets_;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_RULE_INDEX_H_
