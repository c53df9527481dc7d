// How processes of one installation prove themselves to each other before they exchange a word:
// not at all on this machine, by mutual TLS between machines. Calls carry tokens, the one of the
// installation among them, so they never leave a machine in plain text.

#ifndef WISSEL_LIBS_RPC_CREDENTIALS_H_
#define WISSEL_LIBS_RPC_CREDENTIALS_H_

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel::rpc {

// What a process has for mutual TLS, in PEM. A plain value; `key` is secret.
struct MutualTls {
  // Of this process, with those between it and the authority. Other processes check that it names
  // the host by which they reach this one.
  std::string certificate;
  std::string key;
  // Who signs the certificates of this installation, and of nothing else: whoever has one of them
  // may connect.
  std::string authority;
};

// Whether a gRPC address is reached from this machine alone: a unix socket, `localhost`, or a
// loopback address in figures. What cannot be told counts as reached from elsewhere.
bool IsLocalAddress(absl::string_view address);

// OK for an address that is local, or with `tls`; otherwise INVALID_ARGUMENT `needs_mutual_tls`
// with `field`.
absl::Status CheckReach(absl::string_view field, absl::string_view address,
                        const std::optional<MutualTls>& tls);

// For a server at `address`: with `tls` only clients with a certificate of the authority are let
// in. A unix socket is guarded by its file permissions and takes no TLS.
std::shared_ptr<grpc::ServerCredentials> ServerCredentialsFor(absl::string_view address,
                                                              const std::optional<MutualTls>& tls);

// For a channel to `address`, as its server expects it by the same rule.
std::shared_ptr<grpc::ChannelCredentials> ChannelCredentialsFor(
    absl::string_view address, const std::optional<MutualTls>& tls);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_CREDENTIALS_H_
