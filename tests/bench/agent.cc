#include "tests/bench/agent.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/bench/report.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

ABSL_FLAG(std::string, grpc, "127.0.0.1:9090", "gRPC address of the installation");

namespace wissel::bench {

std::shared_ptr<grpc::Channel> Connect() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(absl::GetFlag(FLAGS_grpc), grpc::InsecureChannelCredentials(),
                                   arguments);
}

std::string SignIn(const std::string& login) {
  auto directory = directory::v1::DirectoryService::NewStub(Connect());
  directory::v1::SignInRequest request;
  request.set_tenant_id("GM9901");
  request.set_login(login);
  request.set_password("welkom-bij-wissel");
  directory::v1::SignInResponse response;
  grpc::ClientContext context;
  const grpc::Status status = directory->SignIn(&context, request, &response);
  if (!status.ok()) Die("cannot sign in: " + status.error_message());
  return response.token();
}

intake::v1::RegisterCallbackRequest Callback(absl::string_view key, int number) {
  intake::v1::RegisterCallbackRequest request;
  request.set_idempotency_key(std::string(key));
  request.mutable_customer()->set_given_name("P.");
  request.mutable_customer()->set_family_name("Proef");
  request.mutable_customer()->set_phone(absl::StrFormat("020 1%06d", number % 100000));
  request.mutable_customer()->set_email(absl::StrCat("p", number % 100000, "@example.org"));
  request.mutable_question()->set_subject("Mijn paspoort is zoek");
  request.mutable_question()->set_text("Wat moet ik nu doen?");
  request.mutable_question()->set_topic_id("paspoort");
  return request;
}

}  // namespace wissel::bench
