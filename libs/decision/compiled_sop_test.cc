#include "libs/decision/compiled_sop.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/decision/test_compiled_sop.h"
#include "libs/sop/test_sops.h"

namespace wissel::decision {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using common::v1::CHANNEL_CALLBACK;
using common::v1::CHANNEL_EMAIL;
using common::v1::CHANNEL_PHONE;

std::vector<std::string> LosingIds(const v1::Decision& decision) {
  std::vector<std::string> ids;
  for (const v1::LosingRule& rule : decision.losing_rules()) ids.push_back(rule.rule_id());
  return ids;
}

TEST(Decision, TheFirstRuleThatAppliesDecides) {
  const auto sop = Compiled(sop::kSmallSop, 7);
  const v1::Decision decision = sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "paspoort"});
  EXPECT_EQ(decision.rule_id(), "paspoort-bellen");
  EXPECT_EQ(decision.sop_version(), 7);
  EXPECT_EQ(decision.outcome(), v1::OUTCOME_ANSWER);
  EXPECT_EQ(decision.team_id(), "burgerzaken");
  EXPECT_EQ(decision.script(), "U maakt een afspraak.");
  EXPECT_EQ(
      decision.reason(),
      "Het KCC beantwoordt dit zelf, want het thema is ‘Paspoort’ en het kanaal is telefoon.");
  EXPECT_FALSE(decision.pending());
}

TEST(Decision, ARuleHoldsForTopicsBelowTheOneItNames) {
  const auto sop = Compiled(sop::kSmallSop);
  const v1::Decision call = sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "kinderpaspoort"});
  EXPECT_EQ(call.rule_id(), "paspoort-bellen");
  const v1::Decision mail = sop->Decide({.channel = CHANNEL_EMAIL, .topic_id = "kinderpaspoort"});
  EXPECT_EQ(mail.rule_id(), "documenten");
  EXPECT_EQ(mail.reason(),
            "Dit gaat naar het team burgerzaken, want het thema ‘Paspoort voor een kind’ hoort bij "
            "‘Documenten’.");
  EXPECT_EQ(sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "documenten"}).rule_id(),
            "documenten");
}

TEST(Decision, KeywordsAreSoughtInSubjectAndTextWhateverTheCase) {
  const auto sop = Compiled(sop::kSmallSop);
  const auto rule = [&](absl::string_view subject, absl::string_view text) {
    return sop->Decide({.channel = CHANNEL_EMAIL, .subject = subject, .text = text}).rule_id();
  };
  EXPECT_EQ(rule("VRIJBLIJVENDE AANBOD", ""), "acquisitie");
  EXPECT_EQ(rule("", "een vrijblijvend aanbod voor u"), "acquisitie");
  EXPECT_EQ(rule("vrijblijvend", "aanbod"), "overig");
  EXPECT_EQ(sop->Decide({.channel = CHANNEL_CALLBACK, .text = "vrijblijvend aanbod"}).rule_id(),
            "overig");
}

TEST(Decision, TellsResidentFromBusiness) {
  const auto sop = Compiled(sop::kSmallSop);
  EXPECT_EQ(sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "afval"}).rule_id(), "afval");
  const v1::Decision business =
      sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "afval", .is_business = true});
  EXPECT_EQ(business.rule_id(), "bedrijf");
  EXPECT_EQ(business.phone_number(), "088 000 0230");
}

TEST(Decision, WithoutAnythingItIsTheCatchAll) {
  const auto sop = Compiled(sop::kSmallSop);
  const v1::Decision decision = sop->Decide({.channel = CHANNEL_CALLBACK});
  EXPECT_EQ(decision.rule_id(), "overig");
  EXPECT_EQ(decision.reason(),
            "Dit gaat naar het team kcc, want geen andere afspraak past bij deze vraag.");
  EXPECT_THAT(LosingIds(decision), ElementsAre("afval", "bedrijf", "documenten"));
}

