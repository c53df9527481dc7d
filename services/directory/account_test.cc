#include "services/directory/account.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::directory {
namespace {

using ::testing::ElementsAre;

std::string Why(const absl::Status& status) {
  if (status.ok()) return "OK";
  const ErrorDetail detail = DetailsOf(status).front();
  return absl::StrCat(detail.reason, " ", detail.field);
}

v1::PutAccountRequest Good() {
  v1::PutAccountRequest request;
  request.set_login("jan");
  request.set_display_name("Jan Jansen");
  request.add_roles(options::v1::ROLE_MANAGER);
  return request;
}

TEST(ReadAccount, FoldsAndSorts) {
  v1::PutAccountRequest request = Good();
  request.set_login("Jan.De-Vries+KCC@Rijswijk.NL");
  request.add_roles(options::v1::ROLE_KCC_AGENT);
  request.add_roles(options::v1::ROLE_MANAGER);
  for (const char* id : {"b", "a", "b"}) request.add_team_ids(id);
  const auto account = ReadAccount(request);
  ASSERT_TRUE(account.ok()) << account.status();
  EXPECT_EQ(account->login, "jan.de-vries+kcc@rijswijk.nl");
  EXPECT_THAT(account->roles, ElementsAre(options::v1::ROLE_KCC_AGENT, options::v1::ROLE_MANAGER));
  EXPECT_THAT(account->team_ids, ElementsAre("a", "b"));
}

TEST(ReadAccount, LimitsOfLogin) {
  const auto why = [](const std::string& login) {
    v1::PutAccountRequest request = Good();
    request.set_login(login);
    return Why(ReadAccount(request).status());
  };
  EXPECT_EQ(why(""), "required login");
  EXPECT_EQ(why("ab"), "too_short login");
  EXPECT_EQ(why("abc"), "OK");
  EXPECT_EQ(why(std::string(64, 'x')), "OK");
  EXPECT_EQ(why(std::string(65, 'x')), "too_long login");
  for (const char* bad : {"jan jansen", "jánós", "jan\n", "jan/",
                          "\xd1\x98"
                          "an"}) {
    EXPECT_EQ(why(bad), "invalid_login login") << bad;
  }
}

TEST(ReadAccount, LimitsOfTheRest) {
  v1::PutAccountRequest request = Good();
  request.clear_display_name();
  EXPECT_EQ(Why(ReadAccount(request).status()), "required display_name");
  request.set_display_name(std::string(101, 'x'));
  EXPECT_EQ(Why(ReadAccount(request).status()), "too_long display_name");
  request = Good();
  request.clear_roles();
  EXPECT_EQ(Why(ReadAccount(request).status()), "required roles");
  for (const int role : {0, 7, 99}) {
    request = Good();
    request.add_roles(static_cast<options::v1::Role>(role));
    EXPECT_EQ(Why(ReadAccount(request).status()), "invalid_role roles") << role;
  }
  request = Good();
  for (int i = 0; i < 1001; ++i) request.add_team_ids("a");
  EXPECT_EQ(Why(ReadAccount(request).status()), "too_many team_ids");
}

TEST(CheckPassword, TwelveToHundredTwentyEightCharacters) {
  EXPECT_EQ(Why(CheckPassword("elf letters")), "password_too_short password");
  EXPECT_EQ(Why(CheckPassword("éééééééééééé")), "OK");
  EXPECT_EQ(Why(CheckPassword("ééééééééééé")), "password_too_short password");
  EXPECT_EQ(Why(CheckPassword(std::string(128, 'x'))), "OK");
  EXPECT_EQ(Why(CheckPassword(std::string(129, 'x'))), "too_long password");
}

// (B11, C10)
TEST(ReadAccount, NamesHoldNothingThatNobodySees) {
  v1::PutAccountRequest request = Good();
  request.set_display_name("Kim\u202E de Wit");
  EXPECT_EQ(Why(ReadAccount(request).status()), "invalid_character display_name");
  EXPECT_EQ(DetailsOf(ReadAccount(request).status())[0].facts.at("character"), "U+202E");
  request.set_display_name(std::string(107, 'x'));
  EXPECT_EQ(DetailsOf(ReadAccount(request).status())[0].facts.at("length"), "107");
  request = Good();
  request.set_login("kim\u200B");
  EXPECT_EQ(Why(ReadAccount(request).status()), "invalid_login login");
}

TEST(CheckLabel, OneToHundredCharacters) {
  EXPECT_EQ(Why(CheckLabel("")), "required label");
  EXPECT_EQ(Why(CheckLabel(std::string(100, 'x'))), "OK");
  EXPECT_EQ(Why(CheckLabel(std::string(101, 'x'))), "too_long label");
}

}  // namespace
}  // namespace wissel::directory
