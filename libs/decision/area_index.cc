#include "libs/decision/area_index.h"

#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/ascii.h"
#include "libs/sop/postcode_range.h"
#include "libs/text/normal_form.h"
#include "libs/text/utf8.h"

namespace wissel::decision {
namespace {

constexpr size_t kMostNameBytes = 320;

}  // namespace

AreaIndex::AreaIndex(const std::vector<sop::SopArea>& areas) : words_((areas.size() + 63) / 64) {
  struct Edge {
    int at;
    size_t area;
    bool begins;
  };
  std::vector<Edge> edges;
  for (size_t area = 0; area < areas.size(); ++area) {
    for (const std::string& name : areas[area].neighbourhoods) {
      const auto [found, is_new] = neighbourhoods_.try_emplace(text::FoldCase(name));
      if (is_new) found->second = NewSet();
      sets_[found->second + area / 64] |= uint64_t{1} << (area % 64);
    }
    for (const std::string& text : areas[area].postcodes) {
      const std::optional<sop::PostcodeRange> range = sop::ReadPostcodes(text);
      if (!range) continue;
      edges.push_back({range->first, area, true});
      edges.push_back({range->last + 1, area, false});
    }
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.at < b.at; });
  std::vector<int> open(areas.size());
  std::set<size_t> inside;
  for (size_t i = 0; i < edges.size(); ++i) {
    const Edge& edge = edges[i];
    open[edge.area] += edge.begins ? 1 : -1;
    if (open[edge.area] > 0) {
      inside.insert(edge.area);
    } else {
      inside.erase(edge.area);
    }
    if (i + 1 < edges.size() && edges[i + 1].at == edge.at) continue;
    stretches_.push_back({edge.at, NewSet()});
    for (const size_t area : inside) {
      sets_[stretches_.back().set + area / 64] |= uint64_t{1} << (area % 64);
    }
  }
}

size_t AreaIndex::NewSet() {
  sets_.resize(sets_.size() + words_);
  return sets_.size() - words_;
}

AreaIndex::Names::const_iterator AreaIndex::Find(absl::string_view neighbourhood) const {
  if (!text::IsAscii(neighbourhood)) return neighbourhoods_.find(text::FoldCase(neighbourhood));
  // Without an allocation, for most.
  char fold[kMostNameBytes];
  std::transform(neighbourhood.begin(), neighbourhood.end(), fold, absl::ascii_tolower);
  return neighbourhoods_.find(absl::string_view(fold, neighbourhood.size()));
}

AreaIndex::AreaSet AreaIndex::AreasOf(absl::string_view neighbourhood,
                                      absl::string_view postcode) const {
  if (!neighbourhood.empty() && neighbourhood.size() <= kMostNameBytes) {
    const auto found = Find(neighbourhood);
    if (found != neighbourhoods_.end()) return &sets_[found->second];
  }
  if (postcode.empty() || stretches_.empty()) return nullptr;
  const std::optional<sop::PostcodeRange> range = sop::ReadPostcodes(postcode);
  // Half a postcode is no place.
  if (!range || range->first != range->last) return nullptr;
  const auto after =
      std::upper_bound(stretches_.begin(), stretches_.end(), range->first,
                       [](int at, const Stretch& stretch) { return at < stretch.from; });
  return after == stretches_.begin() ? nullptr : &sets_[(after - 1)->set];
}

}  // namespace wissel::decision
