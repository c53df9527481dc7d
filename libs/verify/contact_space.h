// All contacts as equivalence classes: two contacts are in the same class if every condition of the
// SOP answers the same for both. In each dimension a class is called an atom. Times of day are cut
// where opening hours begin and end, postcodes where areas do; a topic that no rule names is in the
// class of the nearest one above it that a rule names.

#ifndef WISSEL_LIBS_VERIFY_CONTACT_SPACE_H_
#define WISSEL_LIBS_VERIFY_CONTACT_SPACE_H_

#include <array>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/sop/sop.h"
#include "libs/verify/bit_set.h"
#include "libs/verify/finding.h"

namespace wissel::verify {

// What conditions look at, besides keywords.
enum Dimension {
  kChannel,
  kTopic,
  kCustomer,
  kUrgency,
  kArea,
  kMoment,
  kMunicipality,
  kMenu,
};
inline constexpr size_t kDimensions = 8;

// The contacts for which one set of conditions holds.
struct Region {
  // Whether the set of a dimension counts; else everything is inside.
  std::array<bool, kDimensions> asks{};
  std::array<BitSet, kDimensions> inside;
  // At least one of these patterns is found; empty: does not matter.
  std::vector<int> words;
};

// The contacts to which one rule applies: inside `when`, outside each of `unless`.
struct RuleRegion {
  Region when;
  std::vector<Region> unless;
};

// Opening hours by team id.
using TeamHours = absl::flat_hash_map<std::string, sop::WeekHours>;

// Immutable once made. Numbers of atoms mean something in one ContactSpace only.
class ContactSpace {
 public:
  // `sop` outlives the space. Teams that are not in `hours` are never open.
  ContactSpace(const sop::Sop& sop, const TeamHours& hours);

  // By index in sop.rules.
  const RuleRegion& rule(size_t index) const { return rules_[index]; }
  // How many atoms a dimension has.
  size_t atoms(Dimension dimension) const { return atoms_[dimension]; }
  // How many patterns there are that differ by more than upper and lower case.
  size_t words() const { return words_.size(); }
  // Patterns that are found wherever this one is.
  const std::vector<int>& Implied(int word) const { return implied_[word]; }
  bool HasHours(absl::string_view team_id) const { return hours_.contains(team_id); }
  // The moments at which this team is shut.
  BitSet ShutMoments(absl::string_view team_id) const;

  // A contact with one of the atoms of each dimension, which are not empty, and with these
  // patterns: 1 is found, -1 is not, 0 does not matter.
  Example Show(const std::array<BitSet, kDimensions>& atoms,
               const std::vector<int8_t>& words) const;

 private:
  // A moment that stands for all that no condition tells from it.
  struct Moment {
    int weekday = 0;
    int minute = 0;
    bool closed_day = false;
  };

  void CutTopics();
  void CutAreas();
  void CutMoments();
  void CutNames();
  void ReadWords();
  const sop::WeekHours& HoursOf(absl::string_view team_id) const;
  bool IsOpen(absl::string_view team_id, const Moment& moment) const;
  Region RegionOf(const sop::Conditions& conditions, absl::string_view team_id) const;
  BitSet MomentsOf(const sop::Conditions& conditions, absl::string_view team_id) const;
  BitSet TopicsOf(const sop::Conditions& conditions) const;
  // Calls `visit` with each set of conditions and its rule.
  template <typename Visit>
  void ForEachConditions(Visit visit) const;

  const sop::Sop& sop_;
  const sop::WeekHours never_open_{};
  TeamHours hours_;
  std::array<size_t, kDimensions> atoms_{};
  // Representatives, by atom. The first topic, municipality and menu key stands for none.
  std::vector<std::string> topics_;
  std::vector<std::pair<std::string, std::string>> residences_;
  std::vector<Moment> moments_;
  std::vector<std::string> municipalities_;
  std::vector<std::string> menu_;
  // Atoms of each area that a rule names.
  absl::flat_hash_map<std::string, BitSet> areas_;
  // Atoms of each topic that a rule names, with what lies below it.
  absl::flat_hash_map<std::string, BitSet> topic_atoms_;
  absl::flat_hash_map<std::string, size_t> municipality_atoms_;
  absl::flat_hash_map<std::string, size_t> menu_atoms_;
  // Patterns as they were first written, and by what they look for.
  std::vector<std::string> words_;
  absl::flat_hash_map<std::string, int> word_indexes_;
  std::vector<std::vector<int>> implied_;
  std::vector<RuleRegion> rules_;
};

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_CONTACT_SPACE_H_
