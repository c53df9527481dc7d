#include "libs/rpc/credentials.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/server.h"
#include "libs/rpc/test_certificates.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

namespace wissel::rpc {
namespace {

using cases::v1::CaseService;

TEST(LocalAddress, IsASocketOrLoopback) {
  for (const char* local : {"unix:/run/wissel/cases.sock", "unix-abstract:cases", "127.0.0.1:9090",
                            "127.8.9.10:1", "localhost:0", "[::1]:9090"}) {
    EXPECT_TRUE(IsLocalAddress(local)) << local;
    EXPECT_TRUE(CheckReach("grpc_address", local, std::nullopt).ok()) << local;
  }
  for (const char* elsewhere :
       {"0.0.0.0:9090", "[::]:9090", ":9090", "9090", "10.0.0.5:9090", "128.0.0.1:9090",
        "cases.internal:9090", "localhost.evil.example:9090", "127.0.0.1.evil.example:9090",
        "dns:///127.0.0.1:9090", "ipv4:10.0.0.5:9090", "[::ffff:10.0.0.5]:9090", ""}) {
    EXPECT_FALSE(IsLocalAddress(elsewhere)) << elsewhere;
    const absl::Status refused = CheckReach("peers", elsewhere, std::nullopt);
    EXPECT_EQ(ReasonOf(refused), "needs_mutual_tls");
    EXPECT_EQ(DetailsOf(refused)[0].field, "peers");
    EXPECT_TRUE(CheckReach("peers", elsewhere, MutualTls()).ok());
  }
}

// Answers whoever gets in.
class Door final : public CaseService::Service {
 public:
  grpc::Status GetCase(grpc::ServerContext*, const cases::v1::GetCaseRequest*,
                       cases::v1::GetCaseResponse*) override {
    return grpc::Status::OK;
  }
};

class MutualTlsTest : public ::testing::Test {
 protected:
  // Whether a call over that channel gets in.
  static bool GetsIn(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
    cases::v1::GetCaseResponse response;
    const grpc::Status status = CaseService::NewStub(channel)->GetCase(&context, {}, &response);
    EXPECT_TRUE(status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE)
        << status.error_message();
    return status.ok();
  }

  std::string Address() const { return absl::StrCat("localhost:", server_->port()); }

  TestCertificates certificates_;
  const MutualTls ours_ = certificates_.Make("ours");
  const MutualTls strangers_ = certificates_.Make("strangers");
  Door door_;
  // On every address of the machine.
  std::unique_ptr<Server> server_ =
      Server::Start({.address = "0.0.0.0:0", .tls = ours_}, {&door_}).value();
};

TEST_F(MutualTlsTest, LetsInWhoHasACertificateOfTheAuthority) {
  ChannelRegistry channels({{"cases", Address()}}, ours_);
  const auto channel = channels.For("cases");
  // A busy machine may break off a first handshake; whoever is refused never gets this far.
  EXPECT_TRUE(channel->WaitForConnected(absl::ToChronoTime(absl::Now() + absl::Seconds(30))));
  EXPECT_TRUE(GetsIn(channel));
}

TEST_F(MutualTlsTest, RefusesWhoHasNone) {
  const auto anonymous = grpc::SslCredentials({.pem_root_certs = ours_.authority});
  EXPECT_FALSE(GetsIn(grpc::CreateChannel(Address(), anonymous)));
}

TEST_F(MutualTlsTest, RefusesWhoHasOneOfAnotherAuthority) {
  MutualTls mixed = strangers_;
  // It trusts the server; the server does not trust it.
  mixed.authority = ours_.authority;
  EXPECT_FALSE(GetsIn(grpc::CreateChannel(Address(), ChannelCredentialsFor(Address(), mixed))));
}

TEST_F(MutualTlsTest, RefusesPlainText) {
  EXPECT_FALSE(GetsIn(grpc::CreateChannel(Address(), grpc::InsecureChannelCredentials())));
  ChannelRegistry channels({{"cases", Address()}});
  EXPECT_FALSE(GetsIn(channels.For("cases")));
}

// Tokens go to nobody else: neither to a stranger nor to one of ours under another name.
TEST_F(MutualTlsTest, AClientTalksToTheServerThatItMeantOnly) {
  MutualTls mixed = ours_;
  mixed.authority = strangers_.authority;
  EXPECT_FALSE(GetsIn(grpc::CreateChannel(Address(), ChannelCredentialsFor(Address(), mixed))));
  const std::string by_other_name = absl::StrCat("127.0.0.2:", server_->port());
  EXPECT_FALSE(
      GetsIn(grpc::CreateChannel(by_other_name, ChannelCredentialsFor(by_other_name, ours_))));
}

TEST_F(MutualTlsTest, AUnixSocketTakesNone) {
  const std::string address = absl::StrCat("unix:", certificates_.Path("sock"));
  const auto server = Server::Start({.address = address, .tls = ours_}, {&door_}).value();
  ChannelRegistry channels({{"cases", address}}, ours_);
  EXPECT_TRUE(GetsIn(channels.For("cases")));
  EXPECT_TRUE(GetsIn(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())));
}

TEST(ServerStart, RefusesAnOpenAddressAndAKeyThatDoesNotFit) {
  Door door;
  EXPECT_EQ(ReasonOf(Server::Start({.address = "0.0.0.0:0"}, {&door}).status()),
            "needs_mutual_tls");
  TestCertificates certificates;
  MutualTls tls = certificates.Make("one");
  tls.key = certificates.Make("other").key;
  EXPECT_EQ(ReasonOf(Server::Start({.address = "127.0.0.1:0", .tls = tls}, {&door}).status()),
            "address_in_use");
}

// The gateway's process serves none.
TEST(ServerStart, NeedsNoService) {
  const auto server = Server::Start({.address = "127.0.0.1:0"}, {});
  ASSERT_TRUE(server.ok()) << server.status();
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  cases::v1::GetCaseResponse response;
  EXPECT_EQ(
      CaseService::NewStub((*server)->InProcess())->GetCase(&context, {}, &response).error_code(),
      grpc::StatusCode::UNIMPLEMENTED);
}

// Contracts are told only where that was asked for, also beside a server that tells them.
TEST(ServerStart, ReflectsOnlyWhereItIsAskedTo) {
  Door door, other_door;
  const auto telling =
      Server::Start({.address = "127.0.0.1:0", .reflection = true}, {&door}).value();
  const auto silent = Server::Start({.address = "127.0.0.1:0"}, {&other_door}).value();
  for (const auto& [server, expected] : {std::pair(telling.get(), grpc::StatusCode::OK),
                                         {silent.get(), grpc::StatusCode::UNIMPLEMENTED}}) {
    grpc::GenericStub stub(server->InProcess());
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareCall(
        &context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      queue.Next(&tag, &ok);
    };
    call->StartCall(nullptr);
    wait();
    call->WritesDone(nullptr);
    wait();
    grpc::Status status;
    call->Finish(&status, nullptr);
    wait();
    EXPECT_EQ(status.error_code(), expected) << status.error_message();
  }
}

}  // namespace
}  // namespace wissel::rpc
