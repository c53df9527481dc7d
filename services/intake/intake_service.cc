#include "services/intake/intake_service.h"

#include <utility>

#include "libs/idempotency/request_hash.h"
#include "services/intake/answered.h"
#include "services/intake/attach.h"
#include "services/intake/callback.h"
#include "services/intake/email.h"
#include "services/intake/form.h"
#include "services/intake/social.h"

namespace wissel::intake {

IntakeService::IntakeService(ContactForwarder& forwarder, rpc::Dispatcher& dispatcher)
    : forwarder_(forwarder), dispatcher_(dispatcher) {}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* IntakeService::Register(
    grpc::CallbackServerContext* context, const Request* request, Response* response,
    absl::StatusOr<cases::v1::Contact> (*adapt)(const Request&)) {
  return dispatcher_.Async(
      context, request, response,
      [this, adapt](const rpc::Call& call, const Request& in, Response* out,
                    rpc::Dispatcher::Done done) {
        absl::StatusOr<cases::v1::Contact> contact = adapt(in);
        if (!contact.ok()) return done(contact.status());
        cases::v1::RegisterContactRequest registration;
        registration.set_idempotency_key(in.idempotency_key());
        registration.set_request_hash(idempotency::RequestHash(in, call.principal->account_id));
        *registration.mutable_contact() = *std::move(contact);
        forwarder_.Register(
            call, std::move(registration),
            [out, done = std::move(done)](absl::StatusOr<v1::Registration> registered) mutable {
              if (registered.ok()) {
                *out->mutable_registration() = *std::move(registered);
              }
              done(registered.status());
            });
      });
}

grpc::ServerUnaryReactor* IntakeService::RegisterCallback(
    grpc::CallbackServerContext* context, const v1::RegisterCallbackRequest* request,
    v1::RegisterCallbackResponse* response) {
  return Register(context, request, response, FromCallback);
}

grpc::ServerUnaryReactor* IntakeService::RegisterAnswered(
    grpc::CallbackServerContext* context, const v1::RegisterAnsweredRequest* request,
    v1::RegisterAnsweredResponse* response) {
  return Register(context, request, response, FromAnswered);
}

grpc::ServerUnaryReactor* IntakeService::AttachContact(grpc::CallbackServerContext* context,
                                                       const v1::AttachContactRequest* request,
                                                       v1::AttachContactResponse* response) {
  return dispatcher_.Async(
      context, request, response,
      [this](const rpc::Call& call, const v1::AttachContactRequest& in,
             v1::AttachContactResponse* out, rpc::Dispatcher::Done done) {
        absl::StatusOr<cases::v1::Contact> contact = FromAttach(in);
        if (!contact.ok()) return done(contact.status());
        cases::v1::AttachContactRequest attachment;
        attachment.set_idempotency_key(in.idempotency_key());
        attachment.set_request_hash(idempotency::RequestHash(in, call.principal->account_id));
        attachment.set_reference(in.reference());
        *attachment.mutable_contact() = *std::move(contact);
        forwarder_.Attach(
            call, std::move(attachment),
            [out, done = std::move(done)](absl::StatusOr<v1::Registration> attached) mutable {
              if (attached.ok()) *out->mutable_registration() = *std::move(attached);
              done(attached.status());
            });
      });
}

grpc::ServerUnaryReactor* IntakeService::SubmitForm(grpc::CallbackServerContext* context,
                                                    const v1::SubmitFormRequest* request,
                                                    v1::SubmitFormResponse* response) {
  return Register(context, request, response, FromForm);
}

grpc::ServerUnaryReactor* IntakeService::RegisterEmail(grpc::CallbackServerContext* context,
                                                       const v1::RegisterEmailRequest* request,
                                                       v1::RegisterEmailResponse* response) {
  return Register(context, request, response, FromEmail);
}

grpc::ServerUnaryReactor* IntakeService::RegisterSocialMessage(
    grpc::CallbackServerContext* context, const v1::RegisterSocialMessageRequest* request,
    v1::RegisterSocialMessageResponse* response) {
  return Register(context, request, response, FromSocial);
}

}  // namespace wissel::intake
