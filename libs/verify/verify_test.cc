// Each kind of finding planted in a correct SOP, that of the demo municipality: it is found, and
// nothing else is.

#include "libs/verify/verify.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/decision/compiled_sop.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/test_sops.h"
#include "libs/verify/finding_text.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = Finding::Kind;

constexpr absl::CivilDay kToday(2026, 11, 22);

// What the directory says when everything is well.
absl::flat_hash_map<std::string, TeamFacts> GoodFacts(const sop::Sop& sop) {
  absl::flat_hash_map<std::string, TeamFacts> facts;
  for (const sop::SopTeam& team : sop.teams) {
    facts[team.team_id] = {
        .name = team.team_id, .mailbox = "team@stad.example", .members = 2, .has_lead = true};
  }
  return facts;
}

class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() : sop_(sop::ParseSop(sop::RepositoryFile("deploy/demo/sop.yaml")).value()) {
    facts_ = GoodFacts(sop_);
  }

  sop::SopRule& Rule(const std::string& rule_id) {
    for (sop::SopRule& rule : sop_.rules) {
      if (rule.rule_id == rule_id) return rule;
    }
    ADD_FAILURE() << "no rule " << rule_id;
    return sop_.rules.front();
  }

  sop::SopTeam& Team(const std::string& team_id) {
    for (sop::SopTeam& team : sop_.teams) {
      if (team.team_id == team_id) return team;
    }
    ADD_FAILURE() << "no team " << team_id;
    return sop_.teams.front();
  }

  // Puts `rule` before the rule with this id, with its priority.
  sop::SopRule& Insert(const std::string& before, sop::SopRule rule) {
    const sop::SopRule& at = Rule(before);
    rule.priority = at.priority;
    rule.source.location = {.line = at.source.location.line, .column = 1};
    return *sop_.rules.insert(sop_.rules.begin() + (&at - sop_.rules.data()), std::move(rule));
  }

  std::vector<Finding> Check() const { return Verify(sop_, {.teams = facts_, .today = kToday}); }

  // The one finding, of this kind.
  Finding Only(Kind kind, Finding::Severity severity = Finding::Severity::kError) const {
    std::vector<Finding> findings = Check();
    for (const Finding& finding : findings) {
      EXPECT_EQ(static_cast<int>(finding.kind), static_cast<int>(kind)) << finding.message;
      EXPECT_EQ(finding.severity == Finding::Severity::kError,
                severity == Finding::Severity::kError);
    }
    EXPECT_EQ(findings.size(), 1u);
    EXPECT_EQ(HasErrors(findings), severity == Finding::Severity::kError);
    return findings.empty() ? Finding() : findings.front();
  }

  // The rule that decides about an example.
  std::string Decides(const Example& example) const {
    const auto compiled = decision::CompiledSop::Compile(sop_, 1).value();
    const size_t rule =
        compiled->Match({.channel = example.channel,
                         .topic_id = example.topic_id,
                         .is_business = example.customer == sop::CustomerKind::kBusiness,
                         .is_urgent = example.urgency == sop::Urgency::kUrgent,
                         .neighbourhood = example.neighbourhood,
                         .postcode = example.postcode,
                         .municipality = example.municipality,
                         .menu_key = example.menu_key,
                         .weekday = example.weekday,
                         .minute = example.minute,
                         .closed_day = example.closed_day});
    return rule < sop_.rules.size() ? sop_.rules[rule].rule_id : "";
  }

  sop::Sop sop_;
  absl::flat_hash_map<std::string, TeamFacts> facts_;
};

TEST_F(VerifyTest, FindsNothingInTheDemoSop) {
  EXPECT_THAT(Check(), IsEmpty());
  EXPECT_THAT(Verify(sop_, {.teams = std::nullopt, .today = kToday}), IsEmpty());
}

