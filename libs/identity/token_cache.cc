#include "libs/identity/token_cache.h"

#include <algorithm>
#include <utility>

namespace wissel::identity {

const TokenCache::Entry* TokenCache::Find(const std::string& hash, absl::Time now) const {
  for (const Map* map : {&valid_, &invalid_}) {
    const auto found = map->find(hash);
    if (found != map->end() && now < found->second.until) return &found->second.entry;
  }
  return nullptr;
}

void TokenCache::Put(const std::string& hash, Entry entry, absl::Time now) {
  const bool is_valid = entry != nullptr;
  Map& map = is_valid ? valid_ : invalid_;
  (is_valid ? invalid_ : valid_).erase(hash);
  if (map.size() >= kCapacity && !map.contains(hash)) {
    absl::erase_if(map, [now](const auto& kept) { return kept.second.until <= now; });
    // Starting anew costs one look-up a token; to know who is oldest would cost on every call.
    if (map.size() >= kCapacity) map.clear();
  }
  const absl::Time until =
      is_valid ? std::min(now + kValidFor, entry->expires_at) : now + kInvalidFor;
  map.insert_or_assign(hash, Kept{std::move(entry), until});
}

}  // namespace wissel::identity
