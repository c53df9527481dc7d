#include "services/gateway/gateway.h"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/http/server.h"
#include "services/gateway/answer.h"
#include "services/gateway/connect.h"
#include "services/gateway/probes.h"
#include "services/gateway/static_files.h"

ABSL_FLAG(std::string, public_origin, "",
          "address under which browsers reach the gateway, e.g. https://wissel.gemeente.nl; empty: "
          "http://localhost with the port of the gateway");
ABSL_FLAG(double, public_calls_per_second, 5,
          "calls of methods that need no session, for each client address, in the long run");
ABSL_FLAG(int, public_calls_burst, 100, "the same, at once");
ABSL_FLAG(std::vector<std::string>, trusted_proxies, (std::vector<std::string>{"127.0.0.1", "::1"}),
          "addresses of proxies whose X-Forwarded-For names the client");

namespace wissel::gateway {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(2);
constexpr size_t kMaxAddressSize = 45;
constexpr char kText[] = "text/plain; charset=utf-8";

// Address of the client: the last one that a trusted proxy added, otherwise the peer itself.
std::string ClientOf(const http::Request& request, const std::vector<std::string>& proxies) {
  if (std::find(proxies.begin(), proxies.end(), request.peer) == proxies.end()) return request.peer;
  std::string client = request.peer;
  for (const auto& [name, value] : request.headers) {
    if (!absl::EqualsIgnoreCase(name, "x-forwarded-for")) continue;
    const std::vector<std::string> chain = absl::StrSplit(value, ',');
    client = std::string(absl::StripAsciiWhitespace(chain.back()));
  }
  return client.size() <= kMaxAddressSize ? client : request.peer;
}

}  // namespace

class Gateway::Impl {
 public:
  Impl(ProbeOptions probes, std::shared_ptr<const Site> site, Routes routes, StaticFiles files,
       rpc::ChannelBook& book)
      : files_(std::move(files)),
        proxies_(absl::GetFlag(FLAGS_trusted_proxies)),
        limiter_(absl::GetFlag(FLAGS_public_calls_per_second),
                 absl::GetFlag(FLAGS_public_calls_burst), Clock::System()),
        connect_(std::move(site), std::move(routes), limiter_, book),
        probes_(std::move(probes)) {}

  void Handle(http::Request request, http::Responder responder) {
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    if (Connect::IsMethodPath(request.path)) {
      connect_.Handle(request, ClientOf(request, proxies_), std::move(responder));
    } else if (!is_read) {
      http::Response answer = ApiAnswer(405, kText, "only GET here\n");
      answer.headers.Add("Allow", "GET, HEAD");
      responder.Respond(std::move(answer));
    } else if (Probes::Has(request.path)) {
      probes_.Handle(request, std::move(responder));
    } else {
      responder.Respond(files_.Serve(request));
    }
  }

 private:
  friend class Gateway;

  const StaticFiles files_;
  const std::vector<std::string> proxies_;
  RateLimiter limiter_;
  Connect connect_;
  Probes probes_;
  // Last, so that no handler runs when the others go.
  std::unique_ptr<http::Server> server_;
};

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Gateway::~Gateway() { Stop(kGrace); }

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(Options options, rpc::ChannelBook& book) {
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

  const http::ServerOptions server_options = {.address = options.host, .port = options.port};
  auto impl =
      std::make_unique<Impl>(std::move(options.probes), std::make_shared<Site>(std::move(site)),
                             std::move(routes), std::move(files), book);
  WISSEL_ASSIGN_OR_RETURN(
      impl->server_,
      http::Server::Start(server_options, [impl = impl.get()](auto request, auto responder) {
        impl->Handle(std::move(request), std::move(responder));
      }));
  return std::unique_ptr<Gateway>(new Gateway(std::move(impl)));
}

void Gateway::Stop(absl::Duration grace) { impl_->server_->Stop(grace); }

int Gateway::port() const { return impl_->server_->port(); }

}  // namespace wissel::gateway
