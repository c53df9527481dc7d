// What was found out about tokens, for the seconds that it may be believed.

#ifndef WISSEL_LIBS_IDENTITY_TOKEN_CACHE_H_
#define WISSEL_LIBS_IDENTITY_TOKEN_CACHE_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "libs/rpc/principal.h"

namespace wissel::identity {

// Principals by the hash of their token; null for a token that is known to be invalid. Not
// thread-safe: its owner has the lock.
//
// Bounded: of each kind at most kCapacity. Invalid tokens have a map of their own, so that whoever
// sends many of them cannot push out the people who are signed in.
class TokenCache {
 public:
  using Entry = std::shared_ptr<const rpc::Principal>;

  static constexpr size_t kCapacity = 10000;
  // How long a session that ended elsewhere may go on here.
  static constexpr absl::Duration kValidFor = absl::Seconds(5);
  // How long a token that has just come into being may be refused here.
  static constexpr absl::Duration kInvalidFor = absl::Seconds(1);

  // The entry if there is one that may be believed at `now`; else null.
  const Entry* Find(const std::string& hash, absl::Time now) const;

  // Whether the token was valid not long ago, though that may not be believed any more.
  bool WasValid(const std::string& hash) const { return valid_.contains(hash); }

  // Keeps `entry`, and never beyond the end of its session.
  void Put(const std::string& hash, Entry entry, absl::Time now);

  size_t size() const { return valid_.size() + invalid_.size(); }

 private:
  struct Kept {
    Entry entry;
    absl::Time until;
  };
  using Map = absl::flat_hash_map<std::string, Kept>;

  Map valid_;
  Map invalid_;
};

}  // namespace wissel::identity

#endif  // WISSEL_LIBS_IDENTITY_TOKEN_CACHE_H_
