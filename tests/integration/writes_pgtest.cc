// What a caller may send twice, and what two callers may do at once.

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "tests/integration/demo_fixture.h"
#include "tests/integration/filled_request.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using MessagePtr = std::unique_ptr<Message>;

MessagePtr CopyOf(const Message& message) {
  MessagePtr copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

// Only a registration tells that it was sent before; a change of a case gives the same answer.
void ClearRepeated(Message& response) {
  if (const auto* field = response.GetDescriptor()->FindFieldByName("registration")) {
    ClearRepeated(*response.GetReflection()->MutableMessage(&response, field));
  } else if (const auto* repeated = response.GetDescriptor()->FindFieldByName("repeated")) {
    response.GetReflection()->ClearField(&response, repeated);
  }
}

// Every method that takes an idempotency key.
std::vector<rpc::Method> KeyedMethods() {
  std::vector<rpc::Method> methods;
  for (const rpc::Method& method : rpc::MethodTable::Get().methods()) {
    if (method.descriptor->input_type()->FindFieldByName("idempotency_key") == nullptr) continue;
    // Nobody reaches it from outside.
    if (method.descriptor->options().GetExtension(options::v1::internal)) continue;
    EXPECT_EQ(method.effect, options::v1::EFFECT_WRITE) << method.path;
    methods.push_back(method);
  }
  return methods;
}

class Writes : public ::testing::TestWithParam<Shape> {
 protected:
  // KCC work is kim's, the rest lea's, who leads the team that has the cases.
  ApiClient& Caller(const rpc::Method& method) {
    const auto& roles = method.permission.roles();
    const bool for_team =
        std::find(roles.begin(), roles.end(), options::v1::ROLE_TEAM_LEAD) != roles.end();
    return for_team ? demo().lea() : demo().kim();
  }

  // A case of lea's team in which the method may be called.
  int64_t CaseFor(const rpc::Method& method) {
    const int64_t reference = RegisterAnna(demo()).reference();
    absl::Status status;
    const absl::string_view name = method.descriptor->name();
    if (name == "UnclaimCase" || name == "TakeOverCase") {
      cases::v1::ClaimCaseRequest claim;
      claim.set_idempotency_key(NewKey());
      claim.set_reference(reference);
      ApiClient& holder = name == "TakeOverCase" ? demo().bas() : demo().lea();
      status = holder.Ask<cases::v1::ClaimCaseResponse>(claim).status();
    } else if (name == "ReopenCase") {
      cases::v1::AnswerCaseRequest answer;
      answer.set_idempotency_key(NewKey());
      answer.set_reference(reference);
      answer.set_text("Het ligt klaar.");
      status = demo().lea().Ask<cases::v1::AnswerCaseResponse>(answer).status();
    }
    EXPECT_TRUE(status.ok()) << status;
    return reference;
  }

  // A request that is good.
  MessagePtr GoodRequest(const rpc::Method& method) {
    MessagePtr request =
        FilledRequest(method.descriptor->input_type(), {.tenant_id = "GM9901",
                                                        .team_id = "parkeren",
                                                        .topic_id = "paspoort",
                                                        .external_id = "message-" + NewKey(),
                                                        .reference = CaseFor(method)});
    if (auto* draft = dynamic_cast<routing::v1::SaveDraftRequest*>(request.get())) {
      // A new one.
      draft->clear_draft_id();
      draft->clear_revision();
    }
    return request;
  }

  // One that says something else under the same key.
  MessagePtr OtherBody(const rpc::Method& method, const Message& request) {
    MessagePtr other = CopyOf(request);
    const auto* reflection = other->GetReflection();
    const auto* type = other->GetDescriptor();
    if (const FieldDescriptor* reference = type->FindFieldByName("reference")) {
      reflection->SetInt64(other.get(), reference, CaseFor(method));
    } else if (const FieldDescriptor* title = type->FindFieldByName("title")) {
      reflection->SetString(other.get(), title, "anders");
    } else {
      Message* question =
          reflection->MutableMessage(other.get(), type->FindFieldByName("question"));
      question->GetReflection()->SetString(
          question, question->GetDescriptor()->FindFieldByName("internal_note"), "anders");
    }
    return other;
  }

  absl::StatusOr<MessagePtr> Send(ApiClient& who, const rpc::Method& method,
                                  const Message& request) {
    MessagePtr response(google::protobuf::MessageFactory::generated_factory()
                            ->GetPrototype(method.descriptor->output_type())
                            ->New());
    const absl::Status status = who.web().Call(method.path.substr(1), request, response.get());
    if (!status.ok()) return status;
    return response;
  }

  // Everything that the municipality has written, but for keys that were asked for and sessions.
  std::string Written() {
    return demo().database().Admin(
        "select (select count(*) from cases.case_file) || ' cases ' || (select count(*) from "
        "cases.case_event) || ' events ' || (select count(*) from cases.caused_mail) || ' mails ' "
        "|| "
        "(select count(*) from cases.contact) || ' contacts ' || (select count(*) from "
        "router.sop_draft) || ' drafts ' || (select sum(version) from "
        "cases.case_file) || ' versions'");
  }

  DemoFixture& demo() { return DemoFixture::In(GetParam()); }
};

TEST_P(Writes, TheSameKeyAndBodyGiveTheSameAnswerAndChangeNothing) {
  const auto methods = KeyedMethods();
  ASSERT_GE(methods.size(), 14u);
  for (const rpc::Method& method : methods) {
    const MessagePtr request = GoodRequest(method);
    const auto first = Send(Caller(method), method, *request);
    ASSERT_TRUE(first.ok()) << method.path << ": " << first.status();
    const std::string written = Written();
    const auto again = Send(Caller(method), method, *request);
    ASSERT_TRUE(again.ok()) << method.path << ": " << again.status();
    EXPECT_EQ(Written(), written) << method.path;
    ClearRepeated(**first);
    ClearRepeated(**again);
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(**first, **again))
        << method.path << "\n"
        << (*first)->DebugString() << "\n"
        << (*again)->DebugString();
  }
}

