#include "services/directory/directory_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/identity/password.h"
#include "libs/identity/token.h"
#include "services/directory/account.h"
#include "services/directory/account_store.h"
#include "services/directory/directory_proto.h"
#include "services/directory/exceptional_days.h"
#include "services/directory/municipality.h"
#include "services/directory/municipality_store.h"
#include "services/directory/session_store.h"
#include "services/directory/sign_in.h"
#include "services/directory/team.h"
#include "services/directory/team_store.h"

namespace wissel::directory {
namespace {

absl::Status CheckTeamsExist(pg::Transaction& transaction,
                             const std::vector<std::string>& team_ids) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<std::string> unknown,
                          UnknownTeams(transaction, team_ids));
  if (unknown.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "unknown_team", "there is no such team",
               "team_ids", {{"team_id", unknown.front()}});
}

// Handlers in one transaction of the municipality.

absl::Status AddTeams(pg::Transaction& transaction, const rpc::Call&,
                      const v1::EnsureTeamsRequest& request, v1::EnsureTeamsResponse* response) {
  std::vector<Team> wanted;
  for (const v1::Team& team : request.teams()) wanted.push_back(FromProto(team));
  // A municipality that is still to be made has no teams, so that they can be checked beforehand.
  if (!request.validate_only()) WISSEL_RETURN_IF_ERROR(LockMunicipality(transaction).status());
  WISSEL_ASSIGN_OR_RETURN(const std::vector<Team> existing, ListAllTeams(transaction));
  WISSEL_ASSIGN_OR_RETURN(const std::vector<Team> fresh, NewTeams(existing, wanted));
  response->set_created(static_cast<int32_t>(fresh.size()));
  return request.validate_only() ? absl::OkStatus() : InsertTeams(transaction, fresh);
}

absl::Status ApplyAgreements(pg::Transaction& transaction, const rpc::Call&,
                             const v1::ApplyTeamAgreementsRequest& request,
                             v1::ApplyTeamAgreementsResponse* response) {
  std::vector<Team> agreed;
  for (const v1::Team& team : request.teams()) agreed.push_back(FromProto(team));
  WISSEL_ASSIGN_OR_RETURN(const absl::Time from,
                          ReadTime("in_force_from", request.in_force_from()));
  WISSEL_RETURN_IF_ERROR(LockMunicipality(transaction).status());
  WISSEL_ASSIGN_OR_RETURN(const std::vector<Team> held, ListAllTeams(transaction, from));
  WISSEL_RETURN_IF_ERROR(CheckAgreements(held, agreed));
  WISSEL_ASSIGN_OR_RETURN(const bool is_new, AdvanceSop(transaction, request.sop_version()));
  response->set_applied(is_new);
  if (!is_new) return absl::OkStatus();
  for (Team& team : agreed) {
    const auto before = std::find_if(held.begin(), held.end(),
                                     [&](const Team& one) { return one.team_id == team.team_id; });
    team.norms = ChangedNorms(before->norms, team.norms);
  }
  return UpdateTeams(transaction, agreed, from);
}

absl::Status FindTeams(pg::Transaction& transaction, const rpc::Call&, const v1::ListTeamsRequest&,
                       v1::ListTeamsResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<Team> teams, ListAllTeams(transaction));
  for (const Team& team : teams) ToProto(team, response->add_teams());
  return absl::OkStatus();
}

absl::Status AddAccessToken(pg::Transaction& transaction, const rpc::Call& call,
                            const v1::CreateAccessTokenRequest& request,
                            v1::CreateAccessTokenResponse* response) {
  WISSEL_RETURN_IF_ERROR(CheckLabel(request.label()));
  WISSEL_RETURN_IF_ERROR(LockMunicipality(transaction).status());
  response->set_token(identity::MakeToken(call.tenant_id()));
  return InsertAccessToken(transaction, identity::HashOf(response->token()), request.label(),
                           call.principal->account_id);
}

absl::Status ReplaceCalendar(pg::Transaction& transaction, const rpc::Call&,
                             const v1::PutCalendarRequest& request,
                             v1::PutCalendarResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const Municipality municipality, LockMunicipality(transaction));
  WISSEL_RETURN_IF_ERROR(CheckCalendar(request.calendar(), municipality.time_zone));
  WISSEL_ASSIGN_OR_RETURN(const int64_t version, InsertCalendar(transaction, request.calendar()));
  response->set_version(version);
  return absl::OkStatus();
}

absl::Status CalendarInForce(pg::Transaction& transaction, const rpc::Call&,
                             const v1::GetCalendarRequest& request,
                             v1::GetCalendarResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(*response, FindCalendar(transaction));
  return AddExceptionalDays(request, response);
}

}  // namespace

