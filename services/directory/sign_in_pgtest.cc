#include <atomic>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "libs/base/proto_time.h"
#include "libs/telemetry/metrics.h"
#include "re2/re2.h"
#include "services/directory/directory_fixture.h"
#include "services/directory/session_store.h"
#include "services/directory/sign_in.h"
#include "services/directory/sign_in_store.h"

namespace wissel::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SignInTest : public DirectoryFixture {
 protected:
  SignInTest() { EXPECT_EQ(Short(Put(Account("jan", options::v1::ROLE_KCC_AGENT))), "OK"); }

  absl::StatusOr<v1::GetSessionResponse> GetSession(const std::string& token) {
    return Call(&Stub::GetSession, v1::GetSessionRequest(), token);
  }
  std::string SignOut(const std::string& token) {
    return Short(Call(&Stub::SignOut, v1::SignOutRequest(), token));
  }
  std::unique_ptr<pg::Pool> OpenPool(std::vector<pg::Statement> statements) {
    return pg::Pool::Open({.conninfo = database_.ConnInfo("directory"),
                           .size = 1,
                           .statements = std::move(statements)})
        .value();
  }
  void WrongTries(const std::string& login, int count) {
    for (int i = 0; i < count; ++i) {
      EXPECT_EQ(Short(SignIn(login, "wrong horse battery")), "UNAUTHENTICATED wrong_credentials");
    }
  }
};

TEST_F(SignInTest, StartsASession) {
  v1::EnsureTeamsRequest teams;
  teams.add_teams()->set_team_id("parkeren");
  teams.mutable_teams(0)->set_name("Parkeren");
  ASSERT_EQ(Short(Call(&Stub::EnsureTeams, teams, service_token_, "GM0603")), "OK");
  v1::PutAccountRequest account = Account("piet", options::v1::ROLE_TEAM_LEAD);
  account.add_roles(options::v1::ROLE_TEAM_MEMBER);
  account.add_team_ids("parkeren");
  account.add_team_ids("kcc");
  const auto put = Put(account);
  ASSERT_EQ(Short(put), "OK");

  const auto signed_in = SignIn("piet");
  ASSERT_EQ(Short(signed_in), "OK");
  const v1::Session& session = signed_in->session();
  EXPECT_EQ(session.municipality().tenant_id(), "GM0603");
  EXPECT_EQ(session.municipality().name(), "Rijswijk");
  EXPECT_EQ(session.municipality().time_zone(), "Europe/Amsterdam");
  EXPECT_EQ(session.account_id(), put->account_id());
  EXPECT_EQ(session.display_name(), "piet Jansen");
  EXPECT_THAT(session.roles(),
              ElementsAre(options::v1::ROLE_TEAM_MEMBER, options::v1::ROLE_TEAM_LEAD));
  EXPECT_THAT(session.team_ids(), ElementsAre("kcc", "parkeren"));
  // A working day and its breaks, and no more: half a day.
  EXPECT_LT(wissel::FromProto(session.expires_at()), absl::Now() + absl::Hours(13));
  EXPECT_GT(wissel::FromProto(session.expires_at()), absl::Now() + absl::Hours(11));

  const auto found = GetSession(signed_in->token());
  ASSERT_EQ(Short(found), "OK");
  EXPECT_EQ(found->session().SerializeAsString(), session.SerializeAsString());
}

TEST_F(SignInTest, NameIsNotCaseSensitiveAndPasswordIs) {
  EXPECT_EQ(Short(SignIn("JAN")), "OK");
  EXPECT_EQ(Short(Put(Account("Jan", options::v1::ROLE_KCC_AGENT))), "OK");
  EXPECT_EQ(database_.Admin("select count(*) from directory.account"), "1");
  EXPECT_EQ(Short(SignIn("jan", "Correct horse battery")), "UNAUTHENTICATED wrong_credentials");
}

