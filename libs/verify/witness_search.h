// Looks for a contact to which some rules apply and others do not. Exact: either there is one, or
// there is none in the whole space, unless the search would take too long.

#ifndef WISSEL_LIBS_VERIFY_WITNESS_SEARCH_H_
#define WISSEL_LIBS_VERIFY_WITNESS_SEARCH_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "libs/verify/contact_space.h"

namespace wissel::verify {

// One search at a time: Start, Enter as often as needed, StayOut once. Backtracks over what is
// still possible. Each rule to stay out of leaves a few ways out: another channel, none of its
// keywords, one of its exceptions. What has one way left is settled at once, and the rule with the
// fewest ways is tried first.
class WitnessSearch {
 public:
  enum class SearchResult { kFound, kNone, kGaveUp };

  // The dimension of channels is as it comes.
  static constexpr int kAnyChannel = -1;

  // A region to stay out of: of a rule, or an exception of a rule that must apply.
  struct Outside {
    const Region* when = nullptr;
    // Inside one of these is out as well; null: there are none.
    const std::vector<Region>* unless = nullptr;
    // If given, judged as if the contact came over this channel, whatever it is.
    int channel = kAnyChannel;
    // For Used(); -1 for an exception.
    int rule = -1;
  };

  // `space` outlives the search. `budget`: how many rules may be looked at, over all searches.
  WitnessSearch(const ContactSpace& space, int64_t budget);

  // The whole budget is spent: every search gives up.
  bool spent() const { return budget_ <= 0; }

  // Begins anew, with all contacts about this topic.
  void Start(size_t topic);
  // From now on only contacts to which the rule applies, over `channel` if given. False when
  // nothing is left.
  bool Enter(const RuleRegion& rule, int channel);
  bool Enter(Dimension dimension, const BitSet& atoms) { return Keep(dimension, atoms); }

  // Whether a contact is left that is in none of `rules`. Spends at most `most` of the budget.
  SearchResult StayOut(std::vector<Outside> rules, int64_t most);

  // After kFound: the contact. Of patterns that are not found, it names only those that matter.
  Example Found();
  // Since construction or the last call: the rules that were needed to show kNone, each once; there
  // may be some too many.
  std::vector<int> TakeUsed();

 private:
  // What can be undone: a word that was settled, or a dimension that had more atoms.
  struct Step {
    int word = -1;
    Dimension dimension = kChannel;
    BitSet before;
  };

  // One way out of a region.
  struct Way {
    enum class Kind { kNoWord, kDimension, kException };
    Kind kind = Kind::kNoWord;
    // The dimension, or the containment of the exception.
    size_t which = 0;
  };
  using Ways = absl::InlinedVector<Way, 8>;

  // At least one of these words has to be found.
  using Demands = std::vector<const std::vector<int>*>;

  enum class Containment { kInside, kOutside, kEither };

  // Words that nothing wants are not found; that only makes staying out easier.
  bool SettleUnwanted(const std::vector<Outside>& rules);
  bool Search(std::vector<Outside> rules, Demands demands);
  bool Settle(std::vector<Outside>* rules, Demands* demands);
  bool SettleDemands(Demands* demands, bool* changed);
  // The rule with the fewest ways is put last.
  bool SettleRules(std::vector<Outside>* rules, Demands* demands, bool* changed);
  // Absent: out already.
  std::optional<Ways> WaysOut(const Outside& rule);
  Containment Look(const Region& region, int channel) const;
  Containment LookAtDimensions(const Region& region, int channel) const;
  Containment LookForWords(const std::vector<int>& words) const;
  // False: a dead end.
  bool Take(const Outside& rule, const Way& way, Demands* demands);
  bool Refuse(const Outside& rule, const Way& way, Demands* demands);
  bool GoInside(const Region& region, int channel, Demands* demands);
  bool Keep(Dimension dimension, const BitSet& atoms);
  bool Drop(Dimension dimension, const BitSet& atoms);
  bool SetWord(int word, bool found);
  void Undo(size_t steps);
  void Mark(const Outside& rule);

  const ContactSpace& space_;
  int64_t budget_;
  // The budget may not become less than this.
  int64_t floor_ = 0;
  // What contacts may still be; of words: 1 found, -1 not found, 0 open.
  std::array<BitSet, kDimensions> left_;
  std::vector<int8_t> words_;
  std::vector<Step> steps_;
  // Words from which this one follows.
  std::vector<std::vector<int>> implied_by_;
  // Of the rules that were entered.
  Demands demands_;
  std::vector<Outside> exceptions_;
  // What the last search stayed out of.
  std::vector<Outside> outside_;
  std::vector<int> used_;
  std::vector<bool> is_used_;
};

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_WITNESS_SEARCH_H_
