// Proposals as the contract has them. Pure.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_PROPOSE_PROTO_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_PROPOSE_PROTO_H_

#include "services/router/propose/propose.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// Everything but what the proposal does on cases that it has not seen; rules in the order of the
// document.
void ToProto(const Proposal& proposal, v1::ProposeSopResponse* out);

// What it does on those, with at most 20 confusions.
void ToProto(const BacktestResult& unseen, v1::HeldOut* out);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_PROPOSE_PROTO_H_
