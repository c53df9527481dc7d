// gRPC adapter of the directory; proto/wissel/directory/v1/directory.proto is its contract.

#ifndef WISSEL_SERVICES_DIRECTORY_DIRECTORY_SERVICE_H_
#define WISSEL_SERVICES_DIRECTORY_DIRECTORY_SERVICE_H_

#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "services/directory/password_executor.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

namespace wissel::directory {

// Keeps nothing between calls; thread-safe. What it is made with outlives it.
//
// Every method acts for the municipality of the principal, but for these: EnsureMunicipality acts
// for the one in its request, which a service that names another one may not; Authenticate and
// SignOut for the one in the token; SignIn for the one in its request.
class DirectoryService final : public v1::DirectoryService::CallbackService {
 public:
  using Reactor = grpc::ServerUnaryReactor;
  using Context = grpc::CallbackServerContext;

  // In the .cc: whoever sees the body compiles a class template of gRPC for every method.
  DirectoryService(pg::Pool& pool, rpc::Dispatcher& dispatcher);

  // On the threads for passwords.
  Reactor* SignIn(Context* context, const v1::SignInRequest* request,
                  v1::SignInResponse* response) override;
  Reactor* PutAccount(Context* context, const v1::PutAccountRequest* request,
                      v1::PutAccountResponse* response) override;

  // About a token, always by the database: what a cache says may be seconds old.
  Reactor* SignOut(Context* context, const v1::SignOutRequest* request,
                   v1::SignOutResponse* response) override;
  Reactor* GetSession(Context* context, const v1::GetSessionRequest* request,
                      v1::GetSessionResponse* response) override;
  Reactor* Authenticate(Context* context, const v1::AuthenticateRequest* request,
                        v1::AuthenticateResponse* response) override;

  // Changes of one municipality, which come one after another: each locks its row.
  Reactor* EnsureMunicipality(Context* context, const v1::EnsureMunicipalityRequest* request,
                              v1::EnsureMunicipalityResponse* response) override;
  Reactor* ApplyTeamAgreements(Context* context, const v1::ApplyTeamAgreementsRequest* request,
                               v1::ApplyTeamAgreementsResponse* response) override;
  Reactor* EnsureTeams(Context* context, const v1::EnsureTeamsRequest* request,
                       v1::EnsureTeamsResponse* response) override;
  Reactor* CreateAccessToken(Context* context, const v1::CreateAccessTokenRequest* request,
                             v1::CreateAccessTokenResponse* response) override;
  Reactor* PutCalendar(Context* context, const v1::PutCalendarRequest* request,
                       v1::PutCalendarResponse* response) override;

  // Reads.
  Reactor* ListMunicipalities(Context* context, const v1::ListMunicipalitiesRequest* request,
                              v1::ListMunicipalitiesResponse* response) override;
  Reactor* ListTeams(Context* context, const v1::ListTeamsRequest* request,
                     v1::ListTeamsResponse* response) override;
  Reactor* GetCalendar(Context* context, const v1::GetCalendarRequest* request,
                       v1::GetCalendarResponse* response) override;

 private:
  // `handler(pg::Transaction&, const Call&, const Request&, Response*)` in one transaction of the
  // principal's municipality.
  template <typename Request, typename Response, typename Handler>
  Reactor* InTenant(Context* context, const Request* request, Response* response, pg::Access access,
                    Handler handler);

  absl::Status FindMunicipalities(absl::Time deadline, v1::ListMunicipalitiesResponse* response);
  // OK also when the token has no session.
  absl::Status EndSession(absl::string_view token, absl::Time deadline);
  // Whose token it is; UNAUTHENTICATED `invalid_token`.
  absl::StatusOr<v1::Session> SessionOf(absl::string_view token, absl::Time deadline);
  absl::Status Ensure(const rpc::Call& call, const v1::EnsureMunicipalityRequest& request,
                      v1::EnsureMunicipalityResponse* response);
  absl::Status Put(const rpc::Call& call, const v1::PutAccountRequest& request,
                   v1::PutAccountResponse* response);

  pg::Pool& pool_;
  rpc::Dispatcher& dispatcher_;
  // Last: it ends first, with calls that still use the others.
  PasswordExecutor passwords_;
};

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_DIRECTORY_SERVICE_H_