TEST(Decision, ATopicThatTheSopDoesNotHaveCountsAsNone) {
  EXPECT_EQ(
      Compiled(sop::kSmallSop)->Decide({.channel = CHANNEL_PHONE, .topic_id = "oud"}).rule_id(),
      "overig");
}

TEST(Decision, TellsWhyOthersDidNotApply) {
  const v1::Decision decision =
      Compiled(sop::kSmallSop)
          ->Decide({.channel = CHANNEL_EMAIL, .topic_id = "afval", .is_business = true});
  ASSERT_EQ(decision.rule_id(), "bedrijf");
  ASSERT_THAT(LosingIds(decision), ElementsAre("acquisitie", "paspoort-bellen", "afval"));
  EXPECT_EQ(decision.losing_rules(0).reason(), "Geen van de trefwoorden staat in de vraag.");
  EXPECT_EQ(decision.losing_rules(1).reason(),
            "Het thema is ‘Afval’; deze afspraak gaat over ‘Paspoort’. "
            "Het kanaal is e-mail; deze afspraak is voor telefoon.");
  EXPECT_EQ(decision.losing_rules(2).reason(),
            "De klant is een bedrijf; deze afspraak is voor inwoners.");
}

TEST(Decision, NamesTheNearestLosersOnly) {
  std::string document = "topics: [{id: a, name: A}, {id: b, name: B}]\nrules:\n";
  for (int i = 0; i < 10; ++i) {
    // Every third fails one condition of two, the others both.
    absl::StrAppend(&document, "  - {id: r", i, ", outcome: queue, team: kcc, when: {channels: [",
                    i % 3 == 0 ? "phone" : "email", "], topics: [b]}}\n");
  }
  absl::StrAppend(&document, "  - {id: overig, outcome: queue, team: kcc}\n");
  const v1::Decision decision =
      Compiled(document)->Decide({.channel = CHANNEL_PHONE, .topic_id = "a"});
  EXPECT_THAT(LosingIds(decision), ElementsAre("r3", "r6", "r9"));
  EXPECT_THAT(decision.losing_rules(), SizeIs(CompiledSop::kMostLosingRules));
}

TEST(Decision, IsTheSameEveryTime) {
  const auto one = Compiled(sop::kSmallSop, 3);
  const auto other = Compiled(sop::kSmallSop, 3);
  const RoutingRequest request = {
      .channel = CHANNEL_EMAIL, .topic_id = "paspoort", .subject = "vraag", .text = "tekst"};
  EXPECT_EQ(one->Decide(request).SerializeAsString(), one->Decide(request).SerializeAsString());
  EXPECT_EQ(one->Decide(request).SerializeAsString(), other->Decide(request).SerializeAsString());
}

TEST(Decision, NeverRepeatsWhatTheResidentTyped) {
  const v1::Decision decision = Compiled(sop::kSmallSop)
                                    ->Decide({.channel = CHANNEL_EMAIL,
                                              .subject = "vrijblijvend aanbod",
                                              .text = "geheim 0612345678"});
  EXPECT_EQ(decision.DebugString().find("0612345678"), std::string::npos);
}

constexpr char kWideSop[] = R"yaml(
teams:
  - {id: balie, transfer_number: 088 1, hours: {mon-fri: ["09:00-12:00", "13:00-17:00"]}}
menu: [{key: "1", says: Voor afspraken}, {key: "2", says: Voor iets anders}]
areas:
  - {id: centrum, name: Centrum, postcodes: ["2511", 2512AB-2512XZ], neighbourhoods: [Kortenbós]}
  - {id: zee, name: Kust, neighbourhoods: [Scheveningen]}
