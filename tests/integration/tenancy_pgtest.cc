// What one municipality can learn of another where rows are not the only thing that could tell:
// words of an error, streams, page tokens, names of accounts, logs and metrics. Who may call what,
// and rows, are walked in permission_matrix_pgtest.cc.

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/pg/pool.h"
#include "libs/testing/cluster.h"
#include "tests/integration/demo_fixture.h"
#include "tests/integration/two_tenants.h"
#include "tests/support/stream_client.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Tenancy : public ::testing::TestWithParam<Shape> {
 protected:
  ApiClient As(const Tenant& tenant, options::v1::Role role) {
    return ApiClient(tenants().installation().url(), tenant.tokens.at(role));
  }

  // A new case of the municipality, which its team returned to the KCC: every KCC is called "kcc".
  int64_t PutInTriage(const Tenant& tenant) {
    ApiClient agent = As(tenant, options::v1::ROLE_KCC_AGENT);
    ApiClient lead = As(tenant, options::v1::ROLE_TEAM_LEAD);
    const auto registered = agent.Ask<intake::v1::RegisterCallbackResponse>(AnnasCallback());
    EXPECT_TRUE(registered.ok()) << registered.status();
    cases::v1::ReturnCaseRequest back;
    back.set_idempotency_key(NewKey());
    back.set_reference(registered->registration().reference());
    back.set_reason("Dit is niet voor ons.");
    const auto returned = lead.Ask<cases::v1::ReturnCaseResponse>(back);
    EXPECT_TRUE(returned.ok()) << returned.status();
    EXPECT_EQ(returned->case_().team_id(), "kcc");
    return back.reference();
  }

  static void TearDownTestSuite() { All().clear(); }

  // One for all tests of a suite.
  TwoTenants& tenants() {
    std::unique_ptr<TwoTenants>& tenants = All()[GetParam()];
    if (tenants == nullptr) tenants = std::make_unique<TwoTenants>(GetParam());
    return *tenants;
  }

 private:
  static std::map<Shape, std::unique_ptr<TwoTenants>>& All() {
    static auto* const all = new std::map<Shape, std::unique_ptr<TwoTenants>>;
    return *all;
  }
};

// Byte for byte: a number of another municipality is answered as one that nobody has.
TEST_P(Tenancy, TheWordsOfARefusalAreTheSame) {
  int compared = 0;
  for (const rpc::Method& method : rpc::MethodTable::Get().methods()) {
    const auto* type = method.descriptor->input_type();
    if (type->FindFieldByName("reference") == nullptr) continue;
    for (const int role : method.permission.roles()) {
      // Nobody signs in as a part of Wissel.
      if (role == options::v1::ROLE_SERVICE) continue;
      Ids theirs = tenants().own().ids;
      theirs.reference = tenants().other().ids.reference;
      Ids nobodys = tenants().own().ids;
      nobodys.reference = 9999999998;
      const auto ask = [&](const Ids& ids) {
        std::string json;
        EXPECT_TRUE(
            google::protobuf::util::MessageToJsonString(*FilledRequest(type, ids), &json).ok());
        ApiClient who = As(tenants().own(), static_cast<options::v1::Role>(role));
        const WebClient::Answer answer = who.web().Post(method.path, json);
        return absl::StrCat(answer.code, " ", answer.body);
      };
      const std::string refused = ask(theirs);
      EXPECT_EQ(refused, ask(nobodys)) << method.path;
      EXPECT_THAT(refused, HasSubstr("404")) << method.path;
      ++compared;
    }
  }
  EXPECT_GT(compared, 20);
}

TEST_P(Tenancy, AScreenShowsNothingOfAQueueWithTheSameName) {
  ApiClient agent = As(tenants().own(), options::v1::ROLE_KCC_AGENT);
  cases::v1::WatchQueueRequest watch;
  watch.set_team_id("kcc");
  StreamClient screen(tenants().installation().url(), ApiClient::PathOf(watch.GetDescriptor()),
                      agent.web().token(), watch);
  cases::v1::WatchQueueResponse update;
  ASSERT_EQ(screen.Next(&update), absl::OkStatus());

  const int64_t theirs = PutInTriage(tenants().other());
  const int64_t ours = PutInTriage(tenants().own());
  for (bool seen = false; !seen;) {
    ASSERT_EQ(screen.Next(&update), absl::OkStatus());
    for (const cases::v1::CaseSummary& row : update.changed()) {
      EXPECT_NE(row.reference(), theirs);
      seen |= row.reference() == ours;
    }
  }
}

TEST_P(Tenancy, APlaceInAQueueOfAnotherIsNoPlace) {
  PutInTriage(tenants().other());
  PutInTriage(tenants().other());
  cases::v1::ListQueueRequest list;
  list.set_team_id("kcc");
  list.set_page_size(1);
  const auto page =
      As(tenants().other(), options::v1::ROLE_KCC_AGENT).Ask<cases::v1::ListQueueResponse>(list);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->next_page_token(), Not(IsEmpty()));
  list.set_page_token(page->next_page_token());
  EXPECT_EQ(Short(As(tenants().own(), options::v1::ROLE_KCC_AGENT)
                      .Ask<cases::v1::ListQueueResponse>(list)
                      .status()),
            "INVALID_ARGUMENT invalid_page_token page_token");
}

