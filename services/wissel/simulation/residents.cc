#include "services/wissel/simulation/residents.h"

#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/text/normal_form.h"

namespace wissel::simulation {
namespace {

struct FamilyName {
  const char* prefix;
  const char* name;
};

// As in a street of today: with prefixes, hyphens, apostrophes, marks, of one letter and of fifty,
// and in other scripts.
constexpr FamilyName kFamilyNames[] = {
    {"", "Jansen"},
    {"de", "Vries"},
    {"van den", "Berg"},
    {"", "Bakker"},
    {"van", "Dijk"},
    {"", "Visser"},
    {"", "Smit"},
    {"", "Meijer"},
    {"de", "Boer"},
    {"", "Mulder"},
    {"de", "Groot"},
    {"", "Bos"},
    {"", "Vos"},
    {"", "Peters"},
    {"", "Hendriks"},
    {"van", "Leeuwen"},
    {"", "Dekker"},
    {"", "Brouwer"},
    {"de", "Wit"},
    {"", "Dijkstra"},
    {"", "Hoekstra"},
    {"", "Postma"},
    {"", "Ypma"},
    {"van der", "Meer"},
    {"van ’t", "Hof"},
    {"in ’t", "Veld"},
    {"op den", "Kamp"},
    {"ter", "Horst"},
    {"von", "Ünruh"},
    {"", "Yılmaz"},
    {"", "Şahin"},
    {"", "Çelik"},
    {"", "Öztürk"},
    {"", "El Amrani"},
    {"", "Benali"},
    {"", "Aït Haddou"},
    {"", "Bouzid"},
    {"", "Ramdin"},
    {"", "Sewpersad"},
    {"", "Kartodikromo"},
    {"", "Tjon A Fat"},
    {"", "Nowak"},
    {"", "Wójcik"},
    {"", "Kowalczyk"},
    {"", "Шевченко"},
    {"", "Kovalenko"},
    {"", "Nguyễn"},
    {"", "Trần"},
    {"", "陳"},
    {"", "Li"},
    {"", "الحسن"},
    {"", "Haile"},
    {"", "Tesfay"},
    {"", "O’Connor"},
    {"", "García Núñez"},
    {"dos", "Santos"},
    {"", "Sørensen"},
    {"", "Müller-Lüdens"},
    {"", "Dubois"},
    {"", "E"},
    {"", "Kuipers-Verhoeven"},
    {"", "Van Oldenbarnevelt-de Graeff tot Polsbroek"},
    {"", "d’Ancona"},
    {"", "Čapek"},
};

constexpr const char* kGivenNames[] = {
    "Anna",  "Jan",    "Maria",   "Piet",      "Sanne", "Daan", "Fatma",  "Mohammed", "Noor",
    "Wim",   "Joke",   "Sem",     "Emma",      "Lars",  "Zoë",  "Chloé",  "René",     "Agnès",
    "Yusuf", "Aïcha",  "Omar",    "Wang",      "Priya", "Ravi", "Oksana", "Łukasz",   "Zofia",
    "Björn", "Søren",  "Hanneke", "Gerrit",    "Truus", "Henk", "Els",    "Bram",     "Fleur",
    "Jip",   "A.",     "J.P.",    "M.",        "C.W.",  "Ana",  "Luís",   "Hodan",    "Selam",
    "Minh",  "Ingrid", "Kees",    "Willemijn", "Thijs",
};

constexpr const char* kBusinesses[] = {
    "Bakkerij",
    "Autobedrijf",
    "Bloemenhuis",
    "Café",
    "Eetcafé",
    "Fietsenmaker",
    "Installatiebedrijf",
    "Kapsalon",
    "Makelaardij",
    "Slagerij",
    "VvE",
    "Stichting",
    "Bouwbedrijf",
    "Tandartspraktijk",
    "Restaurant",
    "Kinderopvang",
};

constexpr int kBusinessIn = 12;

// 088 0 is given to nobody.
constexpr int64_t kPhoneNumbers = 1'000'000;

std::string AsciiOf(const std::string& text) {
  std::string kept;
  for (const char c : text::FoldCase(text)) {
    if (absl::ascii_isalnum(c)) kept += c;
  }
  return kept.empty() ? "inwoner" : kept;
}

std::string PostcodeFrom(int first_digits, Dice& dice) {
  constexpr char kLetters[] = "ABCDEGHJKLMNPRSTVWXZ";
  const auto letter = [&] { return kLetters[dice.Below(20)]; };
  std::string postcode = absl::StrCat(first_digits);
  postcode += letter();
  postcode += letter();
  return postcode;
}

}  // namespace

Residents::Residents(uint64_t seed, int64_t inhabitants, const std::vector<sop::SopArea>& areas)
    : seed_(seed), inhabitants_(inhabitants), areas_(areas) {}

int64_t Residents::SomeoneWhoAsks(Dice& dice) const {
  const double share = dice.Share();
  return static_cast<int64_t>(share * share * static_cast<double>(inhabitants_));
}

common::v1::Customer Residents::At(int64_t number) const {
  Dice dice({seed_, 1, static_cast<uint64_t>(number)});
  common::v1::Customer customer;
  const std::string given = dice.OneOf(kGivenNames);
  const FamilyName& family = dice.OneOf(kFamilyNames);
  customer.set_given_name(given);
  customer.set_name_prefix(family.prefix);
  customer.set_family_name(family.name);
  if (dice.Below(kBusinessIn) == 0) {
    customer.set_organisation(absl::StrCat(dice.OneOf(kBusinesses), " ", family.name));
  }
  customer.set_phone(absl::StrFormat("+31880%06d", number % kPhoneNumbers));
  customer.set_email(
      absl::StrCat(AsciiOf(given), ".", AsciiOf(family.name), number, "@post.example"));
  if (!areas_.empty() && dice.Chance(0.3)) {
    const sop::SopArea& area = dice.OneOf(absl::MakeConstSpan(areas_));
    if (!area.neighbourhoods.empty()) {
      customer.set_neighbourhood(dice.OneOf(absl::MakeConstSpan(area.neighbourhoods)));
    }
  }
  customer.set_postcode(PostcodeFrom(2501 + static_cast<int>(dice.Below(19)), dice));
  return customer;
}

std::string ColleagueName(Dice& dice) {
  const FamilyName& family = dice.OneOf(kFamilyNames);
  return absl::StrCat(dice.OneOf(kGivenNames), *family.prefix == '\0' ? "" : " ", family.prefix,
                      " ", family.name);
}

}  // namespace wissel::simulation
