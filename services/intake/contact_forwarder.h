// From a checked contact to its registration: what the SOP says of it, then one durable commit.

#ifndef WISSEL_SERVICES_INTAKE_CONTACT_FORWARDER_H_
#define WISSEL_SERVICES_INTAKE_CONTACT_FORWARDER_H_

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/rpc/call.h"
#include "libs/rpc/rpc_method.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/intake/v1/intake.pb.h"
#include "wissel/routing/v1/routing.pb.h"

namespace wissel::intake {

// Thread-safe and without state of its own; never waits. Must not end while a registration is under
// way.
class ContactForwarder {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<v1::Registration>)>;

  // `channels` outlives it.
  explicit ContactForwarder(rpc::ChannelRegistry& channels)
      : decide_(channels), register_(channels), attach_(channels) {}

  // Asks the router on behalf of the caller, puts its decision in `request` and registers that.
  // The contact is registered whatever becomes of the question: with a router that is away, fails,
  // has no SOP or takes longer than kRoutingTimeout, its decision is `pending` and the KCC holds
  // it. A contact that is closed at once is never pending, since nobody has to route it any more.
  //
  // `done` runs once, on a thread of gRPC or of cases. Errors are those of
  // CaseService.RegisterContact; UNAVAILABLE `cases_away` when it cannot be reached. After
  // UNAVAILABLE or DEADLINE_EXCEEDED the contact may be there: the same key tells.
  void Register(const rpc::Call& call, cases::v1::RegisterContactRequest request, Done done);

  // Adds the contact in `request` to its case; the router has no say. `done` as above; errors are
  // those of CaseService.AttachContact, and UNAVAILABLE `cases_away`.
  void Attach(const rpc::Call& call, cases::v1::AttachContactRequest request, Done done);

  static constexpr absl::Duration kRoutingTimeout = absl::Milliseconds(300);

 private:
  struct Registration;
  struct Attachment;

  void Commit(std::shared_ptr<Registration> registration);

  rpc::RpcMethod<routing::v1::DecideRequest, routing::v1::DecideResponse> decide_;
  rpc::RpcMethod<cases::v1::RegisterContactRequest, cases::v1::RegisterContactResponse> register_;
  rpc::RpcMethod<cases::v1::AttachContactRequest, cases::v1::AttachContactResponse> attach_;
};

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_CONTACT_FORWARDER_H_
