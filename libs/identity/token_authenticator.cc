#include "libs/identity/token_authenticator.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/identity/token.h"
#include "libs/rpc/call.h"
#include "libs/telemetry/log.h"

namespace wissel::identity {
namespace {

using PrincipalPtr = std::shared_ptr<const rpc::Principal>;

// What waits longer has a client that has given up.
constexpr absl::Duration kTimeout = absl::Seconds(3);
constexpr size_t kQuestionsMax = 1024;
// Of which tokens that were not valid before: random ones leave room for people who are signed in.
constexpr size_t kNewQuestionsMax = 768;

absl::Status InvalidToken() {
  return Error(absl::StatusCode::kUnauthenticated, "invalid_token",
               "the token is unknown or has ended; sign in again");
}

absl::Status DirectoryAway() {
  return Error(absl::StatusCode::kUnavailable, "directory_away",
               "it cannot be told now who is signed in; try again in a moment");
}

PrincipalPtr PrincipalFrom(const directory::v1::Session& session) {
  auto principal = std::make_shared<rpc::Principal>();
  principal->tenant_id = session.municipality().tenant_id();
  principal->account_id = session.account_id();
  principal->display_name = session.display_name();
  for (const int role : session.roles()) {
    principal->roles.push_back(static_cast<options::v1::Role>(role));
  }
  principal->team_ids.assign(session.team_ids().begin(), session.team_ids().end());
  if (session.has_expires_at()) principal->expires_at = FromProto(session.expires_at());
  return principal;
}

// The directory says of the token in the request that it is invalid by naming that field; without
// it the refusal is about our own service token.
bool IsAboutTheToken(const absl::Status& status) {
  const auto details = DetailsOf(status);
  return !details.empty() && details.front().field == "token";
}

absl::StatusOr<PrincipalPtr> ReadAnswer(const absl::Status& status,
                                        const directory::v1::AuthenticateResponse& response) {
  if (status.ok()) return PrincipalFrom(response.session());
  if (!absl::IsUnauthenticated(status) && !absl::IsPermissionDenied(status)) return DirectoryAway();
  if (IsAboutTheToken(status)) return InvalidToken();
  telemetry::LogError("service_token_refused", {{"by", "directory"}});
  return DirectoryAway();
}

}  // namespace

struct TokenAuthenticator::Question {
  directory::v1::AuthenticateRequest request;
  directory::v1::AuthenticateResponse response;
  std::string hash;
};

TokenAuthenticator::TokenAuthenticator(rpc::ChannelRegistry& channels, std::string service_token,
                                       const Clock& clock)
    : ask_(channels), service_token_(std::move(service_token)), clock_(clock) {}

TokenAuthenticator::~TokenAuthenticator() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](int* questions) { return *questions == 0; }, &questions_));
}

bool TokenAuthenticator::IsServiceToken(absl::string_view secret) const {
  return SameSecret(secret, service_token_);
}

void TokenAuthenticator::Authenticate(absl::string_view token, absl::string_view tenant_id,
                                      Done done) {
  if (IsServiceToken(token)) {
    return done(rpc::ServiceCall("", std::string(tenant_id), absl::InfiniteFuture()).principal);
  }
  std::optional<std::string> tenant = TenantOf(token);
  if (!tenant) return done(InvalidToken());

  std::string hash = HashOf(token);
  std::optional<absl::StatusOr<PrincipalPtr>> known;
  {
    absl::MutexLock lock(&mutex_);
    if (const TokenCache::Entry* entry = cache_.Find(hash, clock_.Now())) {
      known = *entry == nullptr ? absl::StatusOr<PrincipalPtr>(InvalidToken()) : *entry;
    } else if (const auto asked = waiting_.find(hash); asked != waiting_.end()) {
      asked->second.push_back(std::move(done));
      return;
    } else if (waiting_.size() >= (cache_.WasValid(hash) ? kQuestionsMax : kNewQuestionsMax)) {
      known = DirectoryAway();
    } else {
      waiting_[hash].push_back(std::move(done));
      ++questions_;
    }
  }
  if (known) return done(*std::move(known));
  Ask(token, *std::move(tenant), std::move(hash));
}

void TokenAuthenticator::Ask(absl::string_view token, std::string tenant_id, std::string hash) {
  auto question = std::make_unique<Question>();
  Question& asked = *question;
  asked.request.set_token(std::string(token));
  asked.hash = std::move(hash);
  ask_(rpc::ServiceCall(service_token_, std::move(tenant_id), absl::Now() + kTimeout),
       asked.request, &asked.response,
       [this, question = std::move(question)](const absl::Status& status) {
         Answer(question->hash, ReadAnswer(status, question->response));
       });
}

void TokenAuthenticator::Answer(const std::string& hash,
                                const absl::StatusOr<PrincipalPtr>& answer) {
  std::vector<Done> waiters;
  {
    absl::MutexLock lock(&mutex_);
    if (answer.ok()) {
      cache_.Put(hash, *answer, clock_.Now());
    } else if (absl::IsUnauthenticated(answer.status())) {
      cache_.Put(hash, nullptr, clock_.Now());
    }
    const auto waiting = waiting_.find(hash);
    waiters = std::move(waiting->second);
    waiting_.erase(waiting);
  }
  for (Done& done : waiters) done(answer);
  absl::MutexLock lock(&mutex_);
  --questions_;
}

}  // namespace wissel::identity
