// gRPC adapter of intake; proto/wissel/intake/v1/intake.proto is its contract.

#ifndef WISSEL_SERVICES_INTAKE_INTAKE_SERVICE_H_
#define WISSEL_SERVICES_INTAKE_INTAKE_SERVICE_H_

#include "libs/rpc/dispatcher.h"
#include "services/intake/contact_forwarder.h"
#include "wissel/intake/v1/intake.grpc.pb.h"

namespace wissel::intake {

// Stateless; thread-safe. What it is made with outlives it. Nothing here waits: a call goes from
// gRPC's thread to the router, from there to cases, and back.
class IntakeService final : public v1::IntakeService::CallbackService {
 public:
  // In the .cc: whoever sees the body compiles a class template of gRPC for every method.
  IntakeService(ContactForwarder& forwarder, rpc::Dispatcher& dispatcher);

  // FromCallback, then ContactForwarder::Register; what each outcome means stands there.
  grpc::ServerUnaryReactor* RegisterCallback(grpc::CallbackServerContext* context,
                                             const v1::RegisterCallbackRequest* request,
                                             v1::RegisterCallbackResponse* response) override;
  // FromAnswered: the case is closed at once.
  grpc::ServerUnaryReactor* RegisterAnswered(grpc::CallbackServerContext* context,
                                             const v1::RegisterAnsweredRequest* request,
                                             v1::RegisterAnsweredResponse* response) override;
  // FromAttach, then ContactForwarder::Attach: the router is not asked.
  grpc::ServerUnaryReactor* AttachContact(grpc::CallbackServerContext* context,
                                          const v1::AttachContactRequest* request,
                                          v1::AttachContactResponse* response) override;
  // FromForm, FromEmail and FromSocial, then ContactForwarder::Register.
  grpc::ServerUnaryReactor* SubmitForm(grpc::CallbackServerContext* context,
                                       const v1::SubmitFormRequest* request,
                                       v1::SubmitFormResponse* response) override;
  grpc::ServerUnaryReactor* RegisterEmail(grpc::CallbackServerContext* context,
                                          const v1::RegisterEmailRequest* request,
                                          v1::RegisterEmailResponse* response) override;
  grpc::ServerUnaryReactor* RegisterSocialMessage(
      grpc::CallbackServerContext* context, const v1::RegisterSocialMessageRequest* request,
      v1::RegisterSocialMessageResponse* response) override;

 private:
  // What the five that register are: `adapt` makes the contact, the forwarder does the rest.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Register(grpc::CallbackServerContext* context, const Request* request,
                                     Response* response,
                                     absl::StatusOr<cases::v1::Contact> (*adapt)(const Request&));

  ContactForwarder& forwarder_;
  rpc::Dispatcher& dispatcher_;
};

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_INTAKE_SERVICE_H_
