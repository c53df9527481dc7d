#include "libs/verify/personal_mailbox.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace wissel::verify {
namespace {

using Set = absl::flat_hash_set<absl::string_view>;

bool IsGivenName(absl::string_view word) {
  static const auto* names = new Set{
      "aad",      "aart",       "abdel",      "achmed",    "ahmed",    "albert",    "ali",
      "alex",     "amira",      "an",         "andre",     "angela",   "anita",     "anja",
      "ank",      "anna",       "anne",       "annemarie", "annie",    "anouk",     "anton",
      "antoon",   "arie",       "arjan",      "arnold",    "ayse",     "barbara",   "bart",
      "bas",      "ben",        "bert",       "bianca",    "bob",      "bram",      "brigitte",
      "carla",    "carlo",      "carolien",   "caroline",  "cees",     "charlotte", "chantal",
      "chris",    "claudia",    "cor",        "corrie",    "daan",     "daniel",    "david",
      "debbie",   "dennis",     "derk",       "diana",     "dick",     "dirk",      "dennis",
      "edwin",    "eefje",      "elise",      "ellen",     "els",      "emma",      "emine",
      "eric",     "erik",       "erwin",      "esther",    "eva",      "evelien",   "ewout",
      "fatima",   "fatma",      "femke",      "fenna",     "fleur",    "floor",     "frank",
      "frans",    "fred",       "frits",      "geert",     "gerard",   "gerda",     "gerrit",
      "gert",     "gijs",       "guus",       "hans",      "harm",     "harry",     "hassan",
      "heleen",   "henk",       "hendrik",    "henny",     "herman",   "hugo",      "ilse",
      "ineke",    "ingrid",     "inge",       "irene",     "iris",     "ivo",       "jaap",
      "jacob",    "jacqueline", "jan",        "jane",      "janneke",  "jasmijn",   "jasper",
      "jean",     "jelle",      "jeroen",     "jessica",   "jet",      "joep",      "johan",
      "johannes", "john",       "joke",       "jolanda",   "joost",    "joris",     "jos",
      "joyce",    "judith",     "julia",      "jurgen",    "karel",    "karin",     "karim",
      "kees",     "khadija",    "kim",        "klaas",     "koen",     "koos",      "laura",
      "lars",     "leo",        "leon",       "lianne",    "lieke",    "linda",     "lisa",
      "lotte",    "lucas",      "luuk",       "maaike",    "maarten",  "manon",     "marc",
      "marcel",   "marco",      "margriet",   "maria",     "marianne", "marie",     "marieke",
      "marijke",  "marina",     "mario",      "marion",    "mariska",  "marja",     "marjan",
      "marleen",  "marloes",    "martijn",    "martin",    "mary",     "maurice",   "max",
      "mehmet",   "menno",      "merel",      "michael",   "michel",   "michiel",   "mieke",
      "miranda",  "mohamed",    "mohammed",   "monique",   "mustafa",  "nancy",     "nathalie",
      "nick",     "nicole",     "niek",       "niels",     "nienke",   "noah",      "noor",
      "olga",     "omar",       "oscar",      "paul",      "patricia", "patrick",   "peter",
      "petra",    "pien",       "pieter",     "piet",      "pim",      "rachid",    "ralf",
      "ralph",    "ramon",      "raymond",    "remco",     "rene",     "ria",       "richard",
      "rik",      "rob",        "robert",     "robin",     "roel",     "ronald",    "ruben",
      "rudolf",   "ruud",       "saida",      "samira",    "sander",   "sandra",    "sanne",
      "sara",     "saskia",     "sebastiaan", "sem",       "silvia",   "simone",    "simon",
      "sjaak",    "sjoerd",     "sonja",      "sophie",    "stefan",   "stephanie", "susan",
      "suzanne",  "sven",       "sylvia",     "tamara",    "tanja",    "teun",      "theo",
      "thijs",    "thomas",     "tim",        "timo",      "tineke",   "tom",       "toon",
      "truus",    "udo",        "vera",       "victor",    "vincent",  "wendy",     "wilco",
      "wilma",    "willem",     "wim",        "wouter",    "yasmina",  "yvonne",    "yusuf"};
  return names->contains(word);
}

bool IsNamePrefix(absl::string_view word) {
  static const auto* prefixes =
      new Set{"van", "de", "den", "der", "ter", "ten", "te", "el", "von", "vd", "t"};
  return prefixes->contains(word);
}

// What mailboxes of municipalities are called besides their teams and topics.
bool IsOfficeWord(absl::string_view word) {
  static const auto* words = new Set{"aanvraag",     "administratie",
                                     "advies",       "afdeling",
                                     "afspraak",     "algemeen",
                                     "balie",        "beheer",
                                     "belasting",    "beleid",
                                     "bestuur",      "bouw",
                                     "burger",       "bureau",
                                     "centraal",     "centrum",
                                     "cluster",      "college",
                                     "communicatie", "contact",
                                     "dienst",       "dienstverlening",
                                     "digitaal",     "economie",
                                     "facilitair",   "financien",
                                     "gebied",       "gebieden",
                                     "gemeente",     "griffie",
                                     "groep",        "helpdesk",
                                     "het",          "hulp",
                                     "ict",          "info",
                                     "informatie",   "inkoop",
                                     "inwoners",     "juridisch",
                                     "kcc",          "klant",
                                     "klantcontact", "klantenservice",
                                     "leefbaarheid", "loket",
                                     "mail",         "melding",
                                     "meldingen",    "meldpunt",
                                     "mobiliteit",   "noord",
                                     "oost",         "ondersteuning",
                                     "onderwijs",    "openbare",
                                     "ordening",     "organisatie",
                                     "plan",         "planning",
                                     "post",         "postbus",
                                     "project",      "projecten",
                                     "publiek",      "publiekszaken",
                                     "ruimte",       "samenleving",
                                     "secretariaat", "service",
                                     "servicepunt",  "sociaal",
                                     "sport",        "stad",
                                     "stadsbeheer",  "stadsdeel",
                                     "steunpunt",    "support",
                                     "team",         "toezicht",
                                     "uitvoering",   "veilig",
                                     "veiligheid",   "vragen",
                                     "welzijn",      "west",
                                     "werk",         "wijk",
                                     "wijken",       "wonen",
                                     "zaken",        "zorg",
                                     "zuid"};
  return words->contains(word);
}

std::vector<std::string> WordsOf(absl::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : absl::StrCat(text, " ")) {
    // Bytes of letters beyond ASCII stay inside the word.
    if (absl::ascii_isalnum(c) || static_cast<unsigned char>(c) >= 0x80) {
      word += absl::ascii_tolower(c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, ""));
    }
  }
  return words;
}

}  // namespace

