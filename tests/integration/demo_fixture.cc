#include "tests/integration/demo_fixture.h"

#include <atomic>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"

namespace wissel::testing {
namespace {

constexpr char kTenant[] = "GM9901";
constexpr char kPassword[] = "welkom-bij-wissel";

void Need(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "the demo municipality cannot be made: " << status << std::endl;
  std::abort();
}

}  // namespace

DemoFixture& DemoFixture::In(Shape shape) {
  static auto* const fixtures = new std::map<Shape, std::unique_ptr<DemoFixture>>;
  // A function that runs at the end of the program: processes and directories go with it.
  static const bool registered = std::atexit([] { fixtures->clear(); }) == 0;
  std::unique_ptr<DemoFixture>& demo = (*fixtures)[shape];
  if (demo == nullptr && registered) demo = std::make_unique<DemoFixture>(shape);
  return *demo;
}

DemoFixture::DemoFixture(Shape shape)
    : installation_(shape, database_.BaseConnInfo(), {"--grpc_reflection"}) {
  Need(installation_.MakeDemo());
  Need(installation_.Start());
}

ApiClient& DemoFixture::As(const std::string& login) {
  std::unique_ptr<ApiClient>& person = people_[login];
  if (person == nullptr) {
    WebClient door(installation_.url());
    Need(door.SignIn(kTenant, login, kPassword));
    person = std::make_unique<ApiClient>(installation_.url(), door.token());
  }
  return *person;
}

std::unique_ptr<ApiClient> DemoFixture::Another(const std::string& login) {
  return std::make_unique<ApiClient>(installation_.url(), As(login).web().token());
}

cases::v1::Case DemoFixture::CaseOf(int64_t reference) {
  cases::v1::GetCaseRequest request;
  request.set_reference(reference);
  const auto found = kim().Ask<cases::v1::GetCaseResponse>(request);
  EXPECT_TRUE(found.ok()) << found.status();
  return found.ok() ? found->case_() : cases::v1::Case();
}

std::vector<std::string> DemoFixture::MailOf(int64_t reference) {
  return absl::StrSplit(
      database_.Admin(absl::StrCat("select string_agg(kind || ' to ' || recipient, ',' order by "
                                   "kind, sequence) from cases.caused_mail where tenant_id = '",
                                   kTenant, "' and case_id = ", reference)),
      ',', absl::SkipEmpty());
}

std::string NewKey() {
  static std::atomic<int> count = 0;
  return absl::StrCat("test-key-", ++count);
}

intake::v1::RegisterCallbackRequest AnnasCallback() {
  intake::v1::RegisterCallbackRequest request;
  request.set_idempotency_key(NewKey());
  common::v1::Customer& customer = *request.mutable_customer();
  customer.set_given_name("Anna");
  customer.set_name_prefix("van de");
  customer.set_family_name("Toetssteen");
  customer.set_phone("06 12345678");
  customer.set_email("anna.toetssteen@Post.example");
  common::v1::Question& question = *request.mutable_question();
  question.set_subject("Paspoort ligt nog niet klaar");
  question.set_text("Ik heb drie weken geleden een paspoort aangevraagd. Wanneer ligt het klaar?");
  question.set_internal_note("Mevrouw is slechthorend: spreek duidelijk.");
  question.set_topic_id("paspoort");
  return request;
}

intake::v1::Registration RegisterAnna(DemoFixture& demo) {
  const auto registered = demo.kim().Ask<intake::v1::RegisterCallbackResponse>(AnnasCallback());
  EXPECT_TRUE(registered.ok()) << registered.status();
  return registered.ok() ? registered->registration() : intake::v1::Registration();
}

std::string Short(const absl::Status& status) {
  std::string text = absl::StatusCodeToString(status.code());
  for (const ErrorDetail& detail : DetailsOf(status)) {
    absl::StrAppend(&text, " ", detail.reason, detail.field.empty() ? "" : " ", detail.field);
  }
  return text;
}

std::string ShapeName(const ::testing::TestParamInfo<Shape>& info) {
  return info.param == Shape::kAll ? "All" : "Split";
}

}  // namespace wissel::testing
