// The ways in: gRPC with reflection and health, Connect with streams, and the cookie of a browser.

#include <gmock/gmock.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/rpc/call.h"
#include "libs/rpc/channel_registry.h"
#include "tests/integration/demo_fixture.h"
#include "tests/support/connect_error.h"
#include "tests/support/stream_client.h"
#include "wissel/cases/v1/cases.grpc.pb.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The first message that a method of gRPC's own answers to `bytes`. Debian ships neither contract,
// so both sides are read by field number.
std::string AskGrpcItself(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                          const std::string& bytes) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ok;
  };
  const auto call = stub.PrepareCall(&context, method, &queue);
  call->StartCall(nullptr);
  wait();
  const grpc::Slice slice(bytes);
  call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  wait();
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  const bool answered = wait();
  grpc::Status status;
  call->Finish(&status, nullptr);
  wait();
  EXPECT_TRUE(status.ok()) << method << ": " << status.error_message();
  grpc::Slice read;
  if (!answered || !answer.DumpToSingleSlice(&read).ok()) return "";
  return {reinterpret_cast<const char*>(read.begin()), read.size()};
}

// Values of field `number`, strings and messages alike.
std::vector<std::string> FieldsOf(const std::string& bytes, int number) {
  google::protobuf::UnknownFieldSet fields;
  EXPECT_TRUE(fields.ParseFromString(bytes));
  std::vector<std::string> found;
  for (int i = 0; i < fields.field_count(); ++i) {
    const google::protobuf::UnknownField& field = fields.field(i);
    if (field.number() != number) continue;
    found.push_back(field.type() == google::protobuf::UnknownField::TYPE_VARINT
                        ? absl::StrCat(field.varint())
                        : field.length_delimited());
  }
  return found;
}

class Protocols : public ::testing::TestWithParam<Shape> {
 protected:
  // Short names of the services of the contracts.
  static std::set<std::string> Services() {
    std::set<std::string> services;
    for (const rpc::Method& method : rpc::MethodTable::Get().methods()) {
      services.insert(method.descriptor->service()->full_name());
    }
    return services;
  }

  std::shared_ptr<grpc::Channel> ChannelTo(const std::string& service) {
    return demo().installation().Channel(std::string(rpc::ChannelRegistry::ShortName(service)));
  }

  DemoFixture& demo() { return DemoFixture::In(GetParam()); }
};

TEST_P(Protocols, ReflectionListsEveryServiceAndDescribesIt) {
  const std::string method = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  for (const std::string& service : Services()) {
    // list_services = 7; list_services_response = 6 { service = 1 { name = 1 } }
    const std::string listed = AskGrpcItself(ChannelTo(service), method, "\x3a\x01*");
    std::vector<std::string> names;
    for (const std::string& response : FieldsOf(listed, 6)) {
      for (const std::string& one : FieldsOf(response, 1)) names.push_back(FieldsOf(one, 1).at(0));
    }
    EXPECT_THAT(names, Contains(service));
    // file_containing_symbol = 4; file_descriptor_response = 4 { file_descriptor_proto = 1 }
    const std::string described = AskGrpcItself(
        ChannelTo(service), method,
        absl::StrCat("\x22", std::string(1, static_cast<char>(service.size())), service));
    ASSERT_THAT(FieldsOf(described, 4), Not(IsEmpty())) << service;
    EXPECT_THAT(FieldsOf(FieldsOf(described, 4)[0], 1), Not(IsEmpty())) << service;
  }
}

TEST_P(Protocols, HealthAnswersServing) {
  for (const std::string& service : Services()) {
    // status = 1: SERVING
    EXPECT_THAT(FieldsOf(AskGrpcItself(ChannelTo(service), "/grpc.health.v1.Health/Check", ""), 1),
                Contains("1"))
        << service;
  }
}

