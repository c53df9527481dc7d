// The whole flow over gRPC, with a router and a case service that tests direct.

#include "services/intake/intake.h"

#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "wissel/cases/v1/cases.grpc.pb.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

namespace wissel::intake {
namespace {

using routing::v1::Decision;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Kim is a KCC agent of GM9901 whatever the token.
class EverybodyIsKim final : public rpc::Authenticator {
 public:
  void Authenticate(absl::string_view token, absl::string_view, Done done) override {
    auto kim = std::make_shared<rpc::Principal>();
    kim->tenant_id = "GM9901";
    kim->account_id = std::string(token);
    kim->roles = {options::v1::ROLE_KCC_AGENT};
    done(std::shared_ptr<const rpc::Principal>(std::move(kim)));
  }
};

// Decides as it is told; hangs if it is told to, until the caller gives up.
class DirectedRouter final : public routing::v1::RouterService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Decide(grpc::CallbackServerContext* context,
                                   const routing::v1::DecideRequest* request,
                                   routing::v1::DecideResponse* response) override {
    absl::MutexLock lock(&mutex_);
    asked_.push_back(*request);
    for (const auto& [key, value] : context->client_metadata()) {
      metadata_[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
    }
    if (hangs_) return new UntilCancelled;
    *response->mutable_decision() = decision_;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(rpc::ToGrpc(status_));
    return reactor;
  }

  void Decides(Decision decision) {
    absl::MutexLock lock(&mutex_);
    decision_ = std::move(decision);
  }
  void Fails(absl::Status status) {
    absl::MutexLock lock(&mutex_);
    status_ = std::move(status);
  }
  void Hangs() {
    absl::MutexLock lock(&mutex_);
    hangs_ = true;
  }
  std::vector<routing::v1::DecideRequest> asked() const {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  std::map<std::string, std::string> metadata() const {
    absl::MutexLock lock(&mutex_);
    return metadata_;
  }

 private:
  class UntilCancelled final : public grpc::ServerUnaryReactor {
    void OnCancel() override { Finish(grpc::Status::CANCELLED); }
    void OnDone() override { delete this; }
  };

  mutable absl::Mutex mutex_;
  Decision decision_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  bool hangs_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<routing::v1::DecideRequest> asked_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string> metadata_ ABSL_GUARDED_BY(mutex_);
};

// Remembers what was registered.
class RecordingCases final : public cases::v1::CaseService::CallbackService {
 public:
  grpc::ServerUnaryReactor* RegisterContact(grpc::CallbackServerContext* context,
                                            const cases::v1::RegisterContactRequest* request,
                                            cases::v1::RegisterContactResponse* response) override {
    absl::MutexLock lock(&mutex_);
    registered_.push_back(*request);
    response->set_reference(1234567897);
    response->set_team_id(request->contact().decision().team_id());
    response->mutable_received_at()->set_seconds(1000);
    response->mutable_due_at()->set_seconds(2000);
    *response->mutable_decision() = request->contact().decision();
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(rpc::ToGrpc(status_));
    return reactor;
  }

  grpc::ServerUnaryReactor* AttachContact(grpc::CallbackServerContext* context,
                                          const cases::v1::AttachContactRequest* request,
                                          cases::v1::AttachContactResponse* response) override {
    absl::MutexLock lock(&mutex_);
    attached_.push_back(*request);
    response->mutable_case_()->set_reference(request->reference());
    response->mutable_case_()->set_team_id("parkeren");
    response->mutable_case_()->mutable_received_at()->set_seconds(500);
    response->mutable_case_()->mutable_due_at()->set_seconds(2000);
    response->set_repeated(true);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(rpc::ToGrpc(status_));
    return reactor;
  }

  void Fails(absl::Status status) {
    absl::MutexLock lock(&mutex_);
    status_ = std::move(status);
  }
  std::vector<cases::v1::RegisterContactRequest> registered() const {
    absl::MutexLock lock(&mutex_);
    return registered_;
  }
  std::vector<cases::v1::AttachContactRequest> attached() const {
    absl::MutexLock lock(&mutex_);
    return attached_;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  std::vector<cases::v1::RegisterContactRequest> registered_ ABSL_GUARDED_BY(mutex_);
  std::vector<cases::v1::AttachContactRequest> attached_ ABSL_GUARDED_BY(mutex_);
};

Decision ToBurgerzaken() {
  Decision decision;
  decision.set_outcome(routing::v1::OUTCOME_QUEUE);
  decision.set_rule_id("burgerzaken");
  decision.set_team_id("burgerzaken");
  decision.set_sop_version(3);
  return decision;
}

v1::RegisterCallbackRequest Callback() {
  v1::RegisterCallbackRequest request;
  request.set_idempotency_key("sleutel-0001");
  request.mutable_customer()->set_phone("06 12345678");
  request.mutable_customer()->set_organisation("Bakkerij");
  request.mutable_customer()->set_postcode("2511 ab");
  request.mutable_customer()->set_neighbourhood("Centrum");
  request.mutable_question()->set_urgent(true);
  request.mutable_question()->set_subject("Paspoort");
  request.mutable_question()->set_text("Wanneer?");
  request.mutable_question()->set_topic_id("paspoort");
  return request;
}

class IntakeTest : public ::testing::Test {
 protected:
  // Which peers there are, besides intake itself.
  void Start(bool with_router, bool with_cases) {
    router_.Decides(ToBurgerzaken());
    intake_ = Intake::Build(dispatcher_, channels_).value();
    std::vector<grpc::Service*> services = {&intake_->service()};
    if (with_router) services.push_back(&router_);
    if (with_cases) services.push_back(&cases_);
    server_ = rpc::Server::Start({}, services).value();
    channels_.SetInProcess(server_->InProcess());
    stub_ = v1::IntakeService::NewStub(server_->InProcess());
  }

  static void SignIn(grpc::ClientContext* context, const std::string& token = "kim") {
    context->AddMetadata(rpc::kAuthorizationKey, "Bearer " + token);
    context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
  }

  absl::StatusOr<v1::Registration> Register(const v1::RegisterCallbackRequest& request) {
    grpc::ClientContext context;
    SignIn(&context);
    v1::RegisterCallbackResponse response;
    const grpc::Status status = stub_->RegisterCallback(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response.registration();
  }

  EverybodyIsKim authenticator_;
  rpc::WorkerPool workers_{1, 10};
  rpc::Dispatcher dispatcher_{authenticator_, workers_};
  rpc::ChannelRegistry channels_;
  DirectedRouter router_;
  RecordingCases cases_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::IntakeService::Stub> stub_;
};

TEST_F(IntakeTest, RoutesAndRegisters) {
  Start(true, true);
  const auto registration = Register(Callback());
  ASSERT_TRUE(registration.ok()) << registration.status();
  EXPECT_EQ(registration->reference(), 1234567897);
  EXPECT_EQ(registration->team_id(), "burgerzaken");
  EXPECT_EQ(registration->received_at().seconds(), 1000);
  EXPECT_EQ(registration->due_at().seconds(), 2000);
  EXPECT_EQ(registration->decision().rule_id(), "burgerzaken");

  ASSERT_EQ(router_.asked().size(), 1u);
  const routing::v1::DecideRequest asked = router_.asked()[0];
  EXPECT_EQ(asked.channel(), common::v1::CHANNEL_CALLBACK);
  EXPECT_EQ(asked.topic_id(), "paspoort");
  EXPECT_EQ(asked.subject(), "Paspoort");
  EXPECT_EQ(asked.text(), "Wanneer?");
  EXPECT_TRUE(asked.is_business());
  EXPECT_TRUE(asked.is_urgent());
  EXPECT_EQ(asked.neighbourhood(), "Centrum");
  EXPECT_EQ(asked.postcode(), "2511AB");

  ASSERT_EQ(cases_.registered().size(), 1u);
  const cases::v1::RegisterContactRequest stored = cases_.registered()[0];
  EXPECT_EQ(stored.idempotency_key(), "sleutel-0001");
  EXPECT_EQ(stored.request_hash(), idempotency::RequestHash(Callback(), "kim"));
  EXPECT_EQ(stored.contact().customer().phone(), "+31612345678");
  EXPECT_EQ(stored.contact().decision().sop_version(), 3);
}

TEST_F(IntakeTest, AddsAContactToItsCaseWithoutRouting) {
  Start(true, true);
  v1::AttachContactRequest request;
  request.set_idempotency_key("sleutel-0002");
  request.set_reference(1234567897);
  request.set_channel(common::v1::CHANNEL_EMAIL);
  *request.mutable_customer() = Callback().customer();
  *request.mutable_question() = Callback().question();
  const auto attach = [&]() -> absl::StatusOr<v1::Registration> {
    grpc::ClientContext context;
    SignIn(&context);
    v1::AttachContactResponse response;
    const grpc::Status status = stub_->AttachContact(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response.registration();
  };
  const auto attached = attach();
  ASSERT_TRUE(attached.ok()) << attached.status();
  EXPECT_EQ(attached->team_id(), "parkeren");
  EXPECT_EQ(attached->received_at().seconds(), 500);
  EXPECT_TRUE(attached->repeated());
  EXPECT_TRUE(router_.asked().empty());
  ASSERT_EQ(cases_.attached().size(), 1u);
  EXPECT_EQ(cases_.attached()[0].request_hash(), idempotency::RequestHash(request, "kim"));
  EXPECT_EQ(cases_.attached()[0].contact().customer().phone(), "+31612345678");

  cases_.Fails(Error(absl::StatusCode::kFailedPrecondition, "closed", "closed"));
  EXPECT_EQ(ReasonOf(attach().status()), "closed");
  request.clear_channel();
  EXPECT_EQ(ReasonOf(attach().status()), "invalid_channel");
}

TEST_F(IntakeTest, AsksOnBehalfOfTheCaller) {
  Start(true, true);
  ASSERT_TRUE(Register(Callback()).ok());
  EXPECT_EQ(router_.metadata()["authorization"], "Bearer kim");
  EXPECT_EQ(router_.metadata()["x-wissel-tenant"], "GM9901");
}

TEST_F(IntakeTest, WithoutARouterTheKccHoldsTheContact) {
  Start(false, true);
  const auto registration = Register(Callback());
  ASSERT_TRUE(registration.ok()) << registration.status();
  EXPECT_TRUE(registration->decision().pending());
  EXPECT_EQ(registration->decision().team_id(), "kcc");
  EXPECT_EQ(registration->decision().outcome(), routing::v1::OUTCOME_QUEUE);
  EXPECT_EQ(registration->decision().sop_version(), 0);
  EXPECT_EQ(registration->decision().rule_id(), "");
  EXPECT_THAT(registration->decision().reason(), HasSubstr("werkafspraken"));
}

TEST_F(IntakeTest, ARouterThatFailsCostsNoContact) {
  Start(true, true);
  router_.Fails(absl::InternalError("kapot"));
  EXPECT_TRUE(Register(Callback())->decision().pending());
  router_.Fails(Error(absl::StatusCode::kNotFound, "no_sop", "none"));
  const auto registration = Register(Callback());
  EXPECT_TRUE(registration->decision().pending());
  EXPECT_THAT(registration->decision().reason(), HasSubstr("nog geen werkafspraken"));
  EXPECT_EQ(cases_.registered().size(), 2u);
}

TEST_F(IntakeTest, ARouterThatHangsCostsNoContact) {
  Start(true, true);
  router_.Hangs();
  const auto registration = Register(Callback());
  ASSERT_TRUE(registration.ok()) << registration.status();
  EXPECT_TRUE(registration->decision().pending());
}

TEST_F(IntakeTest, AnsweredContactsAreNeverPending) {
  Start(false, true);
  v1::RegisterAnsweredRequest request;
  request.set_idempotency_key("sleutel-0001");
  request.mutable_question()->set_subject("Openingstijden");
  request.set_channel(common::v1::CHANNEL_PHONE);
  request.set_kind(v1::ANSWERED_KIND_ANSWERED);
  request.set_answer("Tot vijf uur.");
  grpc::ClientContext context;
  SignIn(&context);
  v1::RegisterAnsweredResponse response;
  ASSERT_TRUE(stub_->RegisterAnswered(&context, request, &response).ok());
  ASSERT_EQ(cases_.registered().size(), 1u);
  EXPECT_EQ(cases_.registered()[0].contact().outcome(), cases::v1::CASE_OUTCOME_FIRST_CONTACT);
  EXPECT_FALSE(cases_.registered()[0].contact().decision().pending());
}

TEST_F(IntakeTest, EveryChannelGetsThrough) {
  Start(true, true);
  v1::SubmitFormRequest form;
  form.set_idempotency_key("sleutel-0001");
  form.mutable_customer()->set_email("a@b.example");
  form.mutable_question()->set_subject("Vraag");
  v1::RegisterEmailRequest email;
  ASSERT_TRUE(email.ParseFromString(form.SerializeAsString()));
  v1::RegisterSocialMessageRequest social;
  ASSERT_TRUE(social.ParseFromString(form.SerializeAsString()));
  social.set_account("mastodon:@voorbeeldstad");
  social.set_external_id("1");
  grpc::ClientContext contexts[3];
  for (grpc::ClientContext& context : contexts) SignIn(&context);
  v1::SubmitFormResponse form_done;
  v1::RegisterEmailResponse email_done;
  v1::RegisterSocialMessageResponse social_done;
  EXPECT_TRUE(stub_->SubmitForm(&contexts[0], form, &form_done).ok());
  EXPECT_TRUE(stub_->RegisterEmail(&contexts[1], email, &email_done).ok());
  EXPECT_TRUE(stub_->RegisterSocialMessage(&contexts[2], social, &social_done).ok());
  std::vector<common::v1::Channel> channels;
  for (const auto& request : cases_.registered()) channels.push_back(request.contact().channel());
  EXPECT_THAT(channels, ElementsAre(common::v1::CHANNEL_FORM, common::v1::CHANNEL_EMAIL,
                                    common::v1::CHANNEL_SOCIAL));
}

TEST_F(IntakeTest, AWrongRequestReachesNobodyAndTellsEveryField) {
  Start(true, true);
  v1::RegisterCallbackRequest request = Callback();
  request.set_idempotency_key("x");
  request.mutable_customer()->set_phone("14070");
  request.mutable_question()->clear_subject();
  const absl::Status status = Register(request).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  std::vector<std::string> fields;
  for (const ErrorDetail& detail : DetailsOf(status)) fields.push_back(detail.field);
  EXPECT_THAT(fields, ElementsAre("idempotency_key", "customer.phone", "question.subject"));
  EXPECT_TRUE(router_.asked().empty());
  EXPECT_TRUE(cases_.registered().empty());
}

TEST_F(IntakeTest, ErrorsOfCasesComeThrough) {
  Start(true, true);
  cases_.Fails(Error(absl::StatusCode::kAlreadyExists, "idempotency_key_reused", "another body",
                     "idempotency_key"));
  const absl::Status status = Register(Callback()).status();
  EXPECT_TRUE(absl::IsAlreadyExists(status));
  EXPECT_EQ(ReasonOf(status), "idempotency_key_reused");
}

TEST_F(IntakeTest, WithoutCasesNothingIsPromised) {
  Start(true, false);
  const absl::Status status = Register(Callback()).status();
  EXPECT_FALSE(status.ok());
}

TEST_F(IntakeTest, CasesBeingAwayIsToldWithoutAddresses) {
  Start(true, true);
  cases_.Fails(absl::UnavailableError("failed to connect to ipv4:10.0.0.1:9090"));
  const absl::Status status = Register(Callback()).status();
  EXPECT_TRUE(absl::IsUnavailable(status));
  EXPECT_EQ(ReasonOf(status), "cases_away");
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("10.0.0.1")));
}

}  // namespace
}  // namespace wissel::intake
