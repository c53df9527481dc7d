// A router on a real database, reached through a real server: for tests only.

#ifndef WISSEL_SERVICES_ROUTER_ROUTER_FIXTURE_H_
#define WISSEL_SERVICES_ROUTER_ROUTER_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/testing/postgres.h"
#include "services/router/router.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// Passes the check in GM1 of RouterFixture.
inline constexpr char kSoundSop[] = R"(topics:
  - {id: documenten, name: Documenten}
  - {id: paspoort, name: Paspoort, parent: documenten}
  - {id: afval, name: Afval}
rules:
  - id: paspoort-bellen
    priority: 20
    when: {channels: [phone], topics: [paspoort]}
    outcome: answer
    team: burgerzaken
    script: U maakt een afspraak.
  - id: documenten
    priority: 10
    when: {topics: [documenten]}
    outcome: queue
    team: burgerzaken
  - id: afval
    priority: 10
    when: {topics: [afval]}
    outcome: queue
    team: reiniging
  - id: overig
    outcome: queue
    team: kcc
)";

// The token says who calls: `GM1` is a functional administrator, `GM1:burgerzaken` the lead of a
// team, `GM1:*` a lead of no team.
class ByToken final : public rpc::Authenticator {
 public:
  void Authenticate(absl::string_view token, absl::string_view, Done done) override {
    const std::vector<std::string> parts = absl::StrSplit(token, ':');
    auto who = std::make_shared<rpc::Principal>();
    who->tenant_id = parts[0];
    if (parts.size() == 1) {
      who->account_id = "fenna";
      who->display_name = "Fenna Beheer";
      who->roles = {options::v1::ROLE_FUNCTIONAL_ADMIN};
    } else {
      who->account_id = "lead-" + parts[1];
      who->display_name = "Hoofd " + parts[1];
      who->roles = {options::v1::ROLE_TEAM_LEAD};
      if (parts[1] != "*") who->team_ids = {parts[1]};
    }
    done(std::shared_ptr<const rpc::Principal>(std::move(who)));
  }
};

// One process that serves the router.
class Node {
 public:
  using Routing = v1::RouterService::Stub;
  using Sops = v1::SopService::Stub;

  explicit Node(const testing::TestDatabase& database)
      : router_(
            Router::Build(
                {.conninfo = database.ConnInfo("router"), .pool_size = 6, .service_token = "token"},
                dispatcher_, channels_)
                .value()),
        server_(rpc::Server::Start({}, router_->services()).value()),
        routing_(v1::RouterService::NewStub(server_->InProcess())),
        sops_(v1::SopService::NewStub(server_->InProcess())) {
    channels_.SetInProcess(server_->InProcess());
  }
  ~Node() { router_->Stop(); }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Routing::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                                const Request& request, const std::string& who = "GM1") {
    return CallOn(*routing_, method, request, who);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Sops::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request, const std::string& who = "GM1") {
    return CallOn(*sops_, method, request, who);
  }
  Sops& sops() { return *sops_; }

  // Version, or the error.
  absl::StatusOr<int64_t> Load(const std::string& document, const std::string& who = "GM1") {
    v1::LoadSopRequest request;
    request.set_document(document);
    const auto loaded = Call(&Routing::LoadSop, request, who);
    if (!loaded.ok()) return loaded.status();
    return loaded->version();
  }

  absl::StatusOr<v1::Decision> Decide(const v1::DecideRequest& request,
                                      const std::string& who = "GM1") {
    const auto decided = Call(&Routing::Decide, request, who);
    if (!decided.ok()) return decided.status();
    return decided->decision();
  }
  absl::StatusOr<v1::Decision> Decide(const std::string& topic, const std::string& who = "GM1") {
    v1::DecideRequest request;
    request.set_channel(common::v1::CHANNEL_PHONE);
    request.set_topic_id(topic);
    return Decide(request, who);
  }

  // Whether others of this process are answered without gRPC.
  bool DecidesByShortcut(const std::string& tenant_id) {
    return channels_.local_methods().Takes(rpc::ServiceCall("", tenant_id, absl::InfiniteFuture()),
                                           v1::DecideRequest());
  }

  // Asks until a version decides.
  void AwaitVersion(int64_t version) {
    while (true) {
      const auto decision = Decide("paspoort");
      if (decision.ok() && decision->sop_version() == version) return;
      absl::SleepFor(absl::Milliseconds(5));
    }
  }

 private:
  template <typename Stub, typename Request, typename Response>
  static absl::StatusOr<Response> CallOn(Stub& stub,
                                         grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                      const Request&, Response*),
                                         const Request& request, const std::string& who) {
    grpc::ClientContext context;
    context.AddMetadata(rpc::kAuthorizationKey, "Bearer " + who);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  ByToken authenticator_;
  rpc::WorkerPool workers_{6, 256};
  rpc::ChannelRegistry channels_;
  rpc::Dispatcher dispatcher_{authenticator_, workers_};
  std::unique_ptr<Router> router_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Routing> routing_;
  std::unique_ptr<Sops> sops_;
};

// Two municipalities with teams that have all they need; open on weekdays from 8:30 to 17:00.
class RouterFixture : public ::testing::Test {
 protected:
  RouterFixture() {
    database_.Admin(R"(
      insert into directory.municipality (tenant_id, name, time_zone) values
        ('GM1', 'Een', 'Europe/Amsterdam'), ('GM2', 'Twee', 'Europe/Amsterdam');
      insert into directory.team (tenant_id, team_id, name, mailbox, is_kcc) values
        ('GM1', 'kcc', 'KCC', 'kcc@een.example', true),
        ('GM1', 'burgerzaken', 'Burgerzaken', 'burgerzaken@een.example', false),
        ('GM1', 'reiniging', 'Reiniging', 'reiniging@een.example', false),
        ('GM2', 'kcc', 'KCC', 'kcc@twee.example', true);
      insert into directory.norm
        (tenant_id, team_id, channel, valid_from, working_days, target_share)
      select tenant_id, team_id, channel, '1900-01-01', 2, 0.9
        from directory.team, generate_series(1, 9) channel;
      insert into directory.account (tenant_id, account_id, login, display_name, password_hash)
      select tenant_id, 'member', 'member', 'Lid', 'x' from directory.municipality;
      insert into directory.account_team select tenant_id, 'member', team_id from directory.team;
      insert into directory.calendar (tenant_id, version, definition)
      select tenant_id, 1, jsonb_build_object('observesHolidays', true, 'weekdays', jsonb_agg(
               jsonb_build_object('weekday', day, 'intervals', jsonb_build_array(
                 jsonb_build_object('fromMinute', 510, 'toMinute', 1020)))))
        from directory.municipality, generate_series(1, 5) day group by tenant_id)");
  }

  testing::TestDatabase database_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ROUTER_FIXTURE_H_