DirectoryService::DirectoryService(pg::Pool& pool, rpc::Dispatcher& dispatcher)
    : pool_(pool), dispatcher_(dispatcher) {}

template <typename Request, typename Response, typename Handler>
DirectoryService::Reactor* DirectoryService::InTenant(Context* context, const Request* request,
                                                      Response* response, pg::Access access,
                                                      Handler handler) {
  return dispatcher_.Blocking(
      context, request, response,
      [this, access, handler](const rpc::Call& call, const Request& in, Response* out) {
        return pool_.InTenant(
            call.tenant_id(), call.deadline, access,
            [&](pg::Transaction& transaction) { return handler(transaction, call, in, out); });
      });
}

DirectoryService::Reactor* DirectoryService::SignIn(Context* context,
                                                    const v1::SignInRequest* request,
                                                    v1::SignInResponse* response) {
  return dispatcher_.Async(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out, rpc::Dispatcher::Done done) {
        auto work = [this, &in, out, deadline = call.deadline]() -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(*out, directory::SignIn(pool_, in, deadline));
          return absl::OkStatus();
        };
        passwords_.Run(call.deadline, std::move(done), std::move(work));
      });
}

DirectoryService::Reactor* DirectoryService::PutAccount(Context* context,
                                                        const v1::PutAccountRequest* request,
                                                        v1::PutAccountResponse* response) {
  return dispatcher_.Async(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out, rpc::Dispatcher::Done done) {
        passwords_.Run(call.deadline, std::move(done),
                       [this, call, &in, out] { return Put(call, in, out); });
      });
}

DirectoryService::Reactor* DirectoryService::SignOut(Context* context,
                                                     const v1::SignOutRequest* request,
                                                     v1::SignOutResponse* response) {
  return dispatcher_.Blocking(context, request, response,
                              [this](const rpc::Call& call, const auto&, auto*) {
                                return EndSession(call.token, call.deadline);
                              });
}

DirectoryService::Reactor* DirectoryService::GetSession(Context* context,
                                                        const v1::GetSessionRequest* request,
                                                        v1::GetSessionResponse* response) {
  return dispatcher_.Blocking(
      context, request, response,
      [this](const rpc::Call& call, const auto&, auto* out) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(*out->mutable_session(), SessionOf(call.token, call.deadline));
        return absl::OkStatus();
      });
}

DirectoryService::Reactor* DirectoryService::Authenticate(Context* context,
                                                          const v1::AuthenticateRequest* request,
                                                          v1::AuthenticateResponse* response) {
  return dispatcher_.Blocking(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(*out->mutable_session(), SessionOf(in.token(), call.deadline));
        return absl::OkStatus();
      });
}

DirectoryService::Reactor* DirectoryService::EnsureMunicipality(
    Context* context, const v1::EnsureMunicipalityRequest* request,
    v1::EnsureMunicipalityResponse* response) {
  return dispatcher_.Blocking(
      context, request, response,
      [this](const rpc::Call& call, const auto& in, auto* out) { return Ensure(call, in, out); });
}

DirectoryService::Reactor* DirectoryService::ListMunicipalities(
    Context* context, const v1::ListMunicipalitiesRequest* request,
    v1::ListMunicipalitiesResponse* response) {
  return dispatcher_.Blocking(context, request, response,
                              [this](const rpc::Call& call, const auto&, auto* out) {
                                return FindMunicipalities(call.deadline, out);
                              });
}

DirectoryService::Reactor* DirectoryService::EnsureTeams(Context* context,
                                                         const v1::EnsureTeamsRequest* request,
                                                         v1::EnsureTeamsResponse* response) {
  return InTenant(context, request, response, pg::Access::kWrite, AddTeams);
}

DirectoryService::Reactor* DirectoryService::ApplyTeamAgreements(
    Context* context, const v1::ApplyTeamAgreementsRequest* request,
    v1::ApplyTeamAgreementsResponse* response) {
  return InTenant(context, request, response, pg::Access::kWrite, ApplyAgreements);
}

DirectoryService::Reactor* DirectoryService::CreateAccessToken(
    Context* context, const v1::CreateAccessTokenRequest* request,
    v1::CreateAccessTokenResponse* response) {
  return InTenant(context, request, response, pg::Access::kWrite, AddAccessToken);
}

DirectoryService::Reactor* DirectoryService::PutCalendar(Context* context,
                                                         const v1::PutCalendarRequest* request,
                                                         v1::PutCalendarResponse* response) {
  return InTenant(context, request, response, pg::Access::kWrite, ReplaceCalendar);
}

DirectoryService::Reactor* DirectoryService::ListTeams(Context* context,
                                                       const v1::ListTeamsRequest* request,
                                                       v1::ListTeamsResponse* response) {
  return InTenant(context, request, response, pg::Access::kRead, FindTeams);
}

