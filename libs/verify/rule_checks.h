// What is found about rules as sets of contacts: without outcome, never reached, contradicting,
// steering in a circle, putting callers through to a team that is shut.

#ifndef WISSEL_LIBS_VERIFY_RULE_CHECKS_H_
#define WISSEL_LIBS_VERIFY_RULE_CHECKS_H_

#include <optional>
#include <string>
#include <vector>

#include "libs/verify/contact_space.h"
#include "libs/verify/verify.h"
#include "libs/verify/witness_search.h"

namespace wissel::router {

// Asks RegionSearch about one SOP. Places are those in decision order, unless said otherwise.
class RuleChecks {
 public:
  // Both outlive it. `numbers`: by place in sop.rules, the number of the rule's team, or empty.
  RuleChecks(const Sop& sop, const Space& space, std::vector<std::string> numbers,
             SearchBudget budget);

  // Everything, in no order. Call it once.
  std::vector<Finding> Run();

 private:
  // Contacts to which `rule` applies and none of the first `before` rules does.
  struct Part {
    // -1: all contacts.
    int rule = -1;
    size_t before = 0;
    // See RegionSearch::Outside.
    int channel = RegionSearch::kAnyChannel;
  };
  // Is there a contact in all parts at once, inside `moments` and in none of `others`?
  struct Question {
    std::vector<Part> parts;
    std::optional<AtomSet> moments;
    std::vector<int> others;
  };
  using Answer = RegionSearch::Answer;

  Answer Ask(const Question& question);
  Answer AskAbout(size_t topic, const Question& question);
  void CheckOutcomes();
  void CheckReach(int rule);
  // The rules that cover this one, as few as can be told quickly.
  std::vector<int> Covering(int rule, std::vector<int> used);
  void CheckContradictions(int rule);
  // Whether `a` and `b`, of one priority, contradict; if so search_ has found it.
  bool Contradict(int a, int b);
  bool Meet(int a, int b) const;
  void CheckShut(int rule);
  void CheckLoops();
  // Follows steering from the channel of the last part on.
  void FollowSteering(std::vector<Part> parts);
  void ReportLoop(const std::vector<Part>& parts);
  bool PutsThrough(const SopRule& rule, size_t place) const;

  const SopRule& RuleAt(int place) const { return sop_.rules[order_[place]]; }
  const RuleRegion& RegionAt(int place) const { return space_.rule(order_[place]); }
  Finding& Report(Finding::Kind kind, int rule);

  const Sop& sop_;
  const Space& space_;
  const std::vector<std::string> numbers_;
  const SearchBudget budget_;
  const std::vector<size_t> order_;
  RegionSearch search_;
  // By topic, the rules that take it, in order.
  std::vector<std::vector<int>> by_topic_;
  // By place: the same number where rules agree on the same.
  std::vector<int> agreements_;
  // By place: the first rule of the same priority.
  std::vector<size_t> priority_starts_;
  // Rules that steer to the channel that is the index.
  std::vector<std::vector<int>> steering_;
  bool gave_up_ = false;
  int loops_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace wissel::router

#endif  // WISSEL_LIBS_VERIFY_RULE_CHECKS_H_