// With a budget that ends, everything that is found is still true, and what was not looked at is
// said; with one that lasts nothing is.
TEST_F(VerifyTest, SaysWhatItCouldNotSettle) {
  const auto kinds = [this](SearchBudget budget) {
    std::multiset<Kind> found;
    for (const Finding& finding : Verify(sop_, {.teams = facts_, .today = kToday}, budget)) {
      found.insert(finding.kind);
    }
    return found;
  };
  // Also where a contact is found with the very last of it.
  for (int whole = 1; whole <= 50; ++whole) {
    EXPECT_THAT(kinds({.whole = whole}), ElementsAre(Kind::kUnsettled)) << whole;
  }
  EXPECT_THAT(kinds({.question = 1}), ElementsAre(Kind::kUnsettled));
  EXPECT_THAT(kinds({}), IsEmpty());
}

TEST_F(VerifyTest, NoOutcome) {
  sop_.rules.pop_back();
  const Finding finding = Only(Kind::kNoOutcome);
  ASSERT_TRUE(finding.example);
  EXPECT_EQ(Decides(*finding.example), "");
}

TEST_F(VerifyTest, NoOutcomeOnlyAtOneMoment) {
  sop_.rules.back().unless = {{.weekdays = {6}, .menu = {"9"}}};
  const Finding finding = Only(Kind::kNoOutcome);
  ASSERT_TRUE(finding.example);
  EXPECT_EQ(finding.example->weekday, 6);
  EXPECT_EQ(finding.example->menu_key, "9");
  EXPECT_EQ(Decides(*finding.example), "");
}

TEST_F(VerifyTest, Unreachable) {
  sop::SopRule late = Rule("melding-handhaving");
  late.rule_id = "te-laat";
  late.when.topics = {"foutparkeren"};
  late.when.channels = {common::v1::CHANNEL_PHONE};
  Insert("financieel-steunpunt", late);
  const Finding finding = Only(Kind::kUnreachable);
  EXPECT_EQ(finding.rule_id, "te-laat");
  EXPECT_THAT(finding.other_rules, ElementsAre("melding-handhaving"));
  EXPECT_FALSE(finding.example);
}

TEST_F(VerifyTest, UnreachableBecauseTwoRulesTogetherCoverIt) {
  sop::SopRule late = Rule("zorgen-om-een-kind");
  late.rule_id = "te-laat";
  late.priority = 80;
  late.when.hours.reset();
  late.then.outcome = v1::OUTCOME_QUEUE;
  Insert("menu-melding", late);
  const Finding finding = Only(Kind::kUnreachable);
  EXPECT_THAT(finding.other_rules,
              ElementsAre("zorgen-om-een-kind", "zorgen-om-een-kind-gesloten"));
}

// Wherever the budget ends: either it is said, or all is found that there is.
TEST_F(VerifyTest, FindsAllOrSaysThatItCouldNot) {
  for (const char* const rule : {"menu-melding", "openingstijden"}) {
    sop::SopRule late = Rule(rule);
    late.rule_id = std::string(rule) + "-te-laat";
    sop_.rules.insert(sop_.rules.end() - 1, late);
  }
  const auto found = [this](SearchBudget budget) {
    std::vector<std::string> rules;
    for (const Finding& finding : Verify(sop_, {.teams = facts_, .today = kToday}, budget)) {
      if (finding.kind == Kind::kUnsettled) return std::vector<std::string>{"unsettled"};
      rules.push_back(finding.rule_id);
    }
    return rules;
  };
  const std::vector<std::string> all = found({});
  ASSERT_THAT(all, ::testing::SizeIs(2));
  int settled = 0;
  for (int64_t whole = 1; settled < 20; whole += 1 + whole / 100) {
    const std::vector<std::string> rules = found({.whole = whole});
    if (rules == std::vector<std::string>{"unsettled"}) continue;
    ++settled;
    EXPECT_EQ(rules, all) << whole;
  }
}

