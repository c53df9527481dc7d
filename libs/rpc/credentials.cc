#include "libs/rpc/credentials.h"

#include <arpa/inet.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::rpc {
namespace {

bool IsUnixSocket(absl::string_view address) {
  return absl::StartsWith(address, "unix:") || absl::StartsWith(address, "unix-abstract:");
}

// "[::1]:9090" -> "::1".
std::string HostOf(absl::string_view address) {
  std::string host(address.substr(0, address.rfind(':')));
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  return host;
}

}  // namespace

bool IsLocalAddress(absl::string_view address) {
  if (IsUnixSocket(address)) return true;
  const std::string host = HostOf(address);
  in_addr four = {};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) return ntohl(four.s_addr) >> 24 == 127;
  return host == "localhost" || host == "::1";
}

absl::Status CheckReach(absl::string_view field, absl::string_view address,
                        const std::optional<MutualTls>& tls) {
  if (tls || IsLocalAddress(address)) return absl::OkStatus();
  return InvalidField(field, "needs_mutual_tls",
                      absl::StrCat(address,
                                   " is reached from other machines, which takes mutual TLS: give "
                                   "--grpc_certificate_file, --grpc_key_file and --grpc_ca_file, "
                                   "or a unix socket or loopback address"));
}

std::shared_ptr<grpc::ServerCredentials> ServerCredentialsFor(absl::string_view address,
                                                              const std::optional<MutualTls>& tls) {
  if (!tls || IsUnixSocket(address)) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = tls->authority;
  options.pem_key_cert_pairs.push_back({tls->key, tls->certificate});
  return grpc::SslServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> ChannelCredentialsFor(
    absl::string_view address, const std::optional<MutualTls>& tls) {
  if (!tls || IsUnixSocket(address)) return grpc::InsecureChannelCredentials();
  return grpc::SslCredentials({.pem_root_certs = tls->authority,
                               .pem_private_key = tls->key,
                               .pem_cert_chain = tls->certificate});
}

}  // namespace wissel::rpc
