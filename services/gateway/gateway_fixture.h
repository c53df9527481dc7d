// For tests: a gateway on a real port with a real gRPC server behind it.

#ifndef WISSEL_SERVICES_GATEWAY_GATEWAY_FIXTURE_H_
#define WISSEL_SERVICES_GATEWAY_GATEWAY_FIXTURE_H_

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/status.h"
#include "services/gateway/gateway.h"
#include "wissel/cases/v1/cases.grpc.pb.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

namespace wissel::gateway {

// What a service saw of the last call.
class Seen {
 public:
  void Note(const grpc::ServerContext& context) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    authorization_.clear();
    tenant_.clear();
    address_.clear();
    for (const auto& [key, value] : context.client_metadata()) {
      if (key == "authorization") authorization_ = std::string(value.data(), value.size());
      if (key == "x-wissel-address") address_ = std::string(value.data(), value.size());
      if (key == "x-wissel-tenant") tenant_ = std::string(value.data(), value.size());
    }
    timeout_ = absl::FromChrono(context.deadline()) - absl::Now();
  }
  std::string authorization() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return authorization_;
  }
  std::string tenant() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return tenant_;
  }
  std::string address() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return address_;
  }
  absl::Duration timeout() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return timeout_;
  }

 private:
  absl::Mutex mutex_;
  std::string authorization_ ABSL_GUARDED_BY(mutex_);
  std::string tenant_ ABSL_GUARDED_BY(mutex_);
  std::string address_ ABSL_GUARDED_BY(mutex_);
  absl::Duration timeout_ ABSL_GUARDED_BY(mutex_);
};

// Cases whose number, or queues whose name, says how the service behaves.
class FakeCaseService final : public cases::v1::CaseService::Service {
 public:
  // 7: somebody else has it. 8: takes until it is cancelled. Others: there.
  grpc::Status GetCase(grpc::ServerContext* context, const cases::v1::GetCaseRequest* request,
                       cases::v1::GetCaseResponse* response) override {
    seen.Note(*context);
    if (request->reference() == 7) {
      return rpc::ToGrpc(Error(absl::StatusCode::kFailedPrecondition, "already_claimed",
                               "a colleague \"has\" it", "reference", {{"claimed_by", "An"}}));
    }
    if (request->reference() == 8) return UntilCancelled(context);
    response->mutable_case_()->mutable_summary()->set_reference(request->reference());
    return grpc::Status::OK;
  }

  // "three": that many, then the end. "fails": one, then an error. "quiet": one, then nothing.
  // "flood": large ones without end.
  grpc::Status WatchQueue(grpc::ServerContext* context, const cases::v1::WatchQueueRequest* request,
                          grpc::ServerWriter<cases::v1::WatchQueueResponse>* writer) override {
    seen.Note(*context);
    cases::v1::WatchQueueResponse response;
    const int count = request->team_id() == "three" ? 3 : 1;
    for (int i = 1; i <= count; ++i) {
      response.mutable_counts()->set_open(i);
      writer->Write(response);
    }
    if (request->team_id() == "fails") {
      return rpc::ToGrpc(Error(absl::StatusCode::kUnavailable, "restarting", "try again"));
    }
    if (request->team_id() == "quiet") return UntilCancelled(context);
    if (request->team_id() == "flood") {
      response.mutable_snapshot()->set_next_page_token(std::string(100'000, 'x'));
      while (writer->Write(response)) ++flooded;
      cancelled.Notify();
    }
    return grpc::Status::OK;
  }

  // Takes whatever comes; not reachable from outside.
  grpc::Status ImportCases(grpc::ServerContext*, const cases::v1::ImportCasesRequest*,
                           cases::v1::ImportCasesResponse*) override {
    imported = true;
    return grpc::Status::OK;
  }

  Seen seen;
  std::atomic<int> flooded = 0;
  std::atomic<bool> imported = false;
  absl::Notification started;
  absl::Notification cancelled;

 private:
  grpc::Status UntilCancelled(grpc::ServerContext* context) {
    started.Notify();
    while (!context->IsCancelled()) absl::SleepFor(absl::Milliseconds(5));
    cancelled.Notify();
    return grpc::Status::CANCELLED;
  }
};

// Sign-in with any password but "wrong".
class FakeDirectoryService final : public directory::v1::DirectoryService::Service {
 public:
  grpc::Status SignIn(grpc::ServerContext* context, const directory::v1::SignInRequest* request,
                      directory::v1::SignInResponse* response) override {
    seen.Note(*context);
    if (request->password() == "wrong") {
      return rpc::ToGrpc(Error(absl::StatusCode::kUnauthenticated, "wrong_credentials", "no"));
    }
    response->set_token("secret-token");
    response->mutable_session()->set_display_name("An");
    return grpc::Status::OK;
  }
  grpc::Status SignOut(grpc::ServerContext* context, const directory::v1::SignOutRequest*,
                       directory::v1::SignOutResponse*) override {
    seen.Note(*context);
    return grpc::Status::OK;
  }
  grpc::Status ListMunicipalities(grpc::ServerContext* context,
                                  const directory::v1::ListMunicipalitiesRequest*,
                                  directory::v1::ListMunicipalitiesResponse*) override {
    seen.Note(*context);
    return grpc::Status::OK;
  }

  Seen seen;
};

// Both services, in process, and the gateway in front. The service `away` has an address where
// nobody listens.
class GatewayFixture {
 public:
  explicit GatewayFixture(Options options = {}, const std::string& away = "intake")
      : channels_({{away, "unix:/nonexistent/away"}}) {
    server_ =
        grpc::ServerBuilder().RegisterService(&cases).RegisterService(&directory).BuildAndStart();
    channels_.SetInProcess(server_->InProcessChannel({}));
    auto started = Gateway::Start(std::move(options), channels_);
    if (started.ok()) gateway = *std::move(started);
    status = started.status();
  }
  ~GatewayFixture() {
    gateway.reset();
    server_->Shutdown(std::chrono::system_clock::now());
  }

  int port() const { return gateway->port(); }

  FakeCaseService cases;
  FakeDirectoryService directory;
  std::unique_ptr<Gateway> gateway;
  // Of starting the gateway.
  absl::Status status;

 private:
  std::unique_ptr<grpc::Server> server_;
  rpc::ChannelRegistry channels_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_GATEWAY_FIXTURE_H_
