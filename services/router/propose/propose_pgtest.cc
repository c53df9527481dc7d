// A proposal from the cases of a real database, through a real server.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/sop/sop_reader.h"
#include "services/router/router_fixture.h"

namespace wissel::router {
namespace {

using Sops = Node::Sops;

class ProposePgTest : public RouterFixture {
 protected:
  // Cases of GM1, from `first` on, received one an hour from a day in April 2026 on; `outcome` 0:
  // open.
  void Plant(int first, int count, const char* topic, const char* neighbourhood, const char* team,
             int outcome = 2, const char* from = "2026-04-01") {
    const std::string head =
        absl::StrCat(" select 'GM1', i, ", outcome == 0 ? "1, 0" : absl::StrCat("3, ", outcome),
                     ", 1, '", team, "', '", topic, "', at, 'infinity', ",
                     outcome == 0 ? "null" : "at", " from (select i, timestamptz '", from,
                     " 12:00+02' + i * interval '1 hour' as at from generate_series(", first, ", ",
                     first + count - 1, ") as i) as n;");
    database_.Admin(absl::StrCat(
        "insert into cases.case_file (tenant_id, case_id, state, outcome, channel, team_id,"
        " topic_id, received_at, due_at, closed_at)",
        head,
        "insert into cases.contact (tenant_id, case_id, contact_no, channel, subject, received_at,"
        " neighbourhood) select tenant_id, case_id, 1, channel, 'Vraag', received_at, '",
        neighbourhood, "' from cases.case_file where case_id between ", first, " and ",
        first + count - 1));
  }

  static v1::ProposeSopRequest April() {
    v1::ProposeSopRequest request;
    for (const auto& [month, moment] : {std::pair(4, request.mutable_period()->mutable_from()),
                                        std::pair(5, request.mutable_period()->mutable_to())}) {
      *moment = ToProto(absl::FromCivil(absl::CivilDay(2026, month, 1), absl::UTCTimeZone()));
    }
    return request;
  }

  Node node_{database_};
};

TEST_F(ProposePgTest, LearnsFromWhatTeamsAnsweredInThePeriod) {
  ASSERT_EQ(node_.Load(kSoundSop).value(), 1);
  Plant(1, 60, "paspoort", "Noord", "burgerzaken");
  Plant(101, 40, "afval", "Noord", "reiniging");
  Plant(201, 30, "afval", "Zuid", "burgerzaken");
  // Not answered, and not in April.
  Plant(301, 20, "afval", "Zuid", "kcc", 0);
  Plant(401, 20, "afval", "Zuid", "kcc", 4);
  Plant(501, 20, "afval", "Zuid", "kcc", 2, "2026-06-01");
  database_.Admin(
      "insert into cases.contact (tenant_id, case_id, contact_no, channel, subject, received_at)"
      " select 'GM1', case_id, 2, 1, 'Nog eens', received_at from cases.case_file");

  const auto proposal = node_.Call(&Sops::ProposeSop, April());
  ASSERT_TRUE(proposal.ok()) << proposal.status();
  EXPECT_EQ(proposal->cases(), 130);
  EXPECT_EQ(proposal->accuracy(), 1);
  EXPECT_EQ(proposal->contradictions_size(), 0);
  EXPECT_GT(proposal->held_out().cases(), 0);

  const absl::StatusOr<sop::Sop> sop = sop::ParseSop(proposal->document());
  ASSERT_TRUE(sop.ok()) << sop.status();
  ASSERT_EQ(sop->topics.size(), 3u);
  EXPECT_EQ(sop->topics[1].name, "Paspoort") << "as the SOP in force has it";
  EXPECT_EQ(sop->topics[1].parent, "documenten");
  ASSERT_EQ(proposal->rules_size(), static_cast<int>(sop->rules.size()));
  EXPECT_EQ(proposal->rules(0).rule_id(), sop->rules[0].rule_id);

  // It can come into force as it stands.
  ASSERT_EQ(node_.Load(proposal->document()).value_or(0), 2);
  node_.AwaitVersion(2);
  v1::DecideRequest contact;
  contact.set_channel(common::v1::CHANNEL_EMAIL);
  contact.set_topic_id("afval");
  contact.set_neighbourhood("Zuid");
  EXPECT_EQ(node_.Decide(contact)->team_id(), "burgerzaken");
}

TEST_F(ProposePgTest, WithoutCasesThereIsNothingToPropose) {
  EXPECT_EQ(ReasonOf(node_.Call(&Sops::ProposeSop, April()).status()), "no_history");
  v1::ProposeSopRequest backwards = April();
  backwards.mutable_period()->mutable_from()->Swap(backwards.mutable_period()->mutable_to());
  EXPECT_EQ(ReasonOf(node_.Call(&Sops::ProposeSop, backwards).status()), "period");
  Plant(1, 60, "paspoort", "Noord", "burgerzaken");
  EXPECT_EQ(ReasonOf(node_.Call(&Sops::ProposeSop, April(), "GM2").status()), "no_history")
      << "of another municipality";
}

}  // namespace
}  // namespace wissel::router
