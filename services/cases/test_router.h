// A router for the tests of this folder: a real service behind a real socket that decides by the
// topic, and can be away.

#ifndef WISSEL_SERVICES_CASES_TEST_ROUTER_H_
#define WISSEL_SERVICES_CASES_TEST_ROUTER_H_

#include <grpcpp/server_context.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/rpc/call.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

namespace wissel::cases {

// `kinderpaspoort` is a kind of `paspoort`. Every topic goes to the team of that name; `onleesbaar`
// is refused as wrong input, and without a topic there is no decision (`no_sop`).
class TestRouter final : public routing::v1::RouterService::CallbackService {
 public:
  TestRouter() {
    static std::atomic<int> count = 0;
    address_ = absl::StrCat("unix:/tmp/wissel-test-router-", getpid(), "-", ++count);
  }

  // Where it is, for a channel registry.
  const std::string& address() const { return address_; }
  void Come() {
    auto server = rpc::Server::Start({.address = address_}, {this});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  void Leave() { server_.reset(); }

  // Decisions with the service token on behalf of a municipality.
  int asked() const { return asked_; }

  grpc::ServerUnaryReactor* Decide(grpc::CallbackServerContext* context,
                                   const routing::v1::DecideRequest* request,
                                   routing::v1::DecideResponse* response) override {
    const auto& metadata = context->client_metadata();
    const auto token = metadata.find(rpc::kAuthorizationKey);
    const bool known = token != metadata.end() && token->second == "Bearer service-token" &&
                       metadata.count(rpc::kTenantKey) == 1;
    asked_ += known;
    absl::Status status;
    if (!known) status = absl::UnauthenticatedError("who are you");
    if (request->topic_id() == "onleesbaar") status = InvalidField("subject", "invalid_text", "no");
    if (request->topic_id().empty()) {
      status = Error(absl::StatusCode::kNotFound, "no_sop", "no SOP");
    }
    routing::v1::Decision& decision = *response->mutable_decision();
    decision.set_outcome(routing::v1::OUTCOME_QUEUE);
    decision.set_team_id(request->topic_id());
    decision.set_rule_id("topic");
    decision.set_sop_version(4);
    decision.set_reason("Het onderwerp hoort bij dit team.");
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(rpc::ToGrpc(status));
    return reactor;
  }

  grpc::ServerUnaryReactor* ListTopics(grpc::CallbackServerContext* context,
                                       const routing::v1::ListTopicsRequest*,
                                       routing::v1::ListTopicsResponse* response) override {
    response->add_topics()->set_topic_id("paspoort");
    routing::v1::Topic* child = response->add_topics();
    child->set_topic_id("kinderpaspoort");
    child->set_parent("paspoort");
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  std::string address_;
  std::atomic<int> asked_ = 0;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_TEST_ROUTER_H_
