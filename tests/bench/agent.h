// The KCC agent of the demo municipality, as benches that go through gRPC sign in.

#ifndef WISSEL_TESTS_BENCH_AGENT_H_
#define WISSEL_TESTS_BENCH_AGENT_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::bench {

// A connection of its own to the address of --grpc, as another process would have.
std::shared_ptr<grpc::Channel> Connect();

// Bearer token of a colleague. Ends the program with a sentence when signing in fails.
std::string SignIn(const std::string& login = "kim");

// A callback request with this key, of one of 100,000 customers.
intake::v1::RegisterCallbackRequest Callback(absl::string_view key, int number);

}  // namespace wissel::bench

#endif  // WISSEL_TESTS_BENCH_AGENT_H_
