// The KCC agent of the demo municipality, as benches that go through gRPC sign in.

#ifndef WISSEL_TESTS_BENCH_AGENT_H_
#define WISSEL_TESTS_BENCH_AGENT_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

namespace wissel::bench {

// A connection of its own to the address of --grpc, as another process would have.
std::shared_ptr<grpc::Channel> Connect();

// Bearer token of the agent. Ends the program with a sentence when signing in fails.
std::string SignIn();

}  // namespace wissel::bench

#endif  // WISSEL_TESTS_BENCH_AGENT_H_
