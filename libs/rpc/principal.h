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
  // A member or lead of the team.
  bool WorksIn(absl::string_view team_id) const {
    return (Has(options::v1::ROLE_TEAM_MEMBER) || Has(options::v1::ROLE_TEAM_LEAD)) &&
           InTeam(team_id);
  }
  // Whether it may read the cases that a team has now, and what people wrote in them: the KCC all,
  // others those of their own teams. Every service that hands out such a text asks this.
  bool MayReadCasesOf(absl::string_view team_id) const {
    return Has(options::v1::ROLE_KCC_AGENT) || WorksIn(team_id);
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

  // The secret by which the parts of this installation know each other; empty: there are none.
  virtual std::string ServiceToken() const { return ""; }
  // Whether `secret` is that one, in a time that tells nothing about it. Never for an empty one.
  virtual bool IsServiceToken(absl::string_view /*secret*/) const { return false; }
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_PRINCIPAL_H_