TEST_F(VerifyTest, UnreachableBecauseItsConditionsExcludeEachOther) {
  Rule("verkiezingen").unless = {{.topics = {"verkiezingen"}}};
  // What it took falls to the last rule.
  const Finding finding = Only(Kind::kUnreachable);
  EXPECT_EQ(finding.rule_id, "verkiezingen");
  EXPECT_THAT(finding.other_rules, IsEmpty());
}

TEST_F(VerifyTest, Contradiction) {
  Rule("tekst-parkeren").priority = 35;
  const Finding finding = Only(Kind::kContradiction);
  EXPECT_EQ(finding.rule_id, "tekst-burgerzaken");
  EXPECT_THAT(finding.other_rules, ElementsAre("tekst-parkeren"));
  ASSERT_TRUE(finding.example);
  EXPECT_GE(finding.example->with_keywords.size(), 2u);
}

TEST_F(VerifyTest, NoContradictionWhereTheSameIsSaid) {
  Rule("tekst-parkeren").priority = 35;
  Rule("tekst-parkeren").then = Rule("tekst-burgerzaken").then;
  EXPECT_THAT(Check(), IsEmpty());
}

TEST_F(VerifyTest, UnknownTeam) {
  Rule("klacht").then.team_id = "klachten";
  Finding finding = Only(Kind::kUnknownTeam);
  EXPECT_EQ(finding.team_id, "klachten");
  EXPECT_EQ(finding.rule_id, "klacht");
  // Described, but the municipality does not have it.
  facts_.erase("schade");
  Rule("klacht").then.team_id = "kcc";
  EXPECT_EQ(Only(Kind::kUnknownTeam).team_id, "schade");
}

TEST_F(VerifyTest, NoMailbox) {
  Team("schade").mailbox.clear();
  EXPECT_THAT(Check(), IsEmpty()) << "the directory knows one";
  facts_["schade"].mailbox.clear();
  EXPECT_EQ(Only(Kind::kNoMailbox).team_id, "schade");
}

TEST_F(VerifyTest, NoMembers) {
  facts_["jeugd"].members = 0;
  EXPECT_EQ(Only(Kind::kNoMembers, Finding::Severity::kWarning).team_id, "jeugd");
}

TEST_F(VerifyTest, NoLead) {
  facts_["jeugd"].has_lead = false;
  const Finding finding = Only(Kind::kNoLead, Finding::Severity::kWarning);
  EXPECT_EQ(finding.team_id, "jeugd");
  EXPECT_THAT(finding.message, ::testing::HasSubstr("Team `jeugd` heeft geen teamleider."));
  // Where nobody works that is all there is to say.
  facts_["jeugd"].members = 0;
  Only(Kind::kNoMembers, Finding::Severity::kWarning);
}

// What could not be routed is the KCC's, whether or not a rule or the document names it.
TEST_F(VerifyTest, NoLeadAtTheKcc) {
  facts_["front"] = {
      .name = "Front", .mailbox = "front@stad.example", .members = 3, .is_kcc = true};
  EXPECT_EQ(Only(Kind::kNoLead, Finding::Severity::kWarning).team_id, "front");
  facts_["front"].has_lead = true;
  EXPECT_THAT(Check(), IsEmpty());
}

TEST_F(VerifyTest, NoNorm) {
  Team("jeugd").norms.clear();
  EXPECT_EQ(Only(Kind::kNoNorm).team_id, "jeugd");
  facts_["jeugd"].has_norm = true;
  EXPECT_THAT(Check(), IsEmpty());
}

TEST_F(VerifyTest, NoHours) {
  Team("schade").hours.reset();
  EXPECT_THAT(Check(), IsEmpty()) << "no rule needs them";
  Rule("schade").unless = {{.hours = sop::Hours::kClosed, .weekdays = {2}}};
  bool found = false;
  for (const Finding& finding : Check()) found = found || finding.kind == Kind::kNoHours;
  EXPECT_TRUE(found);
  facts_["schade"].hours = *Team("kcc").hours;
  EXPECT_THAT(Check(), IsEmpty());
}