rules:
  - id: bellen
    when: {channels: [phone], hours: open}
    unless: [{menu: ["2"], urgency: normal}]
    outcome: transfer
    team: balie
  - {id: spoed, priority: 5, when: {urgency: urgent, areas: [centrum]}, outcome: queue, team: wacht}
  - {id: dicht, when: {channels: [phone], hours: closed}, outcome: queue, team: balie}
  - {id: weekend, when: {weekdays: [sat, sun]}, outcome: queue, team: piket}
  - {id: buren, when: {municipalities: [GM1, GM2]}, outcome: queue, team: buren}
  - {id: kust, when: {areas: [zee, centrum]}, outcome: queue, team: kust}
  - {id: menu, when: {menu: ["1"]}, outcome: reject, script: Nee., questions: ["Verkoopt u iets?"]}
  - id: antwoord
    outcome: answer
    answers: [{question: "Hoe laat?", answer: Negen uur.}]
)yaml";

TEST(Decision, LooksAtPlaceTimeMunicipalityAndMenu) {
  const auto sop = Compiled(kWideSop);
  const auto rule = [&](const RoutingRequest& request) { return sop->Decide(request).rule_id(); };
  const RoutingRequest call = {.channel = CHANNEL_PHONE, .weekday = 0, .minute = 9 * 60};
  EXPECT_EQ(rule(call), "bellen");
  RoutingRequest other = call;
  other.minute = 12 * 60;
  EXPECT_EQ(rule(other), "dicht");
  other.minute = 17 * 60 - 1;
  EXPECT_EQ(rule(other), "bellen");
  other.closed_day = true;
  EXPECT_EQ(rule(other), "dicht");
  other = call;
  other.menu_key = "2";
  EXPECT_EQ(rule(other), "antwoord");
  other.is_urgent = true;
  EXPECT_EQ(rule(other), "bellen");
  // Priority goes before place.
  other.postcode = "2511 ab";
  EXPECT_EQ(rule(other), "spoed");
  const RoutingRequest mail = {.channel = CHANNEL_EMAIL, .weekday = 2, .minute = 60};
  EXPECT_EQ(rule(mail), "antwoord");
  other = mail;
  other.weekday = 6;
  EXPECT_EQ(rule(other), "weekend");
  other = mail;
  other.municipality = "GM2";
  EXPECT_EQ(rule(other), "buren");
  other.municipality = "GM3";
  EXPECT_EQ(rule(other), "antwoord");
}

// More of either than a number of 16 bits has room for. The rule that names one of the last is
// still for that one only.
TEST(Decision, TellsMoreMunicipalitiesAndKeywordsApartThanFitInACompactNumber) {
  constexpr int kMany = 65'600;
  sop::Sop sop = sop::ParseSop("rules: [{id: overig, outcome: queue, team: kcc}]").value();
  sop::SopRule many = sop.rules.front();
  many.rule_id = "velen";
  many.priority = 2;
  many.when.channels = {CHANNEL_EMAIL};
  for (int i = 0; i < kMany; ++i) {
    many.when.municipalities.push_back(absl::StrCat("GM", i));
    many.when.keywords.push_back(absl::StrCat("woord", i, "x"));
  }
  sop::SopRule municipality = sop.rules.front();
  municipality.rule_id = "gemeente";
  municipality.priority = 1;
  municipality.when.municipalities = {absl::StrCat("GM", kMany - 1)};
  sop::SopRule keyword = sop.rules.front();
  keyword.rule_id = "woord";
  keyword.priority = 1;
  keyword.when.keywords = {absl::StrCat("woord", kMany, "x")};
  sop.rules = {many, municipality, keyword, sop.rules.front()};
  const auto compiled = CompiledSop::Compile(std::move(sop), 1).value();
  const auto rule = [&](const char* subject, const std::string& code) {
    return compiled->Decide({.channel = CHANNEL_PHONE, .subject = subject, .municipality = code})
        .rule_id();
  };
  EXPECT_EQ(rule("vraag", "GM3"), "overig");
  EXPECT_EQ(rule("vraag", absl::StrCat("GM", kMany - 2)), "overig");
  EXPECT_EQ(rule("vraag", absl::StrCat("GM", kMany - 1)), "gemeente");
  EXPECT_EQ(rule("woord65600x", ""), "woord");
  EXPECT_EQ(rule("woord65599x", ""), "overig");
}

