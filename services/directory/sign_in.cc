#include "services/directory/sign_in.h"

#include <optional>

#include "libs/base/status.h"
#include "libs/identity/password.h"
#include "libs/identity/token.h"
#include "libs/text/typed.h"
#include "services/directory/account.h"
#include "services/directory/account_store.h"
#include "services/directory/municipality_store.h"
#include "services/directory/session_store.h"
#include "services/directory/sign_in_store.h"

namespace wissel::directory {
namespace {

constexpr size_t kTextMax = 254;

absl::Status WrongCredentials() {
  return Error(absl::StatusCode::kUnauthenticated, "wrong_credentials",
               "no account with this name and password");
}

absl::Status TooManyAttempts() {
  return Error(absl::StatusCode::kResourceExhausted, "too_many_attempts",
               "too many wrong tries on this name; try again in a quarter of an hour", "",
               {{"retry_after_ms", "900000"}});
}

absl::Status Check(const v1::SignInRequest& request) {
  for (const auto& [field, typed] :
       {std::pair("tenant_id", &request.tenant_id()), std::pair("login", &request.login()),
        std::pair("password", &request.password())}) {
    WISSEL_RETURN_IF_ERROR(text::CheckLength(field, *typed, kTextMax, text::Presence::kRequired));
  }
  if (!identity::IsTenantCode(request.tenant_id())) {
    return InvalidField("tenant_id", "invalid_tenant_id", "not the code of a municipality");
  }
  return absl::OkStatus();
}

// Who the name belongs to; nothing if nobody.
absl::StatusOr<std::optional<Credentials>> Look(pg::Pool& pool, const std::string& tenant_id,
                                                const std::string& login, absl::Time deadline) {
  std::optional<Credentials> found;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(
      tenant_id, deadline, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(CheckMunicipality(transaction));
        WISSEL_ASSIGN_OR_RETURN(const bool spent, TriesAreSpent(transaction, login));
        if (spent) return TooManyAttempts();
        WISSEL_ASSIGN_OR_RETURN(found, FindCredentials(transaction, login));
        return absl::OkStatus();
      }));
  return found;
}

absl::Status Refuse(pg::Pool& pool, const std::string& tenant_id, const std::string& login,
                    absl::Time deadline) {
  bool counted = false;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(
      tenant_id, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(counted, RecordWrongTry(transaction, login));
        return absl::OkStatus();
      }));
  return counted ? WrongCredentials() : TooManyAttempts();
}

}  // namespace

absl::StatusOr<v1::SignInResponse> SignIn(pg::Pool& pool, const v1::SignInRequest& request,
                                          absl::Time deadline) {
  WISSEL_RETURN_IF_ERROR(Check(request));
  const std::string& tenant_id = request.tenant_id();
  const std::string login = FoldLogin(request.login());
  WISSEL_ASSIGN_OR_RETURN(const std::optional<Credentials> known,
                          Look(pool, tenant_id, login, deadline));
  WISSEL_ASSIGN_OR_RETURN(
      const bool matches,
      identity::PasswordMatches(known ? known->password_hash : identity::DummyHash(),
                                request.password()));
  if (!matches || !known) return Refuse(pool, tenant_id, login, deadline);

  v1::SignInResponse response;
  response.set_token(identity::MakeToken(tenant_id));
  const std::string hash = identity::HashOf(response.token());
  WISSEL_RETURN_IF_ERROR(pool.InTenant(
      tenant_id, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        // Others may have tried in vain while this password was compared.
        WISSEL_ASSIGN_OR_RETURN(const bool cleared, ClearTries(transaction, login));
        if (!cleared) return TooManyAttempts();
        WISSEL_ASSIGN_OR_RETURN(const bool started,
                                InsertSession(transaction, hash, known->account_id,
                                              known->password_hash, kSessionLength));
        if (!started) return WrongCredentials();
        WISSEL_ASSIGN_OR_RETURN(*response.mutable_session(), FindSession(transaction, hash));
        return absl::OkStatus();
      }));
  return response;
}

}  // namespace wissel::directory