TEST_F(SignInTest, UnknownNameAnswersAsAWrongPassword) {
  const auto wrong = SignIn("jan", "wrong horse battery");
  for (const std::string& name : {std::string("nobody"), std::string("jan "), std::string("j"),
                                  std::string("' or 1=1"), std::string("ján")}) {
    const auto unknown = SignIn(name);
    EXPECT_EQ(unknown.status().ToString(), wrong.status().ToString()) << name;
  }
}

TEST_F(SignInTest, AnAccountIsOfOneMunicipality) {
  ASSERT_EQ(Short(Ensure("GM0518", "Den Haag")), "OK");
  EXPECT_EQ(Short(SignIn("jan", kPassword, "GM0518")), "UNAUTHENTICATED wrong_credentials");
}

TEST_F(SignInTest, WrongRequests) {
  EXPECT_EQ(Short(SignIn("jan", kPassword, "")), "INVALID_ARGUMENT required tenant_id");
  EXPECT_EQ(Short(SignIn("", kPassword)), "INVALID_ARGUMENT required login");
  EXPECT_EQ(Short(SignIn("jan", "")), "INVALID_ARGUMENT required password");
  EXPECT_EQ(Short(SignIn("jan", std::string(255, 'x'))), "INVALID_ARGUMENT too_long password");
  EXPECT_EQ(Short(SignIn("jan", kPassword, "GM9999")), "NOT_FOUND unknown_municipality tenant_id");
  EXPECT_EQ(Short(SignIn("jan", kPassword,
                         std::string("GM\0"
                                     "603",
                                     6))),
            "INVALID_ARGUMENT invalid_tenant_id tenant_id");
}

TEST_F(SignInTest, EleventhTryIsRefusedAlsoWhenItIsRight) {
  WrongTries("jan", 10);
  EXPECT_EQ(Short(SignIn("jan", "wrong horse battery")), "RESOURCE_EXHAUSTED too_many_attempts");
  EXPECT_EQ(Short(SignIn("JAN")), "RESOURCE_EXHAUSTED too_many_attempts");
  // Others go on, and so does a namesake elsewhere.
  EXPECT_EQ(Short(SignIn("piet")), "UNAUTHENTICATED wrong_credentials");
  ASSERT_EQ(Short(Ensure("GM0518", "Den Haag")), "OK");
  ASSERT_EQ(Short(Put(Account("jan", options::v1::ROLE_KCC_AGENT), "GM0518")), "OK");
  EXPECT_EQ(Short(SignIn("jan", kPassword, "GM0518")), "OK");
}

// A password costs a twentieth of a second of a core to compare, which nobody can make us spend at
// will.
TEST_F(SignInTest, ANameWhoseTriesAreSpentIsNotLookedUp) {
  const auto looked_up = [] {
    int count = 0;
    RE2::PartialMatch(telemetry::MetricsText(),
                      "wissel_pg_statement_seconds_count\\{[^}]*\"directory_find_credentials\""
                      "[^}]*\\} (\\d+)",
                      &count);
    return count;
  };
  WrongTries("jan", 10);
  const int before = looked_up();
  EXPECT_GE(before, 10);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Short(SignIn("jan")), "RESOURCE_EXHAUSTED too_many_attempts");
  }
  EXPECT_EQ(looked_up(), before);
}

// While the right one was compared, others have used up the tries.
TEST_F(SignInTest, ARightOneAmongTooManyIsRefused) {
  WrongTries("jan", 10);
  const auto pool = OpenPool(SignInStatements());
  bool cleared = true;
  EXPECT_TRUE(pool->InTenant("GM0603", absl::Now() + absl::Seconds(20), pg::Access::kWrite,
                             [&](pg::Transaction& transaction) -> absl::Status {
                               WISSEL_ASSIGN_OR_RETURN(cleared, ClearTries(transaction, "jan"));
                               return absl::OkStatus();
                             })
                  .ok());
  EXPECT_FALSE(cleared);
  EXPECT_EQ(Short(SignIn("jan")), "RESOURCE_EXHAUSTED too_many_attempts");
}