TEST(Decision, APlaceIsTheNeighbourhoodIfTheSopKnowsItElseThePostcode) {
  const auto sop = Compiled(kWideSop);
  const auto rule = [&](absl::string_view neighbourhood, absl::string_view postcode, bool urgent) {
    return sop
        ->Decide({.channel = CHANNEL_EMAIL,
                  .is_urgent = urgent,
                  .neighbourhood = neighbourhood,
                  .postcode = postcode})
        .rule_id();
  };
  EXPECT_EQ(rule("KORTENBÓS", "", false), "kust");
  EXPECT_EQ(rule("scheveningen", "2511AB", true), "kust");
  EXPECT_EQ(rule("elders", "2511AB", true), "spoed");
  EXPECT_EQ(rule("", "2512AA", true), "antwoord");
  EXPECT_EQ(rule("", "2512 XZ", true), "spoed");
  EXPECT_EQ(rule("", "2511", true), "antwoord");
  EXPECT_EQ(rule(std::string(1000, 'x'), "", true), "antwoord");
}

// (C6, C8) However it was typed.
TEST(Decision, PlacesAreComparedInOneForm) {
  const auto sop = CompiledSop::Compile(
      sop::ParseSop("areas:\n"
                    "  - {id: a, name: A, neighbourhoods: [\"Zee\u00EBn Buurt\", Şükrüstraat]}\n"
                    "  - {id: b, name: B, postcodes: [2511AB]}\n"
                    "rules:\n"
                    "  - {id: daar, when: {areas: [a]}, outcome: queue, team: daar}\n"
                    "  - {id: hier, when: {areas: [b]}, outcome: queue, team: hier}\n"
                    "  - {id: overig, outcome: queue, team: kcc}\n")
          .value(),
      1);
  ASSERT_TRUE(sop.ok()) << sop.status();
  for (const char* name :
       {"zee\u00EBn buurt", "ZEE\u00CBN BUURT", "Zeee\u0308n buurt", "şükrüSTRAAT"}) {
    EXPECT_EQ((*sop)->Decide({.neighbourhood = name}).rule_id(), "daar") << name;
  }
  for (const char* postcode : {"2511\u00A0ab", "\u202A2511AB", "2511 AB "}) {
    EXPECT_EQ((*sop)->Decide({.postcode = postcode}).rule_id(), "hier") << postcode;
  }
  EXPECT_EQ((*sop)->Decide({.neighbourhood = "Zeen Buurt"}).rule_id(), "overig");
}

TEST(Decision, CarriesWhatTheFirstLineNeeds) {
  const auto sop = Compiled(kWideSop);
  const v1::Decision call = sop->Decide({.channel = CHANNEL_PHONE, .minute = 600});
  EXPECT_EQ(call.phone_number(), "088 1");
  const v1::Decision menu = sop->Decide({.channel = CHANNEL_EMAIL, .menu_key = "1"});
  EXPECT_THAT(menu.questions(), ElementsAre("Verkoopt u iets?"));
  const v1::Decision answer = sop->Decide({.channel = CHANNEL_EMAIL});
  ASSERT_THAT(answer.answers(), SizeIs(1));
  EXPECT_EQ(answer.answers(0).answer(), "Negen uur.");
}

TEST(Decision, FactsOfTheHouseFillInWhatTheSopLeavesOut) {
  TeamDirectory facts;
  facts.team_names["post"] = "Postkamer";
  facts.transfer_numbers["post"] = "088 2";
  facts.team_hours["post"][0] = {{480, 600}};
  const std::string document =
      "rules:\n"
      "  - {id: open, when: {hours: open}, outcome: transfer, team: post}\n"
      "  - {id: nooit, when: {hours: open}, outcome: transfer, team: niemand}\n";
  const auto sop = CompiledSop::Compile(*sop::ParseSop(document), 3, facts).value();
  const v1::Decision open = sop->Decide({.channel = CHANNEL_PHONE, .minute = 480});
  EXPECT_EQ(open.phone_number(), "088 2");
  EXPECT_EQ(open.reason(),
            "Verbind de klant door met het team Postkamer, want het team Postkamer is open.");
  const RoutingRequest late = {.channel = CHANNEL_PHONE, .minute = 600};
  EXPECT_EQ(sop->Match(late), kNoRule);
  const v1::Decision none = sop->Decide(late);
  EXPECT_EQ(none.outcome(), v1::OUTCOME_UNSPECIFIED);
  EXPECT_EQ(none.reason(), "Geen enkele afspraak past bij deze vraag.");
  ASSERT_THAT(LosingIds(none), ElementsAre("open", "nooit"));
  EXPECT_EQ(none.losing_rules(0).reason(),
            "Het team Postkamer is gesloten; deze afspraak is voor als het open is.");
}

