#include "libs/rpc/interceptors/values.h"

#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/insight/v1/insight.pb.h"

namespace wissel::rpc {
namespace {

std::string WrongField(const google::protobuf::Message& request) {
  const absl::Status status = CheckValues(request);
  if (status.ok()) return "";
  EXPECT_EQ(ReasonOf(status), "invalid_value");
  return DetailsOf(status)[0].field;
}

TEST(CheckValuesTest, FindsANumberThatNoEnumHasWhereverItStands) {
  insight::v1::GetFiguresRequest figures;
  figures.mutable_received()->mutable_from()->set_seconds(1);
  EXPECT_EQ(WrongField(figures), "");
  figures.set_grouping(static_cast<insight::v1::FigureGrouping>(99));
  EXPECT_EQ(WrongField(figures), "grouping");

  directory::v1::EnsureTeamsRequest teams;
  teams.add_teams();
  teams.add_teams()->add_norms()->set_channel(common::v1::CHANNEL_PHONE);
  EXPECT_EQ(WrongField(teams), "");
  teams.mutable_teams(1)->add_norms()->set_channel(static_cast<common::v1::Channel>(-1));
  EXPECT_EQ(WrongField(teams), "teams[1].norms[1].channel");

  directory::v1::PutAccountRequest account;
  account.add_roles(options::v1::ROLE_MANAGER);
  account.add_roles(static_cast<options::v1::Role>(77));
  EXPECT_EQ(WrongField(account), "roles[1]");
}

}  // namespace
}  // namespace wissel::rpc