TEST_F(SignInTest, APasswordThatWasChangedMeanwhileStartsNoSession) {
  const auto pool = OpenPool(SessionStatements());
  const std::string account_id =
      database_.Admin("select account_id from directory.account where login = 'jan'");
  const std::string hash =
      database_.Admin("select password_hash from directory.account where login = 'jan'");
  const auto starts = [&](const std::string& password_hash) {
    bool started = false;
    EXPECT_TRUE(pool->InTenant("GM0603", absl::Now() + absl::Seconds(20), pg::Access::kWrite,
                               [&](pg::Transaction& transaction) -> absl::Status {
                                 WISSEL_ASSIGN_OR_RETURN(
                                     started,
                                     InsertSession(transaction, std::string(32, 'x'), account_id,
                                                   password_hash, absl::Hours(1)));
                                 return absl::OkStatus();
                               })
                    .ok());
    return started;
  };
  EXPECT_FALSE(starts("the hash of before"));
  EXPECT_EQ(database_.Admin("select count(*) from directory.session"), "0");
  EXPECT_TRUE(starts(hash));
}

TEST_F(SignInTest, LimitHoldsForNamesThatNobodyHas) {
  WrongTries("nobody", 10);
  EXPECT_EQ(Short(SignIn("nobody")), "RESOURCE_EXHAUSTED too_many_attempts");
}

TEST_F(SignInTest, TriesAreForgottenAfterFifteenMinutes) {
  WrongTries("jan", 10);
  const std::string age =
      "update directory.sign_in_attempt set last_at = last_at - interval '$', wrong_at = "
      "array(select at - interval '$' from unnest(wrong_at) at)";
  const auto older = [&](const std::string& by) {
    std::string sql = age;
    while (sql.find('$') != std::string::npos) sql.replace(sql.find('$'), 1, by);
    database_.Admin(sql);
  };
  older("14 minutes");
  EXPECT_EQ(Short(SignIn("jan")), "RESOURCE_EXHAUSTED too_many_attempts");
  older("61 seconds");
  EXPECT_EQ(Short(SignIn("jan")), "OK");
}

TEST_F(SignInTest, ARightOneClearsTheCount) {
  WrongTries("jan", 9);
  EXPECT_EQ(Short(SignIn("jan")), "OK");
  WrongTries("jan", 9);
  EXPECT_EQ(Short(SignIn("jan")), "OK");
}

TEST_F(SignInTest, OldTriesAreSweptAndNamesAreNotKept) {
  WrongTries("nobody", 1);
  EXPECT_EQ(database_.Admin("select count(*) from directory.sign_in_attempt a "
                            "where to_jsonb(a)::text ilike '%nobody%'"),
            "0");
  database_.Admin("update directory.sign_in_attempt set last_at = last_at - interval '16 minutes'");
  WrongTries("jan", 1);
  EXPECT_EQ(database_.Admin("select count(*) from directory.sign_in_attempt"), "1");
}

TEST_F(SignInTest, OfManyTriesAtOnceTenAreHeard) {
  std::atomic<int> wrong = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> guessers;
  for (int i = 0; i < 24; ++i) {
    guessers.emplace_back([&] {
      const std::string answer = Short(SignIn("jan", "wrong horse battery"));
      if (answer == "UNAUTHENTICATED wrong_credentials") ++wrong;
      if (answer == "RESOURCE_EXHAUSTED too_many_attempts") ++refused;
    });
  }
  for (std::thread& guesser : guessers) guesser.join();
  EXPECT_EQ(wrong, 10);
  EXPECT_EQ(refused, 14);
}