// Whether the row of a case came, with this holder.
bool Shows(const cases::v1::WatchQueueResponse& update, int64_t reference,
           const std::string& holder) {
  for (const cases::v1::CaseSummary& row : update.changed()) {
    if (row.reference() == reference && row.claimed_by_name() == holder) return true;
  }
  return false;
}

TEST_P(Protocols, AScreenOverConnectSeesWhatAnotherSessionDoes) {
  cases::v1::WatchQueueRequest watch;
  watch.set_team_id("burgerzaken");
  StreamClient screen(demo().installation().url(), ApiClient::PathOf(watch.GetDescriptor()),
                      demo().noor().web().token(), watch);
  cases::v1::WatchQueueResponse update;
  ASSERT_EQ(screen.Next(&update), absl::OkStatus());
  ASSERT_TRUE(update.has_snapshot());
  const int open = update.snapshot().counts().open();

  const int64_t reference = RegisterAnna(demo()).reference();
  absl::Status read = absl::OkStatus();
  do {
    update.Clear();
    read = screen.Next(&update);
  } while (read.ok() && !Shows(update, reference, ""));
  ASSERT_EQ(read, absl::OkStatus());
  EXPECT_EQ(update.counts().open(), open + 1);

  cases::v1::ClaimCaseRequest claim;
  claim.set_idempotency_key(NewKey());
  claim.set_reference(reference);
  ASSERT_TRUE(demo().bas().Ask<cases::v1::ClaimCaseResponse>(claim).ok());
  do {
    update.Clear();
    read = screen.Next(&update);
  } while (read.ok() && !Shows(update, reference, "Bas de Vries"));
  EXPECT_EQ(read, absl::OkStatus());

  cases::v1::AnswerCaseRequest answer;
  answer.set_idempotency_key(NewKey());
  answer.set_reference(reference);
  answer.set_text("Het ligt klaar.");
  ASSERT_TRUE(demo().bas().Ask<cases::v1::AnswerCaseResponse>(answer).ok());
  do {
    update.Clear();
    read = screen.Next(&update);
  } while (read.ok() && update.removed_size() == 0);
  ASSERT_EQ(read, absl::OkStatus());
  EXPECT_EQ(update.removed(0), reference);
  EXPECT_EQ(update.counts().open(), open);
}

TEST_P(Protocols, AScreenOverGrpcSeesWhatAnotherSessionDoes) {
  const auto stub = cases::v1::CaseService::NewStub(demo().installation().Channel("cases"));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  context.AddMetadata(rpc::kAuthorizationKey, "Bearer " + demo().noor().web().token());
  cases::v1::WatchQueueRequest watch;
  watch.set_team_id("burgerzaken");
  const auto screen = stub->WatchQueue(&context, watch);
  cases::v1::WatchQueueResponse update;
  ASSERT_TRUE(screen->Read(&update));
  EXPECT_TRUE(update.has_snapshot());
  const int64_t reference = RegisterAnna(demo()).reference();
  bool seen = false;
  while (!seen && screen->Read(&update)) seen = Shows(update, reference, "");
  EXPECT_TRUE(seen);
  context.TryCancel();
  screen->Finish();
}

TEST_P(Protocols, AStreamThatIsRefusedSaysWhyInItsLastFrame) {
  cases::v1::WatchQueueRequest watch;
  cases::v1::WatchQueueResponse update;
  const auto refusal = [&](ApiClient& who, const std::string& team_id) {
    watch.set_team_id(team_id);
    StreamClient screen(demo().installation().url(), ApiClient::PathOf(watch.GetDescriptor()),
                        who.web().token(), watch);
    return Short(screen.Next(&update));
  };
  EXPECT_EQ(refusal(demo().bas(), "parkeren"), "PERMISSION_DENIED not_in_team");
  EXPECT_EQ(refusal(demo().kim(), "nergens"), "NOT_FOUND no_such_team team_id");
  EXPECT_EQ(refusal(demo().kim(), ""), "INVALID_ARGUMENT required team_id");
  EXPECT_EQ(refusal(demo().fenna(), "kcc"), "PERMISSION_DENIED not_permitted");
}