TEST_P(Writes, TheSameKeyWithAnotherBodyIsRefused) {
  for (const rpc::Method& method : KeyedMethods()) {
    const MessagePtr request = GoodRequest(method);
    const MessagePtr other = OtherBody(method, *request);
    ASSERT_TRUE(Send(Caller(method), method, *request).ok()) << method.path;
    const std::string written = Written();
    EXPECT_EQ(Short(Send(Caller(method), method, *other).status()),
              "ALREADY_EXISTS idempotency_key_reused idempotency_key")
        << method.path;
    EXPECT_EQ(Written(), written) << method.path;
    // The answer to the first is not lost by that.
    EXPECT_TRUE(Send(Caller(method), method, *request).ok()) << method.path;
  }
}

TEST_P(Writes, AKeyIsOfOneMethodAndOnePerson) {
  cases::v1::ClaimCaseRequest claim;
  claim.set_idempotency_key(NewKey());
  claim.set_reference(RegisterAnna(demo()).reference());
  ASSERT_TRUE(demo().bas().Ask<cases::v1::ClaimCaseResponse>(claim).ok());
  EXPECT_EQ(Short(demo().noor().Ask<cases::v1::ClaimCaseResponse>(claim).status()),
            "ALREADY_EXISTS idempotency_key_reused idempotency_key");
  cases::v1::UnclaimCaseRequest unclaim;
  unclaim.set_idempotency_key(claim.idempotency_key());
  unclaim.set_reference(claim.reference());
  EXPECT_EQ(Short(demo().bas().Ask<cases::v1::UnclaimCaseResponse>(unclaim).status()),
            "ALREADY_EXISTS idempotency_key_reused idempotency_key");
  auto callback = AnnasCallback();
  callback.set_idempotency_key(claim.idempotency_key());
  EXPECT_EQ(Short(demo().kim().Ask<intake::v1::RegisterCallbackResponse>(callback).status()),
            "ALREADY_EXISTS idempotency_key_reused idempotency_key");
}

TEST_P(Writes, ARefusedWriteLeavesItsKeyFree) {
  auto callback = AnnasCallback();
  callback.mutable_customer()->set_phone("12");
  EXPECT_EQ(Short(demo().kim().Ask<intake::v1::RegisterCallbackResponse>(callback).status()),
            "INVALID_ARGUMENT invalid_phone customer.phone");
  callback.mutable_customer()->set_phone("06 12345678");
  const auto registered = demo().kim().Ask<intake::v1::RegisterCallbackResponse>(callback);
  ASSERT_TRUE(registered.ok()) << registered.status();
  EXPECT_FALSE(registered->registration().repeated());

  // Refused by the state of the case: the same key may be tried again when it has changed.
  cases::v1::ReopenCaseRequest reopen;
  reopen.set_idempotency_key(NewKey());
  reopen.set_reference(registered->registration().reference());
  reopen.set_reason("Er kwam een brief terug.");
  EXPECT_EQ(Short(demo().lea().Ask<cases::v1::ReopenCaseResponse>(reopen).status()),
            "FAILED_PRECONDITION not_closed");
  cases::v1::AnswerCaseRequest answer;
  answer.set_idempotency_key(NewKey());
  answer.set_reference(reopen.reference());
  answer.set_text("Het ligt klaar.");
  ASSERT_TRUE(demo().lea().Ask<cases::v1::AnswerCaseResponse>(answer).ok());
  EXPECT_TRUE(demo().lea().Ask<cases::v1::ReopenCaseResponse>(reopen).ok());
}