TEST_F(SignInTest, ManyRightOnesAtOnceAllSignIn) {
  std::atomic<int> in = 0;
  std::vector<std::thread> people;
  for (int i = 0; i < 16; ++i) {
    people.emplace_back([&] {
      if (SignIn("jan").ok()) ++in;
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(in, 16);
}

TEST_F(SignInTest, SessionEndsByItself) {
  const std::string token = SignIn("jan").value().token();
  EXPECT_EQ(Short(GetSession(token)), "OK");
  database_.Admin("update directory.session set expires_at = now() - interval '1 second'");
  clock_.Advance(absl::Seconds(6));
  EXPECT_EQ(Short(GetSession(token)), "UNAUTHENTICATED invalid_token");
  // The next one who signs in sweeps it.
  EXPECT_EQ(Short(SignIn("jan")), "OK");
  EXPECT_EQ(database_.Admin("select count(*) from directory.session"), "1");
}

TEST_F(SignInTest, SignOutEndsOneSessionAtOnce) {
  const std::string first = SignIn("jan")->token();
  const std::string second = SignIn("jan")->token();
  EXPECT_EQ(Short(GetSession(first)), "OK");
  EXPECT_EQ(SignOut(first), "OK");
  // The cache of tokens still knows it; the directory does not.
  EXPECT_EQ(Short(GetSession(first)), "UNAUTHENTICATED invalid_token token");
  EXPECT_EQ(Short(GetSession(second)), "OK");
  EXPECT_EQ(SignOut(first), "OK");
  EXPECT_EQ(SignOut(""), "OK");
  EXPECT_EQ(SignOut("nonsense"), "OK");
  EXPECT_EQ(Short(GetSession(second)), "OK");
}

TEST_F(SignInTest, TokensAreStoredAsHashesOnly) {
  const std::string token = SignIn("jan").value().token();
  EXPECT_EQ(
      database_.Admin("select count(*) from directory.session s where to_jsonb(s)::text like '%" +
                      token.substr(11) + "%'"),
      "0");
  EXPECT_EQ(database_.Admin("select left(password_hash, 10) from directory.account"), "$argon2id$");
}

TEST_F(SignInTest, ATokenOfAnotherMunicipalityIsNobodys) {
  ASSERT_EQ(Short(Ensure("GM0518", "Den Haag")), "OK");
  std::string token = SignIn("jan")->token();
  token.replace(4, 6, "GM0518");
  EXPECT_EQ(Short(GetSession(token)), "UNAUTHENTICATED invalid_token");
}

TEST_F(SignInTest, SaysToWhomItActsOnlyForAService) {
  ASSERT_EQ(Short(Ensure("GM0518", "Den Haag")), "OK");
  const std::string token = SignIn("jan").value().token();
  const auto session = Call(&Stub::GetSession, v1::GetSessionRequest(), token, "GM0518");
  ASSERT_EQ(Short(session), "OK");
  EXPECT_EQ(session->session().municipality().tenant_id(), "GM0603");
}

TEST_F(SignInTest, Authenticate) {
  v1::AuthenticateRequest request;
  request.set_token(SignIn("jan")->token());
  const auto who = Call(&Stub::Authenticate, request, service_token_);
  ASSERT_EQ(Short(who), "OK");
  EXPECT_EQ(who->session().display_name(), "jan Jansen");
  // Only for services, and only about tokens that are there.
  EXPECT_EQ(Short(Call(&Stub::Authenticate, request, request.token())),
            "PERMISSION_DENIED not_permitted");
  EXPECT_EQ(Short(Call(&Stub::Authenticate, request)), "UNAUTHENTICATED not_signed_in");
  for (const std::string& token : {std::string(), std::string("x"), service_token_,
                                   identity::MakeToken("GM0603"), identity::MakeToken("GM9999")}) {
    request.set_token(token);
    EXPECT_EQ(Short(Call(&Stub::Authenticate, request, service_token_)),
              "UNAUTHENTICATED invalid_token token");
  }
}

TEST_F(SignInTest, WithoutADatabaseItSaysSo) {
  const std::string token = SignIn("jan").value().token();
  database_.Admin("alter role wissel_directory nologin");
  database_.Admin(
      "select count(pg_terminate_backend(pid)) from pg_stat_activity "
      "where usename = 'wissel_directory'");
  const auto without = GetSession(token);
  database_.Admin("alter role wissel_directory login");
  EXPECT_TRUE(absl::IsUnavailable(without.status())) << without.status();
  EXPECT_EQ(Short(GetSession(token)), "OK");
}

}  // namespace
}  // namespace wissel::directory
