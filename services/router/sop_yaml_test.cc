#include "services/router/sop_yaml.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "services/router/test_sops.h"
#include "services/router/yaml_tree.h"

namespace wissel::router {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const char kCatchAll[] = "rules:\n  - {id: overig, outcome: queue, team: kcc}\n";

// The message of a document that must be refused, for the field `document`.
std::string Refusal(const std::string& document) {
  const absl::StatusOr<Sop> sop = ParseSop(document);
  if (sop.ok()) return "taken";
  EXPECT_TRUE(absl::IsInvalidArgument(sop.status()));
  const std::vector<ErrorDetail> details = DetailsOf(sop.status());
  EXPECT_EQ(details.size(), 1u);
  EXPECT_EQ(details[0].reason, "invalid_sop");
  EXPECT_EQ(details[0].field, "document");
  EXPECT_THAT(std::string(sop.status().message()),
              StartsWith(absl::StrCat("line ", details[0].facts.at("line"), ", column ",
                                      details[0].facts.at("column"), ": ")));
  return std::string(sop.status().message());
}

// A document in which one line of the small SOP is another.
std::string With(const std::string& from, const std::string& to) {
  const std::string changed = absl::StrReplaceAll(kSmallSop, {{from, to}});
  EXPECT_NE(changed, kSmallSop) << from;
  return changed;
}

TEST(SopYaml, ReadsEverythingThatIsWritten) {
  const absl::StatusOr<Sop> sop = ParseSop(kSmallSop);
  ASSERT_TRUE(sop.ok()) << sop.status();
  ASSERT_EQ(sop->topics.size(), 4u);
  EXPECT_EQ(sop->topics[1].name, "Paspoort");
  EXPECT_EQ(sop->topics[1].parent, "documenten");
  ASSERT_EQ(sop->rules.size(), 6u);
  const SopRule& reject = sop->rules[0];
  EXPECT_THAT(reject.when.channels,
              ElementsAre(common::v1::CHANNEL_PHONE, common::v1::CHANNEL_EMAIL));
  EXPECT_THAT(reject.when.keywords, ElementsAre("vrijblijvend(e)? aanbod"));
  EXPECT_EQ(reject.then.outcome, v1::OUTCOME_REJECT);
  EXPECT_EQ(reject.then.script, "Wij kopen niet aan de telefoon.");
  EXPECT_EQ(reject.then.team_id, "kcc");
  EXPECT_EQ(sop->rules[1].then.team_id, "burgerzaken");
  const SopRule& steer = sop->rules[2];
  EXPECT_EQ(steer.when.customer, CustomerKind::kResident);
  EXPECT_EQ(steer.then.steer_target, v1::STEER_TARGET_MOR);
  EXPECT_EQ(steer.then.steer_to, "https://meldingen.example");
  EXPECT_EQ(sop->rules[3].then.phone_number, "088 000 0230");
  EXPECT_TRUE(sop->rules[5].when.empty());
}

TEST(SopYaml, TheSmallestSopIsOneRule) { EXPECT_TRUE(ParseSop(kCatchAll).ok()); }

TEST(SopYaml, TellsLineAndColumn) {
  EXPECT_EQ(
      Refusal(With("script: U maakt", "scirpt: U maakt")),
      "line 14, column 5: unknown key \"scirpt\"; known are id, priority, when, unless, outcome, "
      "team, target, to, phone, script, questions, answers, review_by");
  EXPECT_EQ(Refusal(With("topics: [paspoort]", "topics: [paspport]")),
            "line 12, column 40: there is no topic \"paspport\"");
  EXPECT_EQ(Refusal(With("outcome: transfer", "outcome: transfr")),
            "line 23, column 14: \"transfr\" is none of answer, steer, transfer, queue, reject");
}

TEST(SopYaml, RefusesUnknownAndMissingKeys) {
  EXPECT_THAT(Refusal(absl::StrCat("groups: []\n", kCatchAll)),
              HasSubstr("unknown key \"groups\""));
  EXPECT_THAT(Refusal(With("{channels: [phone], topics: [paspoort]}", "{chanels: [phone]}")),
              HasSubstr("unknown key \"chanels\""));
  EXPECT_THAT(Refusal("topics: [{id: a, name: A}]\n"), HasSubstr("\"rules\" is missing"));
  EXPECT_THAT(Refusal(With("    script: U maakt een afspraak.\n", "")),
              HasSubstr("\"script\" is missing"));
  EXPECT_THAT(Refusal(With("    target: mor\n", "")), HasSubstr("\"target\" is missing"));
  EXPECT_THAT(Refusal("rules:\n  - {id: x, outcome: queue}\n"), HasSubstr("\"team\" is missing"));
}

TEST(SopYaml, RefusesWhatIsThereTwice) {
  EXPECT_EQ(Refusal(With("    outcome: reject\n", "    outcome: reject\n    outcome: reject\n")),
            "line 10, column 5: the key \"outcome\" is there twice");
  EXPECT_EQ(Refusal(With("id: documenten\n", "id: bedrijf\n")),
            "line 25, column 5: two rules have the name \"bedrijf\"");
  EXPECT_THAT(Refusal(With("{id: afval,", "{id: paspoort,")),
              HasSubstr("two topics have the name"));
}

TEST(SopYaml, TakesTeamsAsTheDirectoryNamesThem) {
  EXPECT_TRUE(ParseSop("rules: [{id: x, outcome: queue, team: PWDx_Street Light Outages}]").ok());
}

TEST(SopYaml, WhatASopMeansIsNotItsBusiness) {
  EXPECT_TRUE(ParseSop(With("  - id: overig\n    outcome: queue\n    team: kcc\n", "")).ok());
  EXPECT_TRUE(ParseSop(With("    when: {customer: business}\n", "")).ok());
  EXPECT_TRUE(ParseSop(With("'vrijblijvend(e)? aanbod'", "'(open'")).ok());
  EXPECT_TRUE(ParseSop(With("'vrijblijvend(e)? aanbod'", "'a*'")).ok());
  EXPECT_TRUE(ParseSop(With("https://meldingen.example", "http://meldingen.example")).ok());
  EXPECT_TRUE(ParseSop(With("    phone: 088 000 0230\n", "")).ok());
  EXPECT_THAT(Refusal(With("{customer: business}", "{}")), HasSubstr("no condition is given"));
}

TEST(SopYaml, OutcomesTakeTheirOwnKeysOnly) {
  EXPECT_THAT(Refusal(With("script: U maakt een afspraak.",
                           "script: U maakt een afspraak.\n    to: https://x.example")),
              HasSubstr("`to` goes with outcome steer only"));
  EXPECT_THAT(Refusal(With("script: U maakt een afspraak.",
                           "script: U maakt een afspraak.\n    phone: 14070")),
              HasSubstr("`phone` goes with outcome transfer or steer only"));
  EXPECT_THAT(Refusal(With("088 000 0230", "bel Jan")), HasSubstr("a phone number has digits"));
}

TEST(SopYaml, ParentsStandAboveTheirTopics) {
  EXPECT_THAT(Refusal(With("parent: documenten", "parent: kinderpaspoort")),
              HasSubstr("no topic above this one has the id \"kinderpaspoort\""));
  EXPECT_THAT(Refusal(With("{id: afval, name: Afval}",
                           "{id: afval, name: Afval, upl: \"https://elders.example\"}")),
              HasSubstr("national list of products"));
}

// A document of one rule with these lines, and of one item of another section.
std::string WithRule(const std::string& lines) {
  return absl::StrCat(
      "areas: [{id: a, name: A, postcodes: [\"2511\"]}]\nmenu: [{key: \"1\", says: x}]\n",
      "rules:\n  - id: r\n    outcome: queue\n    team: kcc\n", lines);
}
std::string WithTeam(const std::string& keys) {
  return absl::StrCat("teams: [{id: t, ", keys, "}]\n", kCatchAll);
}

TEST(SopYaml, ChecksConditionsAndRanges) {
  const auto refusal = [](const char* lines) { return Refusal(WithRule(lines)); };
  EXPECT_EQ(refusal("    priority: 100\n"),
            "line 7, column 15: a whole number from 0 to 99 is needed");
  EXPECT_THAT(refusal("    priority: hoog\n"), HasSubstr("a whole number"));
  EXPECT_THAT(refusal("    when: {areas: [b]}\n"), HasSubstr("there is no area \"b\""));
  EXPECT_THAT(refusal("    when: {menu: [\"2\"]}\n"), HasSubstr("there is no menu choice \"2\""));
  EXPECT_THAT(refusal("    when: {hours: dicht}\n"), HasSubstr("none of open, closed"));
  EXPECT_THAT(refusal("    when: {urgency: ja}\n"), HasSubstr("none of urgent, normal"));
  EXPECT_THAT(refusal("    when: {weekdays: [ma]}\n"), HasSubstr("none of mon, tue"));
  EXPECT_THAT(refusal("    when: {weekdays: [mon, mon]}\n"), HasSubstr("\"mon\" is there twice"));
  EXPECT_THAT(refusal("    unless: [{}]\n"), HasSubstr("no condition is given"));
  EXPECT_THAT(refusal("    unless: {}\n"), HasSubstr("a list is needed"));
  EXPECT_THAT(refusal("    review_by: 2027-02-30\n"), HasSubstr("a date is needed"));
  EXPECT_THAT(refusal("    questions: [x]\n"), HasSubstr("goes with outcome reject only"));
  EXPECT_THAT(refusal("    answers: [{question: x, answer: y}]\n"),
              HasSubstr("goes with outcome answer or steer only"));
  EXPECT_TRUE(ParseSop(WithRule("    priority: 99\n    when: {areas: [a], menu: [\"1\"]}\n")).ok());
}

TEST(SopYaml, ChecksTeamsAreasAndMenu) {
  const auto refusal = [](const char* keys) { return Refusal(WithTeam(keys)); };
  EXPECT_THAT(refusal("mailbox: balie"), HasSubstr("an e-mail address is needed"));
  EXPECT_THAT(refusal("transfer_number: bel"), HasSubstr("a phone number has digits"));
  EXPECT_THAT(refusal("norms: {callback: 61}"), HasSubstr("a whole number from 0 to 60"));
  EXPECT_THAT(refusal("norms: {email: {working_days: 5, target: 1.0}}"), HasSubstr("a share"));
  EXPECT_THAT(refusal("hours: {mon: [\"9:00-17:00\"]}"), HasSubstr("opening hours are written"));
  EXPECT_THAT(refusal("hours: {mon: [\"17:00-09:00\"]}"), HasSubstr("opening hours are written"));
  EXPECT_THAT(refusal("hours: {mon: [\"13:00-17:00\", \"09:00-12:00\"]}"),
              HasSubstr("do not come after those before"));
  EXPECT_THAT(refusal("hours: {mon-wed: [\"09:00-12:00\"], tue: [\"09:00-12:00\"]}"),
              HasSubstr("\"tue\" is there twice"));
  EXPECT_THAT(refusal("hours: {fri-mon: [\"09:00-12:00\"]}"), HasSubstr("comes before"));
  EXPECT_THAT(Refusal("areas: [{id: a, name: A, postcodes: [25111]}]\n"), HasSubstr("is missing"));
  const std::string rules = kCatchAll;
  EXPECT_THAT(Refusal("areas: [{id: a, name: A, postcodes: [25111]}]\n" + rules),
              HasSubstr("postcodes are written as"));
  EXPECT_THAT(Refusal("areas: [{id: a, name: A}]\n" + rules), HasSubstr("has postcodes or"));
  EXPECT_THAT(Refusal("menu: [{key: \"10\", says: x}]\n" + rules), HasSubstr("is one digit"));
  EXPECT_THAT(Refusal("teams: [{id: t}, {id: t}]\n" + rules), HasSubstr("two teams have the name"));
}

TEST(HostileSop, Anchors) {
  EXPECT_EQ(Refusal("topics: &a [{id: x, name: X}]\nrules: *a\n"),
            "line 1, column 9: anchors (&name) are not allowed");
  EXPECT_THAT(Refusal("rules: *a\n"), StartsWith("line 1, column 8: "));
  EXPECT_THAT(Refusal("rules: !!python/object x\n"), HasSubstr("tags (!name) are not allowed"));
}

TEST(HostileSop, Size) {
  EXPECT_THAT(Refusal(std::string(kMostSopBytes + 1, '#')), HasSubstr("more than 4194304 bytes"));
  std::string full = kCatchAll;
  while (full.size() + 100 < kMostSopBytes) full += std::string(99, '#') + "\n";
  full.append(kMostSopBytes - full.size(), '#');
  EXPECT_TRUE(ParseSop(full).ok());
  EXPECT_THAT(Refusal("rules: " + std::string(kMostYamlColumns, '-')),
              StartsWith("line 1, column 50001: the line is too long"));
}

TEST(HostileSop, Depth) {
  EXPECT_EQ(Refusal("rules: " + std::string(20, '[') + std::string(20, ']')),
            "line 1, column 19: too many levels");
  EXPECT_EQ(Refusal(std::string(100000, '[')), "line 1, column 1001: too many brackets are open");
  EXPECT_NE(Refusal(std::string(100000, '{')), "taken");
  EXPECT_NE(Refusal(std::string(1000, '[') + std::string(1000, ']')), "taken");
  std::string blocks;
  for (int i = 0; i < 300; ++i) absl::StrAppend(&blocks, std::string(i, ' '), "a:\n");
  EXPECT_THAT(Refusal(blocks), HasSubstr("too many levels"));
}

TEST(HostileSop, Quantity) {
  EXPECT_THAT(Refusal(std::string(100 << 20, 'a')), StartsWith("line 1, column 1: "));
  std::string values = "rules: [";
  for (size_t i = 0; i <= kMostYamlNodes; ++i) values += i % 100 == 0 ? "a,\n" : "a,";
  EXPECT_THAT(Refusal(values), HasSubstr("too many values"));
  std::string rules = "rules:\n";
  for (int i = 0; i <= 10000; ++i) {
    absl::StrAppend(&rules, "  - {id: r", i, ", outcome: queue, team: kcc}\n");
  }
  EXPECT_THAT(Refusal(rules), HasSubstr("there can be at most 10000 rules"));
  rules.erase(rules.rfind("  - "));
  EXPECT_TRUE(ParseSop(rules).ok());
}

TEST(HostileSop, Tags) {
  EXPECT_THAT(Refusal("rules: ! 'x'\n"), HasSubstr("tags (!name) are not allowed"));
  EXPECT_THAT(Refusal("rules: !!str x\n"), HasSubstr("tags (!name) are not allowed"));
}

TEST(HostileSop, Characters) {
  EXPECT_EQ(Refusal("rules:\n  - \xff"), "line 2, column 5: this is not UTF-8");
  EXPECT_EQ(Refusal("# \xc3\xa9\xc3\xa9 \x01"),
            "line 1, column 6: a control character is not allowed");
  EXPECT_THAT(Refusal(std::string("r\0u", 3)), HasSubstr("control character"));
  // Made by an escape, where the text itself has none.
  EXPECT_THAT(Refusal(With("id: overig", R"(id: "over\x07ig")")),
              StartsWith("line 29, column 9: a control character"));
  // Columns count characters.
  EXPECT_THAT(Refusal("topics: [{id: é, nam: x}]\nrules: [x]"),
              StartsWith("line 1, column 18: unknown key"));
}

TEST(HostileSop, Shapes) {
  EXPECT_THAT(Refusal(""), HasSubstr("empty"));
  EXPECT_THAT(Refusal("just words"), HasSubstr("a mapping is needed"));
  EXPECT_THAT(Refusal("rules: []"), HasSubstr("the list is empty"));
  EXPECT_THAT(Refusal("rules: {a: b}"), HasSubstr("a list is needed"));
  EXPECT_THAT(Refusal("rules: [x]"), HasSubstr("a mapping is needed"));
  EXPECT_THAT(Refusal("? {a: b}\n: c\n"), HasSubstr("a key must be plain text"));
  EXPECT_THAT(Refusal(absl::StrCat(kCatchAll, "---\n", kCatchAll)), HasSubstr("more than one"));
  EXPECT_THAT(Refusal("rules: [{id: x"), StartsWith("line 1, column "));
  EXPECT_THAT(Refusal("rules:\n\t- x"), StartsWith("line 2, column "));
}

}  // namespace
}  // namespace wissel::router
