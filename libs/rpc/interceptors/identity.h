// Reads who makes a call from its metadata.

#ifndef WISSEL_LIBS_RPC_INTERCEPTORS_IDENTITY_H_
#define WISSEL_LIBS_RPC_INTERCEPTORS_IDENTITY_H_

#include <grpcpp/server_context.h>

#include <string>

namespace wissel::rpc {

// What the caller says of itself; nothing of it is proven yet.
struct Claim {
  // Bearer token; empty without one.
  std::string token;
  // Municipality that it says to act for.
  std::string tenant_id;
  // Network address that the call comes from, for the log: that of the peer, or, from a peer that
  // can only be a part of this installation (in this process or at a socket of this machine), the
  // one that it names. Empty if there is none.
  std::string address;
  // What it shows as proof that a part of Wissel makes it because of another call; empty without.
  std::string follows;
};

// Claim in the metadata of `context`. The scheme `Bearer` is not case-sensitive; another scheme
// counts as no token.
Claim ClaimOf(const grpc::CallbackServerContext& context);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_INTERCEPTORS_IDENTITY_H_