DirectoryService::Reactor* DirectoryService::GetCalendar(Context* context,
                                                         const v1::GetCalendarRequest* request,
                                                         v1::GetCalendarResponse* response) {
  return InTenant(context, request, response, pg::Access::kRead, CalendarInForce);
}

absl::Status DirectoryService::FindMunicipalities(absl::Time deadline,
                                                  v1::ListMunicipalitiesResponse* response) {
  return pool_.WithoutTenant(deadline, pg::Access::kRead,
                             [&](pg::Transaction& transaction) -> absl::Status {
                               WISSEL_ASSIGN_OR_RETURN(const std::vector<Municipality> all,
                                                       ListAllMunicipalities(transaction));
                               for (const Municipality& municipality : all) {
                                 v1::Municipality* added = response->add_municipalities();
                                 added->set_tenant_id(municipality.tenant_id);
                                 added->set_name(municipality.name);
                                 added->set_time_zone(municipality.time_zone);
                               }
                               return absl::OkStatus();
                             });
}

absl::Status DirectoryService::EndSession(absl::string_view token, absl::Time deadline) {
  const std::optional<std::string> tenant_id = identity::TenantOf(token);
  if (!tenant_id) return absl::OkStatus();
  return pool_.InTenant(*tenant_id, deadline, pg::Access::kWrite,
                        [&](pg::Transaction& transaction) {
                          return DeleteSession(transaction, identity::HashOf(token));
                        });
}

absl::StatusOr<v1::Session> DirectoryService::SessionOf(absl::string_view token,
                                                        absl::Time deadline) {
  const std::optional<std::string> tenant_id = identity::TenantOf(token);
  if (!tenant_id) return InvalidToken();
  v1::Session session;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      *tenant_id, deadline, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(session, FindSession(transaction, identity::HashOf(token)));
        return absl::OkStatus();
      }));
  return session;
}

absl::Status DirectoryService::Ensure(const rpc::Call& call,
                                      const v1::EnsureMunicipalityRequest& request,
                                      v1::EnsureMunicipalityResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const Municipality wanted, ReadMunicipality(request));
  if (!call.tenant_id().empty() && call.tenant_id() != wanted.tenant_id) {
    return InvalidField("municipality.tenant_id", "other_municipality",
                        "the call is made for another municipality");
  }
  return pool_.InTenant(
      wanted.tenant_id, call.deadline, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const bool created, InsertMunicipality(transaction, wanted));
        response->set_created(created);
        if (created) {
          WISSEL_RETURN_IF_ERROR(InsertCalendar(transaction, DefaultCalendar()).status());
          WISSEL_RETURN_IF_ERROR(InsertTeams(transaction, {KccTeam()}));
        } else {
          WISSEL_RETURN_IF_ERROR(UpdateMunicipality(transaction, wanted));
        }
        if (wanted.kcc_mailbox.empty()) return absl::OkStatus();
        return SetKccMailbox(transaction, wanted.kcc_mailbox);
      });
}

absl::Status DirectoryService::Put(const rpc::Call& call, const v1::PutAccountRequest& request,
                                   v1::PutAccountResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(const Account account, ReadAccount(request));
  // Nothing is done if it exists and is to stay as it is.
  bool exists = false;
  const auto look = [&](pg::Transaction& transaction) -> absl::Status {
    WISSEL_ASSIGN_OR_RETURN(const auto found, FindCredentials(transaction, account.login));
    exists = found.has_value();
    if (exists) response->set_account_id(found->account_id);
    return absl::OkStatus();
  };
  if (request.keep_existing()) {
    WISSEL_RETURN_IF_ERROR(
        pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kRead, look));
    if (exists) return absl::OkStatus();
  }
  std::optional<std::string> password_hash;
  if (!request.password().empty()) {
    WISSEL_RETURN_IF_ERROR(CheckPassword(request.password()));
    WISSEL_ASSIGN_OR_RETURN(password_hash, identity::HashPassword(request.password()));
  }
  return pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kWrite,
                        [&](pg::Transaction& transaction) -> absl::Status {
                          WISSEL_RETURN_IF_ERROR(LockMunicipality(transaction).status());
                          WISSEL_RETURN_IF_ERROR(look(transaction));
                          if (exists && request.keep_existing()) return absl::OkStatus();
                          response->set_created(!exists);
                          WISSEL_RETURN_IF_ERROR(CheckTeamsExist(transaction, account.team_ids));
                          WISSEL_ASSIGN_OR_RETURN(
                              *response->mutable_account_id(),
                              directory::PutAccount(transaction, account, password_hash));
                          return absl::OkStatus();
                        });
}

}  // namespace wissel::directory
