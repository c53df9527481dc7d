// The space of contacts as the rules of one SOP see it: finite, because contacts that no condition
// tells apart are one. Times of day are cut where opening hours begin and end, postcodes where
// areas do; topics that no rule names are what stands above them.

#ifndef WISSEL_LIBS_VERIFY_CONTACT_SPACE_H_
#define WISSEL_LIBS_VERIFY_CONTACT_SPACE_H_

#include <array>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/sop/sop.h"
#include "libs/verify/bit_set.h"
#include "libs/verify/finding.h"

namespace wissel::router {

// What conditions look at, besides keywords.
enum Dimension {
  kChannel,
  kTopic,
  kCustomer,
  kUrgency,
  kPlace,
  kMoment,
  kMunicipality,
  kMenu,
};
inline constexpr size_t kDimensions = 8;

// The contacts for which one set of conditions holds.
struct Region {
  // Whether the set of a dimension counts; else everything is inside.
  std::array<bool, kDimensions> asks{};
  std::array<AtomSet, kDimensions> inside;
  // At least one of these patterns is found; empty: does not matter.
  std::vector<int> words;
};

// The contacts to which one rule applies: inside `when`, outside each of `unless`.
struct RuleRegion {
  Region when;
  std::vector<Region> unless;
};

// Opening hours by team id.
using TeamHours = absl::flat_hash_map<std::string, WeekHours>;

// Immutable once made. Numbers of atoms mean something in one Space only.
class Space {
 public:
  // `sop` outlives the space. Teams that are not in `hours` are never open.
  Space(const Sop& sop, const TeamHours& hours);

  // By place in sop.rules.
  const RuleRegion& rule(size_t place) const { return rules_[place]; }
  // How many atoms a dimension has.
  size_t atoms(Dimension dimension) const { return atoms_[dimension]; }
  // How many patterns there are that differ by more than upper and lower case.
  size_t words() const { return words_.size(); }
  // Patterns that are found wherever this one is.
  const std::vector<int>& Implied(int word) const { return implied_[word]; }
  bool HasHours(absl::string_view team_id) const { return hours_.contains(team_id); }
  // The moments at which this team is shut.
  AtomSet ShutMoments(absl::string_view team_id) const;

  // A contact with one of the atoms of each dimension, which are not empty, and with these
  // patterns: 1 is found, -1 is not, 0 does not matter.
  Example Show(const std::array<AtomSet, kDimensions>& atoms,
               const std::vector<int8_t>& words) const;

 private:
  // A moment that stands for all that no condition tells from it.
  struct Moment {
    int weekday = 0;
    int minute = 0;
    bool closed_day = false;
  };

  void CutTopics();
  void CutPlaces();
  void CutMoments();
  void CutNames();
  void ReadWords();
  const WeekHours& HoursOf(absl::string_view team_id) const;
  bool IsOpen(absl::string_view team_id, const Moment& moment) const;
  Region RegionOf(const Conditions& conditions, absl::string_view team_id) const;
  AtomSet MomentsOf(const Conditions& conditions, absl::string_view team_id) const;
  AtomSet TopicsOf(const Conditions& conditions) const;
  // Calls `visit` with each set of conditions and its rule.
  template <typename Visit>
  void ForEachConditions(Visit visit) const;

  const Sop& sop_;
  const WeekHours never_open_{};
  TeamHours hours_;
  std::array<size_t, kDimensions> atoms_{};
  // Representatives, by atom. The first topic, municipality and menu key stands for none.
  std::vector<std::string> topics_;
  std::vector<std::pair<std::string, std::string>> places_;
  std::vector<Moment> moments_;
  std::vector<std::string> municipalities_;
  std::vector<std::string> menu_;
  // Atoms of each area that a rule names.
  absl::flat_hash_map<std::string, AtomSet> areas_;
  // Atoms of each topic that a rule names, with what lies below it.
  absl::flat_hash_map<std::string, AtomSet> topic_atoms_;
  absl::flat_hash_map<std::string, size_t> municipality_atoms_;
  absl::flat_hash_map<std::string, size_t> menu_atoms_;
  // Patterns as they were first written, and by what they look for.
  std::vector<std::string> words_;
  absl::flat_hash_map<std::string, int> word_places_;
  std::vector<std::vector<int>> implied_;
  std::vector<RuleRegion> rules_;
};

}  // namespace wissel::router

#endif  // WISSEL_LIBS_VERIFY_CONTACT_SPACE_H_
