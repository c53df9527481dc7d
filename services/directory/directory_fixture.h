// A directory on a real database, reached through a real server: for tests only.

#ifndef WISSEL_SERVICES_DIRECTORY_DIRECTORY_FIXTURE_H_
#define WISSEL_SERVICES_DIRECTORY_DIRECTORY_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/identity/token.h"
#include "libs/identity/token_authenticator.h"
#include "libs/rpc/call.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/dispatcher.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/rpc/worker_pool.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/postgres.h"
#include "services/directory/directory.h"

namespace wissel::directory {

inline constexpr char kPassword[] = "correct horse battery";

// Starts with the municipality GM0603 and whatever the test adds. Permissions are checked as in
// production: calls go through the dispatcher with a token. The clock is that of the cache of
// tokens; sessions end by the clock of the database.
class DirectoryFixture : public ::testing::Test {
 protected:
  using Stub = v1::DirectoryService::Stub;

  DirectoryFixture() {
    channels_.SetInProcess(server_->InProcess());
    EXPECT_TRUE(Ensure("GM0603", "Rijswijk").ok());
  }

  // Runs one method with a token; `tenant_id` is for the service token.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request, const std::string& token = "",
                                const std::string& tenant_id = "") {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata(rpc::kAuthorizationKey, "Bearer " + token);
    if (!tenant_id.empty()) context.AddMetadata(rpc::kTenantKey, tenant_id);
    Response response;
    const grpc::Status status = ((*stub_).*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  absl::StatusOr<v1::EnsureMunicipalityResponse> Ensure(const std::string& tenant_id,
                                                        const std::string& name,
                                                        const std::string& time_zone = "") {
    v1::EnsureMunicipalityRequest request;
    request.mutable_municipality()->set_tenant_id(tenant_id);
    request.mutable_municipality()->set_name(name);
    request.set_time_zone(time_zone);
    return Call(&Stub::EnsureMunicipality, request, service_token_);
  }

  static v1::PutAccountRequest Account(const std::string& login, options::v1::Role role) {
    v1::PutAccountRequest request;
    request.set_login(login);
    request.set_display_name(login + " Jansen");
    request.set_password(kPassword);
    request.add_roles(role);
    return request;
  }

  absl::StatusOr<v1::PutAccountResponse> Put(const v1::PutAccountRequest& request,
                                             const std::string& tenant_id = "GM0603") {
    return Call(&Stub::PutAccount, request, service_token_, tenant_id);
  }

  absl::StatusOr<v1::SignInResponse> SignIn(const std::string& login,
                                            const std::string& password = kPassword,
                                            const std::string& tenant_id = "GM0603") {
    v1::SignInRequest request;
    request.set_tenant_id(tenant_id);
    request.set_login(login);
    request.set_password(password);
    return Call(&Stub::SignIn, request);
  }

  // Token of a new account with one role.
  std::string TokenFor(options::v1::Role role, const std::string& tenant_id = "GM0603") {
    const std::string login = "role" + std::to_string(role);
    const auto put = Put(Account(login, role), tenant_id);
    EXPECT_TRUE(put.ok()) << put.status();
    const auto signed_in = SignIn(login, kPassword, tenant_id);
    EXPECT_TRUE(signed_in.ok()) << signed_in.status();
    return signed_in.ok() ? signed_in->token() : "";
  }

  testing::TestDatabase database_;
  testing::FakeClock clock_{absl::Now()};
  const std::string service_token_ = identity::MakeServiceToken();
  rpc::WorkerPool pool_{4, 256};
  rpc::ChannelRegistry channels_;
  identity::TokenAuthenticator authenticator_{channels_, service_token_, clock_};
  rpc::Dispatcher dispatcher_{authenticator_, pool_};
  std::unique_ptr<Directory> directory_ =
      Directory::Build({.conninfo = database_.ConnInfo("directory"), .pool_size = 8}, dispatcher_)
          .value();
  std::unique_ptr<rpc::Server> server_ = rpc::Server::Start({}, {&directory_->service()}).value();
  std::unique_ptr<Stub> stub_ = v1::DirectoryService::NewStub(server_->InProcess());
};

// A status by code and reason, for EXPECT_EQ: "INVALID_ARGUMENT too_long teams[0].name".
inline std::string Short(const absl::Status& status) {
  std::string text = absl::StatusCodeToString(status.code());
  for (const ErrorDetail& detail : DetailsOf(status)) {
    text += " " + detail.reason + (detail.field.empty() ? "" : " " + detail.field);
  }
  return text;
}
template <typename T>
std::string Short(const absl::StatusOr<T>& result) {
  return Short(result.status());
}

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_DIRECTORY_FIXTURE_H_
