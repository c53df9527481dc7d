// Tells whose bearer token it is, by asking the directory.

#ifndef WISSEL_LIBS_IDENTITY_TOKEN_AUTHENTICATOR_H_
#define WISSEL_LIBS_IDENTITY_TOKEN_AUTHENTICATOR_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/clock.h"
#include "libs/identity/token_cache.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/rpc_method.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::identity {

// One a process, for every service in it, the directory itself included: it asks with the service
// token, which needs no asking. Thread-safe; never blocks.
//
// Whoever presents the service token is a part of this installation (ROLE_SERVICE) and acts for the
// municipality that it names in x-wissel-tenant; for none if it names none, which is enough for
// what concerns the installation as a whole. A token of a municipality acts for that one, whatever
// x-wissel-tenant says.
//
// Answers of the directory are believed for seconds (TokenCache): a session that ends, or a role
// that is taken away, goes on for that long. Many calls with one new token ask once.
class TokenAuthenticator final : public rpc::Authenticator {
 public:
  // `channels` and `clock` outlive it. With an empty `service_token` nobody is a part of this
  // installation.
  TokenAuthenticator(rpc::ChannelRegistry& channels, std::string service_token, const Clock& clock);

  // Waits until no question is under way. No call may come in any more.
  ~TokenAuthenticator() override;

  // UNAUTHENTICATED `invalid_token`: no such token, or its session has ended. UNAVAILABLE
  // `directory_away`: the directory cannot tell now, also because too many questions wait for it;
  // the last quarter of them is for tokens that were valid a moment ago.
  void Authenticate(absl::string_view token, absl::string_view tenant_id, Done done) override;

  std::string ServiceToken() const override { return service_token_; }
  bool IsServiceToken(absl::string_view secret) const override;

 private:
  struct Question;

  void Ask(absl::string_view token, std::string tenant_id, std::string hash)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Tells everybody who waits for this token.
  void Answer(const std::string& hash,
              const absl::StatusOr<std::shared_ptr<const rpc::Principal>>& answer)
      ABSL_LOCKS_EXCLUDED(mutex_);

  rpc::RpcMethod<directory::v1::AuthenticateRequest, directory::v1::AuthenticateResponse> ask_;
  const std::string service_token_;
  const Clock& clock_;

  absl::Mutex mutex_;
  TokenCache cache_ ABSL_GUARDED_BY(mutex_);
  // Who waits for the answer about which token, by its hash.
  absl::flat_hash_map<std::string, std::vector<Done>> waiting_ ABSL_GUARDED_BY(mutex_);
  int questions_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wissel::identity

#endif  // WISSEL_LIBS_IDENTITY_TOKEN_AUTHENTICATOR_H_