// Mail and webhook senders try again for days, with keys of their own or without a memory.
TEST_P(Writes, AMessageOfAChannelIsRegisteredOnceWhateverItsKey) {
  intake::v1::RegisterEmailRequest email;
  email.mutable_customer()->set_email("greet@post.example");
  email.mutable_question()->set_subject("Kwijtschelding");
  email.set_account("info@voorbeeldstad.example");
  email.set_external_id("<" + NewKey() + "@post.example>");
  intake::v1::RegisterSocialMessageRequest social;
  social.mutable_question()->set_subject("Container overgeslagen");
  social.set_account("mastodon:@voorbeeldstad");
  social.set_external_id(email.external_id());

  email.set_idempotency_key(NewKey());
  const auto first = demo().kim().Ask<intake::v1::RegisterEmailResponse>(email);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->registration().repeated());
  const std::string written = Written();
  email.set_idempotency_key(NewKey());
  email.mutable_question()->set_text("De tweede keer met een voettekst van de mailserver.");
  const auto again = demo().kim().Ask<intake::v1::RegisterEmailResponse>(email);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->registration().repeated());
  EXPECT_EQ(again->registration().reference(), first->registration().reference());
  EXPECT_EQ(again->registration().due_at().seconds(), first->registration().due_at().seconds());
  EXPECT_EQ(Written(), written);

  // The same id in another channel is another message.
  social.set_idempotency_key(NewKey());
  const auto other = demo().kim().Ask<intake::v1::RegisterSocialMessageResponse>(social);
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_FALSE(other->registration().repeated());
  EXPECT_NE(other->registration().reference(), first->registration().reference());
  social.set_idempotency_key(NewKey());
  const auto repeat = demo().kim().Ask<intake::v1::RegisterSocialMessageResponse>(social);
  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_TRUE(repeat->registration().repeated());
  EXPECT_EQ(repeat->registration().reference(), other->registration().reference());
}

TEST_P(Writes, AFormThatIsSentTwiceIsOneCase) {
  intake::v1::SubmitFormRequest form;
  form.set_idempotency_key(NewKey());
  form.mutable_customer()->set_email("tom@post.example");
  form.mutable_question()->set_subject("Dakkapel aan de voorkant");
  form.set_form_id("contact");
  const auto first = demo().kim().Ask<intake::v1::SubmitFormResponse>(form);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto again = demo().kim().Ask<intake::v1::SubmitFormResponse>(form);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->registration().repeated());
  EXPECT_EQ(again->registration().reference(), first->registration().reference());
}

// Runs `work` for each login at once, over a connection of its own.
template <size_t N>
void AtOnce(DemoFixture& demo, const std::array<std::string, N>& logins,
            const std::function<void(size_t, ApiClient&)>& work) {
  std::vector<std::unique_ptr<ApiClient>> people;
  for (const std::string& login : logins) people.push_back(demo.Another(login));
  std::vector<std::thread> threads;
  for (size_t i = 0; i < N; ++i) {
    threads.emplace_back([&work, &people, i] { work(i, *people[i]); });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_P(Writes, OfColleaguesWhoClaimAtOnceOneWinsAndTheOthersAreToldWho) {
  const std::array<std::string, 3> logins = {"bas", "noor", "lea"};
  const std::array<std::string, 3> names = {"Bas de Vries", "Noor Bakker", "Lea Visser"};
  for (int round = 0; round < 10; ++round) {
    const int64_t reference = RegisterAnna(demo()).reference();
    std::array<absl::Status, 3> results;
    AtOnce(demo(), logins, [&](size_t i, ApiClient& who) {
      cases::v1::ClaimCaseRequest claim;
      claim.set_idempotency_key(NewKey());
      claim.set_reference(reference);
      results[i] = who.Ask<cases::v1::ClaimCaseResponse>(claim).status();
    });
    const std::string holder = demo().CaseOf(reference).summary().claimed_by_name();
    int winners = 0;
    for (size_t i = 0; i < results.size(); ++i) {
      if (results[i].ok()) {
        ++winners;
        EXPECT_EQ(holder, names[i]);
      } else {
        EXPECT_EQ(Short(results[i]), "FAILED_PRECONDITION already_claimed");
        EXPECT_EQ(DetailsOf(results[i])[0].facts["claimed_by"], holder);
      }
    }
    EXPECT_EQ(winners, 1);
  }
}

TEST_P(Writes, TheSameWriteSentTwiceAtOnceHappensOnce) {
  for (int round = 0; round < 10; ++round) {
    const auto callback = AnnasCallback();
    std::array<absl::StatusOr<intake::v1::RegisterCallbackResponse>, 4> results;
    AtOnce(demo(), std::array<std::string, 4>{"kim", "kim", "kim", "kim"},
           [&](size_t i, ApiClient& who) {
             results[i] = who.Ask<intake::v1::RegisterCallbackResponse>(callback);
           });
    int fresh = 0;
    for (const auto& result : results) {
      ASSERT_TRUE(result.ok()) << result.status();
      EXPECT_EQ(result->registration().reference(), results[0]->registration().reference());
      fresh += result->registration().repeated() ? 0 : 1;
    }
    EXPECT_EQ(fresh, 1);
  }
}

INSTANTIATE_TEST_SUITE_P(BothShapes, Writes, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
