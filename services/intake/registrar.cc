#include "services/intake/registrar.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/status.h"

namespace wissel::intake {
namespace {

using routing::v1::Decision;

routing::v1::DecideRequest QuestionFor(const cases::v1::Contact& contact) {
  routing::v1::DecideRequest question;
  question.set_channel(contact.channel());
  question.set_topic_id(contact.question().topic_id());
  question.set_subject(contact.question().subject());
  question.set_text(contact.question().text());
  question.set_is_business(!contact.customer().organisation().empty());
  question.set_is_urgent(contact.question().urgent());
  question.set_neighbourhood(contact.customer().neighbourhood());
  question.set_postcode(contact.customer().postcode());
  return question;
}

Decision Undecided(const absl::Status& why, bool is_open) {
  Decision decision;
  decision.set_outcome(routing::v1::OUTCOME_QUEUE);
  decision.set_team_id("kcc");
  decision.set_pending(is_open);
  decision.set_reason(ReasonOf(why) == "no_sop"
                          ? "Er zijn nog geen werkafspraken; het KCC houdt dit contact vast."
                          : "De werkafspraken zijn nu niet bereikbaar; het KCC houdt dit contact "
                            "vast tot dat weer kan.");
  return decision;
}

v1::Registration ToRegistration(cases::v1::RegisterContactResponse& registered) {
  v1::Registration registration;
  registration.set_reference(registered.reference());
  registration.set_team_id(registered.team_id());
  *registration.mutable_received_at() = registered.received_at();
  if (registered.has_due_at()) *registration.mutable_due_at() = registered.due_at();
  *registration.mutable_decision() = std::move(*registered.mutable_decision());
  registration.set_repeated(registered.repeated());
  return registration;
}

v1::Registration ToRegistration(cases::v1::AttachContactResponse& attached) {
  cases::v1::CaseSummary& summary = *attached.mutable_case_();
  v1::Registration registration;
  registration.set_reference(summary.reference());
  registration.set_team_id(summary.team_id());
  *registration.mutable_received_at() = summary.received_at();
  if (summary.has_due_at()) *registration.mutable_due_at() = summary.due_at();
  registration.set_repeated(attached.repeated());
  return registration;
}

template <typename Response>
absl::StatusOr<v1::Registration> FromCases(const grpc::Status& status, Response& response) {
  if (status.ok()) return ToRegistration(response);
  absl::Status failure = rpc::FromGrpc(status);
  if (!absl::IsUnavailable(failure) || !ReasonOf(failure).empty()) return failure;
  // gRPC's own text names addresses.
  return Error(absl::StatusCode::kUnavailable, "cases_away",
               "the contact could not be registered now; try again with the same key");
}

}  // namespace

// One contact that is being added; alive until its callback has run.
struct Registrar::Attachment {
  Done done;
  grpc::ClientContext context;
  cases::v1::AttachContactRequest request;
  cases::v1::AttachContactResponse attached;
};

// One registration under way; alive until its last callback has run.
struct Registrar::Registration {
  rpc::Call call;
  Done done;
  grpc::ClientContext routing_context;
  routing::v1::DecideRequest question;
  routing::v1::DecideResponse decided;
  grpc::ClientContext cases_context;
  cases::v1::RegisterContactRequest request;
  cases::v1::RegisterContactResponse registered;
};

void Registrar::Register(const rpc::Call& call, cases::v1::RegisterContactRequest request,
                         Done done) {
  auto registration = std::make_shared<Registration>();
  registration->call = call;
  registration->done = std::move(done);
  registration->request = std::move(request);
  registration->question = QuestionFor(registration->request.contact());
  rpc::Continue(call, &registration->routing_context);
  registration->routing_context.set_deadline(
      absl::ToChronoTime(std::min(call.deadline, absl::Now() + kRoutingPatience)));
  router_->async()->Decide(&registration->routing_context, &registration->question,
                           &registration->decided, [this, registration](grpc::Status status) {
                             cases::v1::Contact& contact = *registration->request.mutable_contact();
                             const bool is_open =
                                 contact.outcome() == cases::v1::CASE_OUTCOME_UNSPECIFIED;
                             *contact.mutable_decision() =
                                 status.ok() ? std::move(*registration->decided.mutable_decision())
                                             : Undecided(rpc::FromGrpc(status), is_open);
                             Commit(registration);
                           });
}

void Registrar::Commit(std::shared_ptr<Registration> registration) {
  Registration& started = *registration;
  rpc::Continue(started.call, &started.cases_context);
  cases_->async()->RegisterContact(
      &started.cases_context, &started.request, &started.registered,
      [registration = std::move(registration)](grpc::Status status) mutable {
        absl::StatusOr<v1::Registration> result = FromCases(status, registration->registered);
        Done done = std::move(registration->done);
        // The contexts hold channels, and gRPC must not lose its last channel on its own thread,
        // as it could once `done` lets the server stop.
        registration.reset();
        done(std::move(result));
      });
}

void Registrar::Attach(const rpc::Call& call, cases::v1::AttachContactRequest request, Done done) {
  auto attachment = std::make_shared<Attachment>();
  Attachment& started = *attachment;
  started.done = std::move(done);
  started.request = std::move(request);
  rpc::Continue(call, &started.context);
  cases_->async()->AttachContact(&started.context, &started.request, &started.attached,
                                 [attachment = std::move(attachment)](grpc::Status status) mutable {
                                   absl::StatusOr<v1::Registration> result =
                                       FromCases(status, attachment->attached);
                                   Done then = std::move(attachment->done);
                                   // As above.
                                   attachment.reset();
                                   then(std::move(result));
                                 });
}

}  // namespace wissel::intake