void NameWords::Add(absl::string_view text) {
  for (std::string& word : WordsOf(text)) {
    // Many words begin as names do: people called Jan may stand in what a team takes.
    if (!IsGivenName(word) && !IsNamePrefix(word) && word.size() > 1) {
      words_.insert(std::move(word));
    }
  }
}

bool IsPersonalMailbox(absl::string_view address, const NameWords& known) {
  const absl::string_view local = address.substr(0, address.find('@'));
  const std::vector<std::string> words = WordsOf(local.substr(0, local.find('+')));
  if (words.empty()) return false;
  // Whether it could be the name of a family.
  const auto may_be_name = [&](const std::string& word) {
    return word.size() > 1 && !IsNamePrefix(word) && !IsOfficeWord(word) && !known.Has(word) &&
           std::none_of(word.begin(), word.end(), absl::ascii_isdigit);
  };
  const bool all_names = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.size() == 1 || IsNamePrefix(word) || may_be_name(word);
  });
  if (!all_names || std::none_of(words.begin(), words.end(), may_be_name)) return false;
  if (IsGivenName(words.front())) return true;
  if (words.size() == 1) return false;
  if (words.front().size() == 1 || words.back().size() == 1) return true;
  return words.size() > 2 && may_be_name(words.front()) && may_be_name(words.back()) &&
         std::all_of(words.begin() + 1, words.end() - 1,
                     [](const std::string& word) { return IsNamePrefix(word); });
}

}  // namespace wissel::verify
