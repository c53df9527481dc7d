#include "libs/sop/sop_reader.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/sop/test_sops.h"
#include "libs/sop/yaml_tree.h"

namespace wissel::sop {
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
              StartsWith(absl::StrCat("regel ", details[0].facts.at("line"), ", kolom ",
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
  EXPECT_EQ(Refusal(With("script: U maakt", "scirpt: U maakt")),
            "regel 14, kolom 5: onbekende sleutel \"scirpt\"; bekend zijn id, priority, when, "
            "unless, outcome, "
            "team, target, to, phone, script, questions, answers, review_by");
  EXPECT_EQ(Refusal(With("topics: [paspoort]", "topics: [paspport]")),
            "regel 12, kolom 40: er is geen thema \"paspport\"");
  EXPECT_EQ(
      Refusal(With("outcome: transfer", "outcome: transfr")),
      "regel 23, kolom 14: \"transfr\" is niet een van answer, steer, transfer, queue, reject");
}

TEST(SopYaml, RefusesUnknownAndMissingKeys) {
  EXPECT_THAT(Refusal(absl::StrCat("groups: []\n", kCatchAll)),
              HasSubstr("onbekende sleutel \"groups\""));
  EXPECT_THAT(Refusal(With("{channels: [phone], topics: [paspoort]}", "{chanels: [phone]}")),
              HasSubstr("onbekende sleutel \"chanels\""));
  EXPECT_THAT(Refusal("topics: [{id: a, name: A}]\n"), HasSubstr("\"rules\" ontbreekt"));
  EXPECT_THAT(Refusal(With("    script: U maakt een afspraak.\n", "")),
              HasSubstr("\"script\" ontbreekt"));
  EXPECT_THAT(Refusal(With("    target: mor\n", "")), HasSubstr("\"target\" ontbreekt"));
  EXPECT_THAT(Refusal("rules:\n  - {id: x, outcome: queue}\n"), HasSubstr("\"team\" ontbreekt"));
}

TEST(SopYaml, RefusesWhatIsThereTwice) {
  EXPECT_EQ(Refusal(With("    outcome: reject\n", "    outcome: reject\n    outcome: reject\n")),
            "regel 10, kolom 5: de sleutel \"outcome\" staat er twee keer");
  EXPECT_EQ(Refusal(With("id: documenten\n", "id: bedrijf\n")),
            "regel 25, kolom 5: twee rules heten \"bedrijf\"");
  EXPECT_THAT(Refusal(With("{id: afval,", "{id: paspoort,")), HasSubstr("twee topics heten"));
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
  EXPECT_THAT(Refusal(With("{customer: business}", "{}")), HasSubstr("er staat geen voorwaarde"));
}

TEST(SopYaml, OutcomesTakeTheirOwnKeysOnly) {
  EXPECT_THAT(Refusal(With("script: U maakt een afspraak.",
                           "script: U maakt een afspraak.\n    to: https://x.example")),
              HasSubstr("`to` hoort alleen bij uitkomst steer"));
  EXPECT_THAT(Refusal(With("script: U maakt een afspraak.",
                           "script: U maakt een afspraak.\n    phone: 14070")),
              HasSubstr("`phone` hoort alleen bij uitkomst transfer of steer"));
  EXPECT_THAT(Refusal(With("088 000 0230", "bel Jan")),
              HasSubstr("een telefoonnummer heeft cijfers"));
}

TEST(SopYaml, ParentsStandAboveTheirTopics) {
  EXPECT_THAT(Refusal(With("parent: documenten", "parent: kinderpaspoort")),
              HasSubstr("geen thema hierboven heeft de naam \"kinderpaspoort\""));
  EXPECT_THAT(Refusal(With("{id: afval, name: Afval}",
                           "{id: afval, name: Afval, upl: \"https://elders.example\"}")),
              HasSubstr("landelijke lijst van producten"));
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
            "regel 7, kolom 15: hier hoort een geheel getal van 0 tot en met 99");
  EXPECT_THAT(refusal("    priority: hoog\n"), HasSubstr("een geheel getal"));
  EXPECT_THAT(refusal("    when: {areas: [b]}\n"), HasSubstr("er is geen gebied \"b\""));
  EXPECT_THAT(refusal("    when: {menu: [\"2\"]}\n"), HasSubstr("er is geen menukeuze \"2\""));
  EXPECT_THAT(refusal("    when: {hours: dicht}\n"), HasSubstr("niet een van open, closed"));
  EXPECT_THAT(refusal("    when: {urgency: ja}\n"), HasSubstr("niet een van urgent, normal"));
  EXPECT_THAT(refusal("    when: {weekdays: [ma]}\n"), HasSubstr("niet een van mon, tue"));
  EXPECT_THAT(refusal("    when: {weekdays: [mon, mon]}\n"),
              HasSubstr("\"mon\" staat er twee keer"));
  EXPECT_THAT(refusal("    unless: [{}]\n"), HasSubstr("er staat geen voorwaarde"));
  EXPECT_THAT(refusal("    unless: {}\n"), HasSubstr("hier hoort een lijst"));
  EXPECT_THAT(refusal("    review_by: 2027-02-30\n"), HasSubstr("hier hoort een datum"));
  EXPECT_THAT(refusal("    questions: [x]\n"), HasSubstr("hoort alleen bij uitkomst reject"));
  EXPECT_THAT(refusal("    answers: [{question: x, answer: y}]\n"),
              HasSubstr("hoort alleen bij uitkomst answer of steer"));
  EXPECT_TRUE(ParseSop(WithRule("    priority: 99\n    when: {areas: [a], menu: [\"1\"]}\n")).ok());
}

TEST(SopYaml, ChecksTeamsAreasAndMenu) {
  const auto refusal = [](const char* keys) { return Refusal(WithTeam(keys)); };
  EXPECT_THAT(refusal("mailbox: balie"), HasSubstr("hier hoort een e-mailadres"));
  EXPECT_THAT(refusal("transfer_number: bel"), HasSubstr("een telefoonnummer heeft cijfers"));
  EXPECT_THAT(refusal("norms: {callback: 61}"), HasSubstr("een geheel getal van 0 tot en met 60"));
  EXPECT_THAT(refusal("norms: {email: {working_days: 5, target: 1.0}}"), HasSubstr("een getal"));
  EXPECT_THAT(refusal("hours: {mon: [\"9:00-17:00\"]}"), HasSubstr("openingstijden schrijft u"));
  EXPECT_THAT(refusal("hours: {mon: [\"17:00-09:00\"]}"), HasSubstr("openingstijden schrijft u"));
  EXPECT_THAT(refusal("hours: {mon: [\"13:00-17:00\", \"09:00-12:00\"]}"),
              HasSubstr("komen niet na de vorige"));
  EXPECT_THAT(refusal("hours: {mon-wed: [\"09:00-12:00\"], tue: [\"09:00-12:00\"]}"),
              HasSubstr("\"tue\" staat er twee keer"));
  EXPECT_THAT(refusal("hours: {fri-mon: [\"09:00-12:00\"]}"), HasSubstr("komt voor"));
  EXPECT_THAT(Refusal("areas: [{id: a, name: A, postcodes: [25111]}]\n"), HasSubstr("ontbreekt"));
  const std::string rules = kCatchAll;
  EXPECT_THAT(Refusal("areas: [{id: a, name: A, postcodes: [25111]}]\n" + rules),
              HasSubstr("postcodes schrijft u als"));
  EXPECT_THAT(Refusal("areas: [{id: a, name: A}]\n" + rules), HasSubstr("heeft postcodes of"));
  EXPECT_THAT(Refusal("menu: [{key: \"10\", says: x}]\n" + rules), HasSubstr("is één cijfer"));
  EXPECT_THAT(Refusal("teams: [{id: t}, {id: t}]\n" + rules), HasSubstr("twee teams heten"));
}

// (C8) As a word processor writes them.
TEST(SopYaml, TakesEveryKindOfDashAndBlank) {
  const auto sop = ParseSop(absl::StrCat(
      "teams:\n  - id: kcc\n    transfer_number: 088\u00A0000\u20110101\n"
      "    hours: {mon\u2013wed: [\"09:00\u201312:30\"]}\n    closed_from: 2027\u201101\u201101\n"
      "areas:\n  - {id: centrum, name: Centrum, postcodes: [\"2511\u20132519\"]}\n",
      kCatchAll));
  ASSERT_TRUE(sop.ok()) << sop.status();
  EXPECT_EQ(sop->teams[0].transfer_number, "088 000-0101");
  ASSERT_TRUE(sop->teams[0].hours.has_value());
  EXPECT_EQ((*sop->teams[0].hours)[2].size(), 1u);
  EXPECT_EQ(sop->teams[0].closed_from, absl::CivilDay(2027, 1, 1));
}

// (B11)
TEST(SopYaml, DropsWhatNobodyCouldFindInTheDocument) {
  const auto sop = ParseSop(
      "rules:\n  - {id: over\u200Big, outcome: answer, script: \"Geld\u202Etxt \u200Bja\u00AD\", "
      "team: kcc}\n");
  ASSERT_TRUE(sop.ok()) << sop.status();
  EXPECT_EQ(sop->rules[0].rule_id, "overig");
  EXPECT_EQ(sop->rules[0].then.script, "Geldtxt ja");
}

TEST(HostileSop, Anchors) {
  EXPECT_EQ(Refusal("topics: &a [{id: x, name: X}]\nrules: *a\n"),
            "regel 1, kolom 9: ankers (&naam) mogen niet");
  EXPECT_THAT(Refusal("rules: *a\n"), StartsWith("regel 1, kolom 8: "));
  EXPECT_THAT(Refusal("rules: !!python/object x\n"), HasSubstr("tags (!naam) mogen niet"));
}

TEST(HostileSop, Size) {
  EXPECT_THAT(Refusal(std::string(kMostSopBytes + 1, '#')), HasSubstr("meer dan 4194304 bytes"));
  std::string full = kCatchAll;
  while (full.size() + 100 < kMostSopBytes) full += std::string(99, '#') + "\n";
  full.append(kMostSopBytes - full.size(), '#');
  EXPECT_TRUE(ParseSop(full).ok());
  EXPECT_THAT(Refusal("rules: " + std::string(kMostYamlColumns, '-')),
              StartsWith("regel 1, kolom 50001: de regel is te lang"));
}

TEST(HostileSop, Depth) {
  EXPECT_EQ(Refusal("rules: " + std::string(20, '[') + std::string(20, ']')),
            "regel 1, kolom 19: te veel lagen");
  EXPECT_EQ(Refusal(std::string(100000, '[')),
            "regel 1, kolom 1001: er staan te veel haakjes open");
  EXPECT_NE(Refusal(std::string(100000, '{')), "taken");
  EXPECT_NE(Refusal(std::string(1000, '[') + std::string(1000, ']')), "taken");
  std::string blocks;
  for (int i = 0; i < 300; ++i) absl::StrAppend(&blocks, std::string(i, ' '), "a:\n");
  EXPECT_THAT(Refusal(blocks), HasSubstr("te veel lagen"));
}

TEST(HostileSop, Quantity) {
  EXPECT_THAT(Refusal(std::string(100 << 20, 'a')), StartsWith("regel 1, kolom 1: "));
  std::string values = "rules: [";
  for (size_t i = 0; i <= kMostYamlNodes; ++i) values += i % 100 == 0 ? "a,\n" : "a,";
  EXPECT_THAT(Refusal(values), HasSubstr("te veel waarden"));
  std::string rules = "rules:\n";
  for (int i = 0; i <= 10000; ++i) {
    absl::StrAppend(&rules, "  - {id: r", i, ", outcome: queue, team: kcc}\n");
  }
  EXPECT_THAT(Refusal(rules), HasSubstr("er kunnen hoogstens 10000 rules zijn"));
  rules.erase(rules.rfind("  - "));
  EXPECT_TRUE(ParseSop(rules).ok());
}

TEST(HostileSop, Tags) {
  EXPECT_THAT(Refusal("rules: ! 'x'\n"), HasSubstr("tags (!naam) mogen niet"));
  EXPECT_THAT(Refusal("rules: !!str x\n"), HasSubstr("tags (!naam) mogen niet"));
}

TEST(HostileSop, Characters) {
  EXPECT_EQ(Refusal("rules:\n  - \xff"), "regel 2, kolom 5: dit is geen UTF-8");
  EXPECT_EQ(Refusal("# \xc3\xa9\xc3\xa9 \x01"), "regel 1, kolom 6: een stuurteken mag hier niet");
  EXPECT_THAT(Refusal(std::string("r\0u", 3)), HasSubstr("stuurteken"));
  // Made by an escape, where the text itself has none.
  EXPECT_THAT(Refusal(With("id: overig", R"(id: "over\x07ig")")),
              StartsWith("regel 29, kolom 9: een stuurteken"));
  // Columns count characters.
  EXPECT_THAT(Refusal("topics: [{id: é, nam: x}]\nrules: [x]"),
              StartsWith("regel 1, kolom 18: onbekende sleutel"));
}

TEST(HostileSop, Shapes) {
  EXPECT_THAT(Refusal(""), HasSubstr("leeg"));
  EXPECT_THAT(Refusal("just words"), HasSubstr("hier horen sleutels met waarden"));
  EXPECT_THAT(Refusal("rules: []"), HasSubstr("de lijst is leeg"));
  EXPECT_THAT(Refusal("rules: {a: b}"), HasSubstr("hier hoort een lijst"));
  EXPECT_THAT(Refusal("rules: [x]"), HasSubstr("hier horen sleutels met waarden"));
  EXPECT_THAT(Refusal("? {a: b}\n: c\n"), HasSubstr("een sleutel is gewone tekst"));
  EXPECT_THAT(Refusal(absl::StrCat(kCatchAll, "---\n", kCatchAll)), HasSubstr("meer dan één"));
  EXPECT_THAT(Refusal("rules: [{id: x"), StartsWith("regel 1, kolom "));
  EXPECT_THAT(Refusal("rules:\n\t- x"), StartsWith("regel 2, kolom "));
}

}  // namespace
}  // namespace wissel::sop
