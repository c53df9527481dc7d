#include "services/gateway/gateway.h"

#include <google/protobuf/stubs/logging.h>

#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/health/public_probes.h"
#include "libs/http/secure_response.h"
#include "libs/http/server.h"
#include "services/gateway/client.h"
#include "services/gateway/connect.h"
#include "services/gateway/static_files.h"

ABSL_FLAG(std::string, public_origin, "",
          "address under which browsers reach the gateway, e.g. https://wissel.gemeente.nl; empty: "
          "http://localhost with the port of the gateway");
ABSL_FLAG(double, public_calls_per_second, 5,
          "calls of methods that need no session, for each client address, in the long run");
ABSL_FLAG(int, public_calls_burst, 100, "the same, at once");
ABSL_FLAG(std::vector<std::string>, trusted_proxies, {},
          "addresses of proxies whose X-Forwarded-For names the client, and that have no limit of "
          "connections of their own; empty: none");
ABSL_FLAG(int, max_connections, 1000,
          "connections of the gateway at once; above this the longest idle one is closed, or the "
          "new one refused with 503");
ABSL_FLAG(int, max_connections_per_address, 200,
          "the same for one client address, or one /64 of IPv6; above this refused with 429");
ABSL_FLAG(int, max_refused_connections, 32,
          "connections at once that are only told that they are refused, or given a probe");

namespace wissel::gateway {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(2);
constexpr char kText[] = "text/plain; charset=utf-8";

}  // namespace

class Gateway::Impl {
 public:
  Impl(Proxies proxies, std::shared_ptr<const Site> site, Routes routes, StaticFiles files,
       rpc::ChannelRegistry& channels)
      : files_(std::move(files)),
        proxies_(std::move(proxies)),
        limiter_(absl::GetFlag(FLAGS_public_calls_per_second),
                 absl::GetFlag(FLAGS_public_calls_burst), Clock::System()),
        connect_(std::move(site), std::move(routes), limiter_, channels) {}

  absl::Status Serve(Options options) {
    probes_ = std::make_unique<health::PublicProbes>(std::move(options.ready));
    const http::ServerOptions server_options = {
        .address = options.host,
        .port = options.port,
        .name = "gateway",
        .max_connections = absl::GetFlag(FLAGS_max_connections),
        .max_connections_per_address = absl::GetFlag(FLAGS_max_connections_per_address),
        .max_refused_connections = absl::GetFlag(FLAGS_max_refused_connections),
        .is_trusted = [this](const http::Address& peer) { return proxies_.Trusts(peer); },
        .is_always_served = health::PublicProbes::Has};
    WISSEL_ASSIGN_OR_RETURN(
        server_, http::Server::Start(server_options, [this](auto request, auto responder) {
          Handle(std::move(request), std::move(responder));
        }));
    return absl::OkStatus();
  }

 private:
  friend class Gateway;

  void Handle(http::Request request, http::Responder responder) {
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    if (Connect::IsMethodPath(request.path)) {
      connect_.Handle(request, proxies_.ClientOf(request), std::move(responder));
    } else if (!is_read) {
      http::Response answer = http::UncachedResponse(405, kText, "only GET here\n");
      answer.headers.Add("Allow", "GET, HEAD");
      responder.Respond(std::move(answer));
    } else if (health::PublicProbes::Has(request.path)) {
      probes_->Handle(request, std::move(responder));
    } else {
      responder.Respond(files_.Serve(request));
    }
  }

  const StaticFiles files_;
  const Proxies proxies_;
  RateLimiter limiter_;
  Connect connect_;
  std::unique_ptr<health::PublicProbes> probes_;
  // Last, so that no handler runs when the others go.
  std::unique_ptr<http::Server> server_;
};

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Gateway::~Gateway() { Stop(kGrace); }

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(Options options,
                                                        rpc::ChannelRegistry& channels) {
  // Wrong input is told to the client that sent it; protobuf would also write it to the log.
  google::protobuf::SetLogHandler(nullptr);
  StaticFiles files;
  if (!options.web_root.empty()) {
    WISSEL_ASSIGN_OR_RETURN(files, StaticFiles::Load(options.web_root));
  }
  WISSEL_ASSIGN_OR_RETURN(Routes routes, Routes::Make(rpc::MethodTable::Get()));
  std::string origin = absl::GetFlag(FLAGS_public_origin);
  if (origin.empty()) origin = absl::StrCat("http://localhost:", options.port);
  WISSEL_ASSIGN_OR_RETURN(Site site, Site::Make(std::move(origin)));
  WISSEL_ASSIGN_OR_RETURN(Proxies proxies, Proxies::Make(absl::GetFlag(FLAGS_trusted_proxies)));

  auto impl = std::make_unique<Impl>(std::move(proxies), std::make_shared<Site>(std::move(site)),
                                     std::move(routes), std::move(files), channels);
  WISSEL_RETURN_IF_ERROR(impl->Serve(std::move(options)));
  return std::unique_ptr<Gateway>(new Gateway(std::move(impl)));
}

void Gateway::Stop(absl::Duration grace) { impl_->server_->Stop(grace); }

int Gateway::port() const { return impl_->server_->port(); }

}  // namespace wissel::gateway
