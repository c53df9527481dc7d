// A page of a queue (50 of 100,000 open cases) through gRPC, against the same statement run bare:
// the same database, role and transaction, without service, rules and messages. Prints one line.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/clock.h"
#include "libs/rpc/call.h"
#include "libs/rpc/dispatcher.h"
#include "libs/rpc/server.h"
#include "libs/testing/postgres.h"
#include "services/cases/queue.h"
#include "services/cases/queue_store.h"
#include "services/cases/test_municipality.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

namespace wissel::cases {
namespace {

constexpr int kCalls = 5000;

constexpr char kPlant[] = R"(
  insert into cases.case_file (tenant_id, case_id, state, channel, team_id, subject, customer_name,
                               received_at, due_at)
  select 'GM0603', i, 1, 2, 'burgerzaken', 'Vraag over mijn paspoort', 'A. van de Berg',
         now() - interval '10 days', date_trunc('day', now()) + (i % 20 - 3) * interval '1 day'
    from generate_series(1, 100000) i
)";

class Everybody final : public rpc::Authenticator {
 public:
  void Authenticate(absl::string_view, absl::string_view, Done done) override { done(principal_); }

 private:
  std::shared_ptr<const rpc::Principal> principal_ = AgentCall().principal;
};

class Service final : public v1::CaseService::CallbackService {
 public:
  Service(QueueReader& reader, rpc::Dispatcher& dispatcher)
      : reader_(reader), dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ListQueue(grpc::CallbackServerContext* context,
                                      const v1::ListQueueRequest* request,
                                      v1::ListQueueResponse* response) override {
    return dispatcher_.Blocking(context, request, response,
                                [this](const rpc::Call& call, const auto& in, auto* out) {
                                  return reader_.ListQueue(call, in, out);
                                });
  }

 private:
  QueueReader& reader_;
  rpc::Dispatcher& dispatcher_;
};

struct House {
  House() {
    PlantMunicipality(database);
    database.Admin(kPlant);
    database.Admin("vacuum analyze cases.case_file");
    database.Admin("vacuum analyze cases.queue_count");
    // 100 more rounds of work, so that the counts are not of one piece.
    for (int i = 1; i <= 100; ++i) {
      database.Admin(absl::StrCat("update cases.case_file set state = 2, claimed_by = 'a',",
                                  " claimed_by_name = 'A' where case_id = ", i));
    }
    pool = pg::Pool::Open({.conninfo = database.ConnInfo("cases"), .statements = QueueStatements()})
               .value();
    reader = std::make_unique<QueueReader>(*pool, Clock::System());
    service = std::make_unique<Service>(*reader, dispatcher);
    server = rpc::Server::Start("", {service.get()}).value();
  }

  testing::TestDatabase database;
  std::unique_ptr<pg::Pool> pool;
  Everybody everybody;
  rpc::WorkerPool workers{4, 100};
  rpc::Dispatcher dispatcher{everybody, workers};
  std::unique_ptr<QueueReader> reader;
  std::unique_ptr<Service> service;
  std::unique_ptr<rpc::Server> server;
};

absl::Duration TimeOf(absl::FunctionRef<void()> call) {
  const absl::Time begin = absl::Now();
  call();
  return absl::Now() - begin;
}

double Median(std::vector<absl::Duration>& times) {
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return absl::ToDoubleMicroseconds(times[times.size() / 2]);
}

void Check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "%s failed\n", what);
  std::exit(1);
}

}  // namespace

// In turns, so that whatever else the machine does weighs on both.
void Run() {
  House house;
  const pg::Statement page = QueueStatements().front();
  const auto stub = v1::CaseService::NewStub(house.server->InProcess());
  v1::ListQueueRequest request;
  request.set_team_id("burgerzaken");
  std::vector<absl::Duration> bare, through_grpc;
  for (int i = 0; i < kCalls; ++i) {
    bare.push_back(TimeOf([&] {
      const absl::Status status = house.pool->InTenant(
          kTenant, absl::Now() + absl::Seconds(10), pg::Access::kRead,
          [&](pg::Transaction& transaction) {
            return transaction
                .Run(page, {absl::Now(), "burgerzaken", absl::InfinitePast(), int64_t{0}, 51})
                .status();
          });
      Check(status.ok(), "the bare statement");
    }));
    through_grpc.push_back(TimeOf([&] {
      grpc::ClientContext context;
      context.AddMetadata(rpc::kAuthorizationKey, "Bearer token");
      v1::ListQueueResponse response;
      const bool good = stub->ListQueue(&context, request, &response).ok();
      Check(good && response.cases_size() == 50, "the call");
    }));
  }
  const double bare_us = Median(bare), grpc_us = Median(through_grpc);
  std::printf("queue page, 50 of 100000 open: bare SQL %.0f us, through gRPC %.0f us, %.2f x\n",
              bare_us, grpc_us, grpc_us / bare_us);
}

}  // namespace wissel::cases

int main() { wissel::cases::Run(); }
