// wissel demo: makes the demo municipality of deploy/demo through the same calls that people use.
// Only what is missing is made: what is there stays as people left it, passwords, roles, sessions
// and the SOP in force included.

#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "services/wissel/commands/demo_file.h"
#include "wissel/directory/v1/directory.grpc.pb.h"
#include "wissel/insight/v1/insight.grpc.pb.h"
#include "wissel/intake/v1/intake.grpc.pb.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

ABSL_FLAG(std::string, demo_dir, "deploy/demo", "folder of the demo municipality");

namespace wissel {
namespace {

using directory::v1::DirectoryService;
using insight::v1::InsightService;
using intake::v1::IntakeService;
using routing::v1::RouterService;

// Makes the municipality of a demo file, step by step.
class Demo {
 public:
  Demo(App& app, DemoFile file)
      : app_(app),
        file_(std::move(file)),
        directory_(DirectoryService::NewStub(app.channels().For("directory"))),
        intake_(IntakeService::NewStub(app.channels().For("intake"))),
        router_(RouterService::NewStub(app.channels().For("routing"))),
        insight_(InsightService::NewStub(app.channels().For("insight"))) {}

  absl::Status Make(const std::string& sop) {
    WISSEL_RETURN_IF_ERROR(MakeMunicipality());
    WISSEL_RETURN_IF_ERROR(Call(*directory_, &DirectoryService::Stub::EnsureTeams, file_.teams,
                                directory::v1::EnsureTeamsResponse()));
    for (directory::v1::PutAccountRequest account : file_.accounts) {
      account.set_keep_existing(true);
      WISSEL_RETURN_IF_ERROR(Call(*directory_, &DirectoryService::Stub::PutAccount, account,
                                  directory::v1::PutAccountResponse()));
    }
    WISSEL_RETURN_IF_ERROR(LoadSop(sop));
    WISSEL_ASSIGN_OR_RETURN(const bool registered, ContactsAreThere());
    return registered ? absl::OkStatus() : RegisterContacts();
  }

 private:
  template <typename Stub, typename Request, typename Response>
  absl::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response response) {
    return CallAs(app_, tenant_id(), stub, method, request, &response);
  }

  // EnsureMunicipality would give one that is there its name and mailbox again.
  absl::Status MakeMunicipality() {
    const absl::Status found = TimeZoneOf(app_, tenant_id()).status();
    if (!absl::IsNotFound(found)) return found;
    return Call(*directory_, &DirectoryService::Stub::EnsureMunicipality, file_.municipality,
                directory::v1::EnsureMunicipalityResponse());
  }

  // Unless there is an SOP, whichever.
  absl::Status LoadSop(const std::string& sop) {
    const absl::Status found = Call(*router_, &RouterService::Stub::GetSop,
                                    routing::v1::GetSopRequest(), routing::v1::GetSopResponse());
    if (!absl::IsNotFound(found)) return found;
    routing::v1::LoadSopRequest load;
    load.set_document(sop);
    return Call(*router_, &RouterService::Stub::LoadSop, load, routing::v1::LoadSopResponse());
  }

  // Contacts are never removed, so as many as the file has means that they were made. Their keys
  // would not tell: those are forgotten after a month.
  absl::StatusOr<bool> ContactsAreThere() {
    insight::v1::GetFiguresResponse figures;
    WISSEL_RETURN_IF_ERROR(
        CallAs(app_, tenant_id(), *insight_, &InsightService::Stub::GetFigures, {}, &figures));
    return figures.total().received() >=
           static_cast<int64_t>(file_.callbacks.size() + file_.answered.size() +
                                file_.forms.size() + file_.emails.size() + file_.social.size());
  }

  // Contacts are registered by a person: the KCC agent of the file signs in.
  absl::Status RegisterContacts() {
    directory::v1::SignInRequest sign_in;
    sign_in.set_tenant_id(tenant_id());
    sign_in.set_login(file_.accounts.front().login());
    sign_in.set_password(file_.accounts.front().password());
    directory::v1::SignInResponse session;
    WISSEL_RETURN_IF_ERROR(CallAs(app_, sign_in.tenant_id(), *directory_,
                                  &DirectoryService::Stub::SignIn, sign_in, &session));
    const auto as_agent = [&](auto method, const auto& requests, auto response) -> absl::Status {
      for (const auto& request : requests) {
        grpc::ClientContext context;
        rpc::Continue({.token = session.token(), .deadline = absl::Now() + absl::Minutes(1)},
                      &context);
        WISSEL_RETURN_IF_ERROR(rpc::FromGrpc(((*intake_).*method)(&context, request, &response)));
      }
      return absl::OkStatus();
    };
    using Stub = IntakeService::Stub;
    WISSEL_RETURN_IF_ERROR(
        as_agent(&Stub::RegisterCallback, file_.callbacks, intake::v1::RegisterCallbackResponse()));
    WISSEL_RETURN_IF_ERROR(
        as_agent(&Stub::RegisterAnswered, file_.answered, intake::v1::RegisterAnsweredResponse()));
    WISSEL_RETURN_IF_ERROR(
        as_agent(&Stub::SubmitForm, file_.forms, intake::v1::SubmitFormResponse()));
    WISSEL_RETURN_IF_ERROR(
        as_agent(&Stub::RegisterEmail, file_.emails, intake::v1::RegisterEmailResponse()));
    return as_agent(&Stub::RegisterSocialMessage, file_.social,
                    intake::v1::RegisterSocialMessageResponse());
  }

  const std::string& tenant_id() const { return file_.municipality.municipality().tenant_id(); }

  App& app_;
  const DemoFile file_;
  std::unique_ptr<DirectoryService::Stub> directory_;
  std::unique_ptr<IntakeService::Stub> intake_;
  std::unique_ptr<RouterService::Stub> router_;
  std::unique_ptr<InsightService::Stub> insight_;
};

}  // namespace

absl::Status MakeDemo(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 0));
  const std::string folder = absl::GetFlag(FLAGS_demo_dir);
  WISSEL_ASSIGN_OR_RETURN(const std::string yaml, ReadTextFile(folder + "/municipality.yaml"));
  WISSEL_ASSIGN_OR_RETURN(const std::string sop, ReadTextFile(folder + "/sop.yaml"));
  WISSEL_ASSIGN_OR_RETURN(DemoFile file, ParseDemoFile(yaml));
  const std::string name = file.municipality.municipality().name();
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  WISSEL_RETURN_IF_ERROR(Demo(*app, std::move(file)).Make(sop));
  std::printf("the demo municipality %s is there\n", name.c_str());
  return absl::OkStatus();
}

}  // namespace wissel
