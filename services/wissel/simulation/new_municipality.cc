#include "services/wissel/simulation/new_municipality.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "services/wissel/simulation/question_bank.h"

namespace wissel::simulation {
namespace {

struct Department {
  const char* team_id;
  const char* name;
};

constexpr Department kDepartments[kMostTeams] = {
    {"burgerzaken", "Burgerzaken"},
    {"parkeren", "Parkeren"},
    {"openbare-ruimte", "Openbare ruimte"},
    {"vergunningen", "Vergunningen"},
    {"werk-en-inkomen", "Werk en inkomen"},
    {"belastingen", "Belastingen"},
    {"wmo", "Zorg en ondersteuning"},
    {"jeugd", "Jeugd en gezin"},
    {"handhaving", "Handhaving"},
    {"afval", "Afval en grondstoffen"},
    {"bedrijven", "Bedrijvencontactpunt"},
    {"juridische-zaken", "Juridische zaken"},
    {"openbare-orde", "Openbare orde en veiligheid"},
    {"onderwijs", "Onderwijs en leerplicht"},
    {"sport", "Sport"},
    {"cultuur", "Cultuur"},
    {"wonen", "Wonen"},
    {"verkeer", "Verkeer en vervoer"},
    {"groen", "Groen en bomen"},
    {"riolering", "Riolering en water"},
    {"schuldhulp", "Schuldhulpverlening"},
    {"vastgoed", "Vastgoed"},
    {"evenementen", "Evenementen"},
    {"horeca", "Horecaloket"},
    {"markten", "Markten en standplaatsen"},
    {"begraafplaatsen", "Begraafplaatsen"},
    {"archief", "Archief"},
    {"woo", "Openbaarheid (Woo)"},
    {"communicatie", "Communicatie"},
    {"bestuur", "Bestuurssecretariaat"},
    {"griffie", "Griffie"},
    {"inkoop", "Inkoop en facturen"},
    {"schade", "Schade en verzekeringen"},
    {"klachten", "Klachten en bezwaar"},
    {"monumenten", "Monumenten en archeologie"},
    {"milieu", "Milieu"},
    {"energie", "Energie en isolatie"},
    {"ruimtelijke-ordening", "Ruimtelijke ordening"},
    {"grondzaken", "Grondzaken"},
    {"bouwtoezicht", "Bouwtoezicht"},
    {"gebied-noord", "Gebiedsteam Noord"},
    {"gebied-oost", "Gebiedsteam Oost"},
    {"gebied-zuid", "Gebiedsteam Zuid"},
    {"gebied-west", "Gebiedsteam West"},
    {"gebied-centrum", "Gebiedsteam Centrum"},
    {"inburgering", "Inburgering"},
    {"minima", "Minimaregelingen"},
    {"leerlingenvervoer", "Leerlingenvervoer"},
    {"geo", "Kaarten en basisregistraties"},
    {"verkiezingen", "Verkiezingen"},
    {"begeleiding", "Maatschappelijke begeleiding"},
    {"wijkagenda", "Wijkagenda en participatie"},
    {"toezicht", "Toezicht op straat"},
    {"gladheid", "Gladheid en storm"},
    {"speeltuinen", "Speelplekken"},
    {"straatverlichting", "Straatverlichting"},
    {"bruggen", "Bruggen en havens"},
    {"kinderopvang", "Kinderopvang"},
    {"vrijwilligers", "Vrijwilligers en mantelzorg"},
    {"stadsarchief", "Stadsgeschiedenis"},
};

// One topic in four can be answered at once, one in four is steered to the website.
enum class Handling { kAnswer, kSteer, kQueue };
constexpr Handling kHandling[] = {Handling::kAnswer, Handling::kQueue, Handling::kSteer,
                                  Handling::kQueue};

constexpr char kDirect[] = "[phone, chat, social, counter]";

void AppendRule(absl::string_view topic, absl::string_view team, Handling handling,
                std::string* sop) {
  if (handling == Handling::kAnswer) {
    absl::StrAppendFormat(sop,
                          "  - {id: %s-eerste-lijn, priority: 60, when: {topics: [%s], channels: "
                          "%s}, outcome: answer, team: %s, script: Het antwoord staat op de "
                          "website.}\n",
                          topic, topic, kDirect, team);
  }
  if (handling == Handling::kSteer) {
    absl::StrAppendFormat(sop,
                          "  - {id: %s-online, priority: 60, when: {topics: [%s], channels: %s}, "
                          "outcome: steer, target: self_service, to: "
                          "\"https://www.gemeente.example/%s\", team: %s, script: U regelt dit op "
                          "de website.}\n",
                          topic, topic, kDirect, topic, team);
  }
  absl::StrAppendFormat(
      sop, "  - {id: %s, priority: 50, when: {topics: [%s]}, outcome: queue, team: %s}\n", topic,
      topic, team);
}

std::string MakeSop(int teams) {
  std::string topics = "topics:\n";
  std::string rules =
      "rules:\n"
      "  - {id: acquisitie-afwijzen, priority: 90, when: {topics: [acquisitie]}, outcome: reject, "
      "script: Wij nemen geen aanbiedingen aan., questions: [\"Wilt u iets verkopen?\"]}\n";
  size_t place = 0;
  for (const KnownTopic& topic : KnownTopics()) {
    const absl::string_view upl = topic.upl;
    absl::StrAppend(&topics, "  - {id: ", topic.topic_id, ", name: \"", topic.name, "\"");
    if (!upl.empty()) {
      absl::StrAppend(&topics, ", upl: \"http://standaarden.overheid.nl/owms/terms/", upl, "\"");
    }
    absl::StrAppend(&topics, "}\n");
    if (absl::string_view(topic.topic_id) == "acquisitie") continue;
    AppendRule(topic.topic_id, kDepartments[place % static_cast<size_t>(teams)].team_id,
               kHandling[place % std::size(kHandling)], &rules);
    ++place;
  }
  return absl::StrCat(topics, rules, "  - {id: overig, outcome: queue, team: kcc}\n");
}

}  // namespace

NewMunicipality PlanMunicipality(const std::string& tenant_id, int teams) {
  NewMunicipality plan;
  plan.municipality.mutable_municipality()->set_tenant_id(tenant_id);
  plan.municipality.mutable_municipality()->set_name(absl::StrCat("Oefenstad ", tenant_id));
  plan.municipality.set_kcc_mailbox("info@gemeente.example");
  for (int i = 0; i < teams; ++i) {
    directory::v1::Team& team = *plan.teams.add_teams();
    team.set_team_id(kDepartments[i].team_id);
    team.set_name(kDepartments[i].name);
    team.set_mailbox(absl::StrCat(kDepartments[i].team_id, "@gemeente.example"));
  }
  plan.sop = MakeSop(teams);
  return plan;
}

}  // namespace wissel::simulation