class Browser : public Protocols {
 protected:
  Browser() : web_(demo().installation().url()) {
    web_.set_header("Origin", demo().installation().url());
  }

  WebClient::Answer Post(const std::string& method, const std::string& json = "{}") {
    return web_.Post("/wissel.directory.v1.DirectoryService/" + method, json);
  }

  // Signs in as a page does, and keeps the cookie.
  WebClient::Answer SignIn() {
    WebClient::Answer answer =
        Post("SignIn", R"({"tenantId":"GM9901","login":"kim","password":"welkom-bij-wissel"})");
    cookie_ = answer.headers["set-cookie"];
    web_.set_header("Cookie", cookie_.substr(0, cookie_.find(';')));
    return answer;
  }

  WebClient web_;
  std::string cookie_;
};

TEST_P(Browser, GetsItsSessionAsACookieThatPagesCannotRead) {
  const WebClient::Answer answer = SignIn();
  EXPECT_EQ(answer.code, 200) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("Kim Jansen"));
  EXPECT_THAT(answer.body, Not(HasSubstr("\"token\"")));
  EXPECT_THAT(cookie_, HasSubstr("HttpOnly"));
  EXPECT_THAT(cookie_, HasSubstr("SameSite=Lax"));
  const std::string secret = cookie_.substr(7, cookie_.find(';') - 7);
  EXPECT_THAT(answer.body, Not(HasSubstr(secret)));

  const WebClient::Answer session = Post("GetSession");
  EXPECT_EQ(session.code, 200) << session.body;
  EXPECT_THAT(session.body, HasSubstr("Voorbeeldstad"));
  EXPECT_THAT(session.body, Not(HasSubstr(secret)));
}

TEST_P(Browser, SigningOutEndsTheSessionForEveryHolderOfTheToken) {
  SignIn();
  ApiClient other(demo().installation().url(), cookie_.substr(7, cookie_.find(';') - 7));
  ASSERT_TRUE(
      other.Ask<directory::v1::GetSessionResponse>(directory::v1::GetSessionRequest()).ok());
  const WebClient::Answer out = Post("SignOut");
  EXPECT_EQ(out.code, 200) << out.body;
  EXPECT_THAT(out.headers.at("set-cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(Post("GetSession").code, 401);
  EXPECT_EQ(
      ReasonOf(other.Ask<directory::v1::GetSessionResponse>(directory::v1::GetSessionRequest())
                   .status()),
      "invalid_token");
  // A cookie of a session that has ended does not stand in the way of a new one.
  EXPECT_EQ(SignIn().code, 200);
  EXPECT_EQ(Post("GetSession").code, 200);
}

TEST_P(Browser, OnAPageOfAnotherSiteCanDoNothing) {
  SignIn();
  web_.set_header("Origin", "https://kwaad.example");
  const WebClient::Answer refused = Post("GetSession");
  EXPECT_EQ(refused.code, 403);
  EXPECT_EQ(Short(*StatusOfConnect(refused.body)), "PERMISSION_DENIED wrong_origin");
  EXPECT_EQ(Post("SignOut").code, 403);
  web_.set_header("Origin", "");
  web_.set_header("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(Post("GetSession").code, 403);
}

TEST_P(Browser, GetsPagesThatNobodyCanFrameOrScript) {
  const WebClient::Answer health = web_.Get("/healthz");
  EXPECT_EQ(health.code, 200);
  EXPECT_THAT(health.headers.at("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(health.headers.at("content-security-policy"), Not(HasSubstr("unsafe-inline")));
  EXPECT_EQ(health.headers.at("x-content-type-options"), "nosniff");
}

INSTANTIATE_TEST_SUITE_P(BothShapes, Protocols, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);
INSTANTIATE_TEST_SUITE_P(BothShapes, Browser, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
