// Who makes a call.

#ifndef WISSEL_LIBS_RPC_PRINCIPAL_H_
#define WISSEL_LIBS_RPC_PRINCIPAL_H_

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "wissel/options/v1/options.pb.h"

namespace wissel::rpc {

// A signed-in account of one municipality, a machine of it, or another part of Wissel that acts
// for it. A plain value; a role holds only inside `tenant_id`.
struct Principal {
  std::string tenant_id;
  // Stable id; the name of the part for ROLE_SERVICE.
  std::string account_id;
  std::string display_name;
  std::vector<options::v1::Role> roles;
  std::vector<std::string> team_ids;
  // The session ends by itself.
  absl::Time expires_at = absl::InfiniteFuture();

  bool Has(options::v1::Role role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  }
  bool InTeam(absl::string_view team_id) const {
    return std::find(team_ids.begin(), team_ids.end(), team_id) != team_ids.end();
  }
};

// Tells whose token it is. What this layer needs of identity; libs/identity implements it.
class Authenticator {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<std::shared_ptr<const Principal>>)>;

  virtual ~Authenticator() = default;

  // Calls `done` once, at once or later, from any thread; never blocks. UNAUTHENTICATED
  // `invalid_token` when the token is unknown or has ended; UNAVAILABLE when that cannot be known
  // now. `tenant_id` is what the caller says it acts for; only another part of Wissel may choose.
  virtual void Authenticate(absl::string_view token, absl::string_view tenant_id, Done done) = 0;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_PRINCIPAL_H_