// "account-2" is in both municipalities.
TEST_P(Tenancy, AccountsOfTheSameNameHaveNothingInCommon) {
  directory::v1::PutAccountRequest account;
  account.set_login("account-2");
  account.set_display_name("Nieuwe naam");
  account.set_password("een heel ander wachtwoord");
  account.add_roles(options::v1::ROLE_MANAGER);
  const auto put = As(tenants().own(), options::v1::ROLE_FUNCTIONAL_ADMIN)
                       .Ask<directory::v1::PutAccountResponse>(account);
  ASSERT_TRUE(put.ok()) << put.status();
  WebClient door(tenants().installation().url());
  EXPECT_EQ(door.SignIn(tenants().own().ids.tenant_id, "account-2", "een heel ander wachtwoord"),
            absl::OkStatus());
  EXPECT_EQ(
      Short(door.SignIn(tenants().other().ids.tenant_id, "account-2", "een heel ander wachtwoord")),
      "UNAUTHENTICATED wrong_credentials");
  const auto session =
      As(tenants().other(), options::v1::ROLE_TEAM_MEMBER)
          .Ask<directory::v1::GetSessionResponse>(directory::v1::GetSessionRequest());
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_THAT(session->session().display_name(), HasSubstr(kSecretWord));
}

// Its walk changes passwords and calendars, so it has tenants of its own.
class Traces : public Tenancy {
 protected:
  // Has PostgreSQL refuse a row with a name in it, as any fault in a store might; and a value,
  // which it would quote beside its error.
  void BreakARule() {
    const pg::Statement insert = {"test_insert", R"(
      insert into cases.contact (tenant_id, case_id, contact_no, channel, family_name, email,
                                 subject, received_at)
      select tenant_id, case_id, 99, 1, $1::text, $2::text, repeat('x', 201), now()
        from cases.case_file limit 1)"};
    const pg::Statement value = {"test_value", "select ($1::text || 'x')::json"};
    const auto pool = pg::Pool::Open({.conninfo = tenants().database().ConnInfo("cases"),
                                      .size = 1,
                                      .statements = {insert, value}})
                          .value();
    const auto run = [&](const pg::Statement& statement, std::initializer_list<pg::Param> params) {
      return pool->InTenant(tenants().other().ids.tenant_id, absl::Now() + absl::Seconds(60),
                            pg::Access::kWrite, [&](pg::Transaction& transaction) {
                              return transaction.Run(statement, params).status();
                            });
    };
    EXPECT_EQ(ReasonOf(run(insert, {"Toetssteen", "geheim@voorbeeld.nl"})), "constraint");
    EXPECT_FALSE(run(value, {"Toetssteen"}).ok());
  }
};

// Everything is called by everybody, well and badly; then the traces are read.
TEST_P(Traces, LogsAndMetricsNameNobody) {
  const size_t before = Cluster::Get().Log().size();
  PutInTriage(tenants().other());
  WebClient door(tenants().installation().url());
  EXPECT_FALSE(door.SignIn("GM0001", "geheim@example.org", "kanarie in het wachtwoord").ok());
  for (const rpc::Method& method : rpc::MethodTable::Get().methods()) {
    if (absl::EndsWith(method.path, "/SignOut")) continue;
    for (const Tenant* tenant : {&tenants().own(), &tenants().other()}) {
      for (const auto& [role, token] : tenant->tokens) {
        const auto* type = method.descriptor->input_type();
        tenants().call().Call(method, *FilledRequest(type, tenant->ids), {token}).IgnoreError();
        tenants().call().Call(method, *FilledRequest(type, {}), {token}).IgnoreError();
      }
    }
  }

  const std::string logged = tenants().installation().Logged();
  const std::string metrics = tenants().installation().Metrics();
  EXPECT_THAT(metrics, HasSubstr("wissel_"));
  BreakARule();
  const std::string of_postgres = Cluster::Get().Log().substr(before);
  EXPECT_THAT(of_postgres, HasSubstr("contact_subject_length")) << "it logs what it refuses";
  EXPECT_THAT(of_postgres, HasSubstr("invalid input syntax for type json"));
  for (const std::string& traces : {logged, metrics, of_postgres}) {
    for (const char* personal : {kSecretWord, "merel", "piet@example.org", "31703261000",
                                 "Toetssteen", "toetssteen", "12345678", "geheim", "wachtwoord",
                                 "slechthorend", "horse battery", "wst_", "Paspoort"}) {
      EXPECT_THAT(traces, Not(HasSubstr(personal)));
    }
    EXPECT_THAT(traces, Not(HasSubstr(tenants().service_token())));
  }
  EXPECT_THAT(metrics, Not(HasSubstr(tenants().other().ids.tenant_id)));
  EXPECT_THAT(metrics, Not(HasSubstr(absl::StrCat(tenants().other().ids.reference))));

  int lines = 0;
  for (const absl::string_view line : absl::StrSplit(logged, '\n', absl::SkipEmpty())) {
    google::protobuf::Struct object;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(std::string(line), &object).ok())
        << line;
    for (const char* name : {"at", "level", "event"}) {
      EXPECT_EQ(object.fields().count(name), 1u) << line;
    }
    ++lines;
  }
  EXPECT_GT(lines, 20);
}

INSTANTIATE_TEST_SUITE_P(BothShapes, Tenancy, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

INSTANTIATE_TEST_SUITE_P(BothShapes, Traces, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
