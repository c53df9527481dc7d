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

namespace wissel::verify {

// Asks WitnessSearch about one SOP. Indexes are those in decision order, unless said otherwise.
class RuleChecks {
 public:
  // Both outlive it. `numbers`: by index in sop.rules, the number of the rule's team, or empty.
  RuleChecks(const sop::Sop& sop, const ContactSpace& space, std::vector<std::string> numbers,
             SearchBudget budget);

  // Everything, in no order. Call it once.
  std::vector<Finding> Run();

 private:
  // Contacts to which `rule` applies and none of the first `before` rules does.
  struct RuleScope {
    // -1: all contacts.
    int rule = -1;
    size_t before = 0;
    // See WitnessSearch::Outside.
    int channel = WitnessSearch::kAnyChannel;
  };
  // Is there a contact in all scopes at once, inside `moments` and in none of `others`?
  struct Query {
    std::vector<RuleScope> scopes;
    std::optional<BitSet> moments;
    std::vector<int> others;
  };
  using SearchResult = WitnessSearch::SearchResult;

  SearchResult Ask(const Query& question);
  SearchResult AskAbout(size_t topic, const Query& question);
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
  void FollowSteering(std::vector<RuleScope> scopes);
  void ReportLoop(const std::vector<RuleScope>& scopes);
  bool PutsThrough(const sop::SopRule& rule, size_t index) const;

  const sop::SopRule& RuleAt(int index) const { return sop_.rules[order_[index]]; }
  const RuleRegion& RegionAt(int index) const { return space_.rule(order_[index]); }
  Finding& Report(Finding::Kind kind, int rule);

  const sop::Sop& sop_;
  const ContactSpace& space_;
  const std::vector<std::string> numbers_;
  const SearchBudget budget_;
  const std::vector<size_t> order_;
  WitnessSearch search_;
  // By topic, the rules that take it, in order.
  std::vector<std::vector<int>> by_topic_;
  // By index: the same number where rules agree on the same.
  std::vector<int> agreements_;
  // By index: the first rule of the same priority.
  std::vector<size_t> priority_starts_;
  // Rules that steer to the channel that is the index.
  std::vector<std::vector<int>> steering_;
  bool gave_up_ = false;
  int loops_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_RULE_CHECKS_H_