TEST(Decision, TellsWhyForEveryKindOfCondition) {
  const auto sop = Compiled(kWideSop);
  const v1::Decision decision =
      sop->Explain({.channel = CHANNEL_PHONE, .menu_key = "2", .weekday = 1, .minute = 600})
          .decision;
  ASSERT_EQ(decision.rule_id(), "antwoord");
  std::vector<std::string> reasons;
  for (const v1::LosingRule& rule : decision.losing_rules()) reasons.push_back(rule.reason());
  EXPECT_THAT(
      reasons,
      ElementsAre(
          "De vraag heeft geen spoed; deze afspraak is voor vragen met spoed. De plek ligt niet in "
          "‘Centrum’, of is niet bekend.",
          "Er geldt een uitzondering, want de vraag heeft geen spoed en de beller koos in het menu "
          "2 ‘Voor iets anders’.",
          "Het team balie is open; deze afspraak is voor als het gesloten is.",
          "Het is dinsdag; deze afspraak is voor zaterdag of zondag.",
          "Deze afspraak is voor de gemeente GM1 of GM2.",
          "De plek ligt niet in ‘Kust’ of ‘Centrum’, of is niet bekend.",
          "De beller koos niet 1 ‘Voor afspraken’ in het menu."));
}

TEST(Explanation, TellsEveryRuleThatWasTried) {
  const auto sop = Compiled(kWideSop, 7);
  const Explanation few = sop->Explain({.channel = CHANNEL_PHONE, .weekday = 5, .minute = 600});
  EXPECT_EQ(few.paragraph,
            "Dit gaat naar het team balie, want het kanaal is telefoon en het team balie is "
            "gesloten. Dat staat in afspraak ‘dicht’ van versie 7 van de werkafspraken.\n"
            "Deze afspraken komen eerder en passen niet:\n"
            "- ‘spoed’: De vraag heeft geen spoed; deze afspraak is voor vragen met spoed. De plek "
            "ligt niet in ‘Centrum’, of is niet bekend.\n"
            "- ‘bellen’: Het team balie is gesloten; deze afspraak is voor als het open is.");
  const Explanation many = sop->Explain({.channel = CHANNEL_EMAIL, .weekday = 1, .minute = 600});
  EXPECT_THAT(many.decision.losing_rules(), SizeIs(7));
  EXPECT_EQ(many.paragraph,
            "Het KCC beantwoordt dit zelf, want geen andere afspraak past bij deze vraag. Dat "
            "staat in afspraak ‘antwoord’ van versie 7 van de werkafspraken. Eerst zijn 7 andere "
            "afspraken bekeken: 2 zijn voor een ander gebied, 2 zijn voor een ander kanaal, 1 is "
            "voor een andere gemeente, 1 is voor een andere keuze in het menu en 1 is voor andere "
            "dagen.\n"
            "Deze afspraak paste bijna:\n"
            "- ‘bellen’: Het kanaal is e-mail; deze afspraak is voor telefoon.");
  const Explanation tried = Compiled(kWideSop, 0)->Explain({.channel = CHANNEL_EMAIL});
  EXPECT_NE(tried.paragraph.find("van dit document."), std::string::npos) << tried.paragraph;
}

}  // namespace
}  // namespace wissel::decision
