#include "libs/sop/sop_writer.h"

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/sop/random_sop.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/test_sops.h"

namespace wissel::sop {
namespace {

constexpr char kCanonical[] = R"(# Werkafspraken.
#
#   Met de hand.

teams:
  # Verhuist in maart.
  - id: burgerzaken
    mailbox: burgerzaken@voorbeeld.example
    transfer_number: 088 000 0230
    hours:
      mon-thu: ["08:30-12:30", "13:00-17:00"]
      fri: ["08:30-12:00"]
    norms: {callback: 2, email: {working_days: 5, target: 0.95}}
    takes: "Alles over documenten: paspoort, rijbewijs."
    closed_from: 2027-01-01

menu:
  - {key: "1", says: Voor een afspraak}

areas:
  - id: centrum
    name: Centrum
    postcodes: ["2511", 2512AB-2513XZ]
    neighbourhoods: [Kortenbos, Zeeheldenkwartier]

topics:
  - {id: documenten, name: Documenten}
  - {id: paspoort, name: Paspoort, upl: "http://standaarden.overheid.nl/owms/terms/paspoort", parent: documenten}

rules:
  # Alleen overdag.
  - id: paspoort-bellen
    priority: 10
    when:
      channels: [phone, chat, counter]
      topics: [paspoort, documenten]
      keywords: ['\bpaspoort', "foto's, en meer"]
      hours: open
      weekdays: [mon, tue]
    unless:
      - {customer: business, urgency: urgent}
    outcome: answer
    team: burgerzaken
    script: >-
      U maakt een afspraak op onze website, of aan de balie. Neem uw oude paspoort mee en een
      pasfoto die aan de eisen voldoet.
    answers:
      - question: Wat kost het?
        answer: Dat staat op de website.
    review_by: 2027-03-01
  - id: acquisitie
    when: {menu: ["1"], areas: [centrum], municipalities: [GM0518]}
    outcome: reject
    team: kcc
    script: |-
      Nee, dank u.
      Dag.
    questions:
      - Belt u om iets aan te bieden?
  - id: overig
    outcome: queue
    team: kcc
)";

// An SOP that must parse.
Sop Read(const std::string& document) {
  absl::StatusOr<Sop> sop = ParseSop(document);
  EXPECT_TRUE(sop.ok()) << sop.status() << "\n" << document;
  return sop.ok() ? *std::move(sop) : Sop();
}

TEST(SopWrite, WritesOneForm) {
  // Except that menu and areas come in their own order.
  std::string canonical = kCanonical;
  const std::string mine = "{menu: [\"1\"], areas: [centrum], municipalities: [GM0518]}";
  canonical.replace(canonical.find(mine), mine.size(),
                    "{areas: [centrum], municipalities: [GM0518], menu: [\"1\"]}");
  EXPECT_EQ(WriteSop(Read(kCanonical)), canonical);
  EXPECT_EQ(WriteSop(Read(canonical)), canonical);
}

TEST(SopWrite, KeepsCommentsWithWhatTheyAreAbout) {
  const Sop sop = Read(R"(# Kop

# Kop twee
topics:   # Bij het eerste thema
  - {id: a, name: A}  # Bij a
  # Bij b
  - id: b  # Ook b
    name: 'B # geen commentaar'
    #Zonder spatie
    upl: http://standaarden.overheid.nl/owms/terms/b
# Bij de eerste regel
rules:
  - id: r
    when: {keywords: ["#a", b#c, 'd'
      # Midden in een lijst
      ]}
    outcome: answer
    script: >-  # Bij de kop van een blok
      Tekst
      # geen commentaar
   # Laatste
  - {id: overig, outcome: queue, team: kcc}
  # Slot
)");
  EXPECT_EQ(sop.comment, "Kop\nKop twee\n");
  EXPECT_EQ(sop.topics[0].source.comment, "Bij het eerste thema\nBij a\n");
  EXPECT_EQ(sop.topics[1].source.comment, "Bij b\nOok b\nZonder spatie\n");
  EXPECT_EQ(sop.topics[1].name, "B # geen commentaar");
  EXPECT_EQ(sop.rules[0].source.comment,
            "Bij de eerste regel\nMidden in een lijst\nBij de kop van een blok\n");
  EXPECT_EQ(sop.rules[0].then.script, "Tekst # geen commentaar");
  EXPECT_EQ(sop.rules[1].source.comment, "Laatste\nSlot\n");
  EXPECT_EQ(sop.rules[1].source.location.line, 22);
  EXPECT_EQ(Read(WriteSop(sop)), sop);
}

TEST(SopWrite, WritesItemsAlone) {
  const Sop sop = Read(kCanonical);
  EXPECT_EQ(WriteChoice(sop.menu[0]), "{key: \"1\", says: Voor een afspraak}\n");
  EXPECT_EQ(WriteTopic(sop.topics[0]), "{id: documenten, name: Documenten}\n");
  EXPECT_EQ(WriteRule(sop.rules[2]), "id: overig\noutcome: queue\nteam: kcc\n");
  EXPECT_THAT(WriteTeam(sop.teams[0]), ::testing::StartsWith("# Verhuist in maart.\nid: "));
  EXPECT_THAT(WriteArea(sop.areas[0]), ::testing::HasSubstr("\npostcodes: [\"2511\", "));
}

TEST(SopWriteProperty, ReadsBackAsItWas) {
  for (int seed = 0; seed < 3000; ++seed) {
    const Sop sop = RandomSop(seed).Make();
    const std::string document = WriteSop(sop);
    const absl::StatusOr<Sop> read = ParseSop(document);
    ASSERT_TRUE(read.ok()) << "seed " << seed << ": " << read.status() << "\n" << document;
    ASSERT_EQ(*read, sop) << "seed " << seed << "\n" << document;
    ASSERT_EQ(WriteSop(*read), document) << "seed " << seed;
  }
}

TEST(SopWriteProperty, LosesNothingOfTheDemoSop) {
  const std::string document = RepositoryFile("deploy/demo/sop.yaml");
  const Sop sop = Read(document);
  const std::string canonical = WriteSop(sop);
  EXPECT_EQ(Read(canonical), sop);
  EXPECT_EQ(WriteSop(Read(canonical)), canonical);
  // Every line that is a comment and nothing else is still there.
  for (const absl::string_view line : absl::StrSplit(document, '\n')) {
    const size_t hash = line.find_first_not_of(' ');
    if (hash == absl::string_view::npos || line[hash] != '#') continue;
    EXPECT_TRUE(absl::StrContains(canonical, absl::StrCat(line.substr(hash), "\n"))) << line;
  }
}

}  // namespace
}  // namespace wissel::sop