TEST_F(VerifyTest, NoTransferNumber) {
  Team("openbare-orde").transfer_number.clear();
  EXPECT_EQ(Only(Kind::kNoTransferNumber).rule_id, "openbare-orde-bellen");
  Rule("openbare-orde-bellen").then.phone_number = "088 000 0112";
  EXPECT_THAT(Check(), IsEmpty());
}

TEST_F(VerifyTest, ClosedTeam) {
  Team("schade").closed_from = kToday + 1;
  EXPECT_THAT(Check(), IsEmpty());
  Team("schade").closed_from = kToday;
  std::vector<std::string> rules;
  for (const Finding& finding : Check()) {
    EXPECT_EQ(finding.kind, Kind::kClosedTeam) << finding.message;
    rules.push_back(finding.rule_id);
  }
  EXPECT_THAT(rules, ElementsAre("schade", "tekst-schade"));
}

TEST_F(VerifyTest, CallerPutThroughToATeamThatIsShut) {
  Rule("openbare-orde-bellen").when.hours.reset();
  const Finding finding = Only(Kind::kClosedTeam, Finding::Severity::kWarning);
  EXPECT_EQ(finding.rule_id, "openbare-orde-bellen");
  ASSERT_TRUE(finding.example);
  EXPECT_EQ(Decides(*finding.example), "openbare-orde-bellen");
}

TEST_F(VerifyTest, CallerSentToTheOwnNumberOfATeamThatIsShut) {
  Rule("gevaar-op-straat-gesloten").then.phone_number = "088-0000911";
  EXPECT_EQ(Only(Kind::kClosedTeam, Finding::Severity::kWarning).rule_id,
            "gevaar-op-straat-gesloten");
}

TEST_F(VerifyTest, PersonalMailbox) {
  for (const char* address :
       {"jan.jansen@stad.example", "j.h.jansen@stad.example", "jansen.j@stad.example",
        "tijmen_de_vries@stad.example", "fatima@stad.example", "Piet.Bakker+werk@stad.example"}) {
    Team("schade").mailbox = address;
    SCOPED_TRACE(address);
    EXPECT_EQ(Only(Kind::kPersonalMailbox).team_id, "schade");
  }
  for (const char* address :
       {"werk.en.inkomen@stad.example", "openbare.ruimte@stad.example", "p.zaken@stad.example",
        "schade.verzekeringen@stad.example", "team.jeugd@stad.example", "kcc2@stad.example",
        "burger-zaken@stad.example", "info@stad.example", "vth@stad.example",
        "postbus.12@stad.example", "wmo.noord@stad.example"}) {
    Team("schade").mailbox = address;
    SCOPED_TRACE(address);
    EXPECT_THAT(Check(), IsEmpty());
  }
}

TEST_F(VerifyTest, SteeringLoop) {
  // Whoever calls about damage is sent to the form, and from the form to a number.
  Rule("schade").when.channels = {common::v1::CHANNEL_PHONE, common::v1::CHANNEL_COUNTER};
  sop::SopRule back = Rule("schade");
  back.rule_id = "schade-bellen";
  back.when.channels = {common::v1::CHANNEL_FORM};
  back.then.steer_target = v1::STEER_TARGET_OWN_NUMBER;
  back.then.phone_number = "088 000 0291";
  Insert("klacht", back);
  const Finding finding = Only(Kind::kSteeringLoop);
  EXPECT_EQ(finding.rule_id, "schade");
  EXPECT_THAT(finding.other_rules, ElementsAre("schade-bellen"));
  ASSERT_TRUE(finding.example);
  EXPECT_EQ(Decides(*finding.example), "schade");
  Rule("schade-bellen").when.customer = sop::CustomerKind::kBusiness;
  Rule("schade").when.customer = sop::CustomerKind::kResident;
  EXPECT_THAT(Check(), IsEmpty()) << "never the same person";
}

