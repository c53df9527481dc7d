#include "tests/integration/two_tenants.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "tests/integration/rows.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/intake/v1/intake.pb.h"
#include "wissel/routing/v1/routing.pb.h"

namespace wissel::testing {
namespace {

constexpr char kPassword[] = "correct horse battery";

template <typename T>
T Need(absl::StatusOr<T> result) {
  if (!result.ok()) {
    std::cerr << "the tenants cannot be built: " << result.status() << std::endl;
    std::abort();
  }
  return *std::move(result);
}

}  // namespace

TwoTenants::TwoTenants(Shape shape) : installation_(shape, database_.BaseConnInfo()) {
  if (const absl::Status started = installation_.Start(); !started.ok()) {
    Need(absl::StatusOr<int>(started));
  }
  own_ = Make("GM0001", "merel");
  other_ = Make("GM0002", kSecretWord);
}

template <typename Response, typename Request>
Response TwoTenants::Ask(const Request& request, const Caller& caller) {
  return Need(call_.Ask<Response>(request, caller));
}

Tenant TwoTenants::Make(const std::string& tenant_id, const std::string& word) {
  Tenant tenant = {.ids = {.tenant_id = tenant_id,
                           .team_id = absl::StrCat("team-", tenant_id),
                           .topic_id = absl::StrCat("topic-", tenant_id),
                           .login = absl::StrCat("agent-", tenant_id),
                           .external_id = absl::StrCat("message-", tenant_id)}};
  const Caller service = {service_token(), tenant_id};

  directory::v1::EnsureMunicipalityRequest municipality;
  municipality.mutable_municipality()->set_tenant_id(tenant_id);
  municipality.mutable_municipality()->set_name("Gemeente " + tenant_id);
  Ask<directory::v1::EnsureMunicipalityResponse>(municipality, service);
  directory::v1::EnsureTeamsRequest teams;
  teams.add_teams()->set_team_id(tenant.ids.team_id);
  teams.mutable_teams(0)->set_name("Team " + word);
  teams.mutable_teams(0)->set_mailbox("team." + word + "@example.org");
  Ask<directory::v1::EnsureTeamsResponse>(teams, service);
  routing::v1::LoadSopRequest sop;
  sop.set_document(absl::StrCat("topics: [{id: ", tenant.ids.topic_id, ", name: ", word, "}]\n",
                                "rules: [{id: rest, outcome: queue, team: ", tenant.ids.team_id,
                                ", script: ", word, "}]\n"));
  Ask<routing::v1::LoadSopResponse>(sop, service);
  MakeAccounts(tenant, word);

  intake::v1::RegisterEmailRequest email;
  email.set_idempotency_key("key-of-the-first-message");
  email.set_account("info");
  email.set_external_id(tenant.ids.external_id);
  email.mutable_customer()->set_family_name(word);
  email.mutable_customer()->set_email(word + "@example.org");
  email.mutable_question()->set_subject(word);
  email.mutable_question()->set_text("Waar is mijn " + word + "?");
  const auto registered = Ask<intake::v1::RegisterEmailResponse>(
      email, {tenant.tokens.at(options::v1::ROLE_KCC_AGENT)});
  tenant.ids.reference = registered.registration().reference();
  return tenant;
}

void TwoTenants::MakeAccounts(Tenant& tenant, const std::string& word) {
  const Caller service = {service_token(), tenant.ids.tenant_id};
  for (int number = options::v1::ROLE_KCC_AGENT; number <= options::v1::ROLE_FUNCTIONAL_ADMIN;
       ++number) {
    const auto role = static_cast<options::v1::Role>(number);
    directory::v1::PutAccountRequest account;
    account.set_login(role == options::v1::ROLE_KCC_AGENT ? tenant.ids.login
                                                          : absl::StrCat("account-", number));
    account.set_display_name(absl::StrCat(word, " ", number));
    account.set_password(kPassword);
    account.add_roles(role);
    account.add_team_ids(role == options::v1::ROLE_KCC_AGENT ? "kcc" : tenant.ids.team_id);
    Ask<directory::v1::PutAccountResponse>(account, service);
    directory::v1::SignInRequest sign_in;
    sign_in.set_tenant_id(tenant.ids.tenant_id);
    sign_in.set_login(account.login());
    sign_in.set_password(kPassword);
    tenant.tokens[role] = Ask<directory::v1::SignInResponse>(sign_in, {}).token();
  }
  directory::v1::CreateAccessTokenRequest machine;
  machine.set_label(word);
  tenant.tokens[options::v1::ROLE_INTEGRATION] =
      Ask<directory::v1::CreateAccessTokenResponse>(
          machine, {tenant.tokens.at(options::v1::ROLE_FUNCTIONAL_ADMIN)})
          .token();
}

std::string TwoTenants::RowsOfOther() const { return RowsOf(database_, other_.ids.tenant_id); }

}  // namespace wissel::testing
