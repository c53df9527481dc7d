#include "services/intake/contact_forwarder.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/status.h"

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
absl::StatusOr<v1::Registration> FromCases(const absl::Status& status, Response& response) {
  if (status.ok()) return ToRegistration(response);
  if (!absl::IsUnavailable(status) || !ReasonOf(status).empty()) return status;
  // gRPC's own text names addresses.
  return Error(absl::StatusCode::kUnavailable, "cases_away",
               "the contact could not be registered now; try again with the same key");
}

}  // namespace

// One contact that is being added.
struct ContactForwarder::Attachment {
  Done done;
  cases::v1::AttachContactRequest request;
  cases::v1::AttachContactResponse attached;
};

// One registration under way.
struct ContactForwarder::Registration {
  rpc::Call call;
  Done done;
  routing::v1::DecideRequest question;
  routing::v1::DecideResponse decided;
  cases::v1::RegisterContactRequest request;
  cases::v1::RegisterContactResponse registered;
};

void ContactForwarder::Register(const rpc::Call& call, cases::v1::RegisterContactRequest request,
                                Done done) {
  auto registration = std::make_shared<Registration>();
  registration->call = call;
  registration->done = std::move(done);
  registration->request = std::move(request);
  registration->question = QuestionFor(registration->request.contact());
  rpc::Call routing_call = call;
  routing_call.deadline = std::min(call.deadline, absl::Now() + kRoutingTimeout);
  decide_(routing_call, registration->question, &registration->decided,
          [this, registration](const absl::Status& status) {
            cases::v1::Contact& contact = *registration->request.mutable_contact();
            const bool is_open = contact.outcome() == cases::v1::CASE_OUTCOME_UNSPECIFIED;
            *contact.mutable_decision() = status.ok()
                                              ? std::move(*registration->decided.mutable_decision())
                                              : Undecided(status, is_open);
            Commit(registration);
          });
}

void ContactForwarder::Commit(std::shared_ptr<Registration> registration) {
  Registration& started = *registration;
  register_(started.call, started.request, &started.registered,
            [registration = std::move(registration)](const absl::Status& status) {
              registration->done(FromCases(status, registration->registered));
            });
}

void ContactForwarder::Attach(const rpc::Call& call, cases::v1::AttachContactRequest request,
                              Done done) {
  auto attachment = std::make_shared<Attachment>();
  Attachment& started = *attachment;
  started.done = std::move(done);
  started.request = std::move(request);
  attach_(call, started.request, &started.attached,
          [attachment = std::move(attachment)](const absl::Status& status) {
            attachment->done(FromCases(status, attachment->attached));
          });
}

}  // namespace wissel::intake
