// Which areas of an SOP a contact's place lies in.

#ifndef WISSEL_LIBS_DECISION_AREA_INDEX_H_
#define WISSEL_LIBS_DECISION_AREA_INDEX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

// Neighbourhoods with the same text::FoldCase are the same. Immutable, so thread-safe.
class AreaIndex {
 public:
  // One bit for each area, in words of 64.
  using AreaSet = const uint64_t*;

  explicit AreaIndex(const std::vector<sop::SopArea>& areas);

  // The areas of a neighbourhood if the SOP knows it, else of the postcode; null: in none.
  AreaSet AreasOf(absl::string_view neighbourhood, absl::string_view postcode) const;

  size_t words() const { return words_; }

 private:
  using Names = absl::flat_hash_map<std::string, size_t>;

  // REQUIRES: a name of no more bytes than any can have.
  Names::const_iterator Find(absl::string_view neighbourhood) const;
  size_t NewSet();

  // Words of a set.
  const size_t words_;
  std::vector<uint64_t> sets_;
  Names neighbourhoods_;
  // Postcodes from `from` up to the next stretch are in the same areas.
  struct Stretch {
    int from = 0;
    size_t set = 0;
  };
  std::vector<Stretch> stretches_;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_AREA_INDEX_H_