TEST_F(VerifyTest, NotHttps) {
  Rule("bezwaar").then.steer_to = "http://www.voorbeeldstad.example/bezwaar";
  EXPECT_EQ(Only(Kind::kNotHttps).rule_id, "bezwaar");
  Rule("bezwaar").then.steer_to = "de website";
  EXPECT_EQ(Only(Kind::kNotHttps).rule_id, "bezwaar");
  Rule("bezwaar").then.steer_to = "https://www.voorbeeldstad.example/bezwaar";
  Rule("verhuizen").then.answers[0].answer = "Zie http://voorbeeldstad.example.";
  EXPECT_EQ(Only(Kind::kNotHttps).rule_id, "verhuizen");
}

TEST_F(VerifyTest, ReviewPassed) {
  Rule("actueel").then.review_by = kToday;
  EXPECT_THAT(Check(), IsEmpty());
  Rule("actueel").then.review_by = kToday - 1;
  EXPECT_EQ(Only(Kind::kReviewPassed, Finding::Severity::kWarning).rule_id, "actueel");
}

TEST_F(VerifyTest, SlowKeyword) {
  for (const char* pattern : {"(a{0,60}){0,60}b", "schade(", "x{1000}{1000}"}) {
    SCOPED_TRACE(pattern);
    Rule("tekst-schade").when.keywords = {pattern};
    EXPECT_EQ(Only(Kind::kSlowKeyword).rule_id, "tekst-schade");
  }
}

TEST_F(VerifyTest, KeywordTakesAll) {
  for (const char* pattern : {".*", "a*", "\\s", "[a-z]", "\\w+", "", "[aeiou]", "[^q]"}) {
    SCOPED_TRACE(pattern);
    Rule("tekst-schade").when.keywords = {pattern};
    EXPECT_EQ(Only(Kind::kKeywordTakesAll).rule_id, "tekst-schade");
  }
}

// (B11)
TEST_F(VerifyTest, InvalidName) {
  for (const char* id : {"../../x", "a/../b", "/a", "a;b", "e\u0301e\u0301n", "<b>", "a  b"}) {
    SCOPED_TRACE(id);
    sop::SopRule& rule = Rule("tekst-schade");
    rule.rule_id = id;
    const Finding finding = Only(Kind::kInvalidName);
    EXPECT_EQ(finding.location.line, rule.source.location.line);
    EXPECT_FALSE(absl::StrContains(finding.message, id)) << finding.message;
    rule.rule_id = "tekst-schade";
  }
}

// (C6) Both ways to write it are one pattern, and one that can be found.
TEST_F(VerifyTest, PatternsOfOneFormAreOne) {
  sop::SopRule rule = Rule("tekst-schade");
  rule.rule_id = "nog-eens";
  Rule("tekst-schade").when.keywords = {"\\bprivé\\b"};
  rule.when.keywords = {"\\bPRIVE\u0301\\b"};
  Insert("tekst-schade", rule);
  EXPECT_EQ(Only(Kind::kUnreachable).rule_id, "tekst-schade");
}

TEST_F(VerifyTest, MessagesAreWholeSentencesWithAnExample) {
  sop_.rules.pop_back();
  for (const Finding& finding : Check()) {
    EXPECT_TRUE(absl::EndsWith(finding.message, ".")) << finding.message;
    EXPECT_TRUE(finding.location.line > 100);
  }
  const Example example{.channel = common::v1::CHANNEL_PHONE,
                        .topic_id = "paspoort",
                        .with_keywords = {"spoed"},
                        .customer = sop::CustomerKind::kResident,
                        .postcode = "2502AB",
                        .menu_key = "2",
                        .weekday = 3,
                        .minute = 1170};
  EXPECT_EQ(ExampleText(sop_, example),
            "Een vraag van een inwoner via de telefoon, over ‘Paspoort’, in postcode 2502AB, na "
            "toets 2 in het menu, op donderdag om 19.30 uur, met `spoed` in de tekst.");
}

}  // namespace
}  // namespace wissel::verify
