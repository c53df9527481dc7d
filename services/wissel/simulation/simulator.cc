#include "services/wissel/simulation/simulator.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "services/cases/registration/registration.h"
#include "services/router/active/routing_facts.h"

namespace wissel::simulation {
namespace {

using cases::v1::Contact;
using routing::v1::Decision;

constexpr const char* kStreets[] = {
    "Lindelaan",      "Dorpsstraat",  "Kerkstraat",         "Molenweg",           "Stationsplein",
    "Wilhelminalaan", "Schoolstraat", "Burg. De Witstraat", "Prins Bernhardlaan", "Zeeweg",
    "Achterom",       "’s-Gravenpad", "Ds. J. Ypeijlaan",
};
constexpr const char* kFirstLineAnswers[] = {
    "Uitgelegd wat u nodig heeft, en samen een afspraak gemaakt.",
    "De vraag beantwoord met de uitleg van de website.",
    "Nagekeken in het systeem en direct verteld hoe het staat.",
};

// How often the first line does what the SOP says; else it takes a callback request.
// Others have tried the website before, or want to hear it from a person.
constexpr double kFollowsSteering = 0.3;
constexpr double kAnsweredAtOnce = 0.93;
constexpr double kTransferReached = 0.78;
constexpr double kWithPreference = 0.08;
constexpr double kAnonymous = 0.35;

bool IsDirect(common::v1::Channel channel) {
  return channel == common::v1::CHANNEL_PHONE || channel == common::v1::CHANNEL_COUNTER ||
         channel == common::v1::CHANNEL_CHAT || channel == common::v1::CHANNEL_SOCIAL;
}

void SetQuestion(const AskedTopic& asked, Dice& dice, common::v1::Question& question) {
  question.set_topic_id(asked.topic->topic_id);
  if (asked.known == nullptr) {
    question.set_subject(absl::StrCat("Vraag over ", asked.topic->name));
    question.set_text(
        absl::StrCat("Ik heb een vraag over ", asked.topic->name, ". Kunt u mij daarmee helpen?"));
    return;
  }
  int64_t count = 0;
  for (const QuestionWords& words : asked.known->words) count += words.subject != nullptr;
  const QuestionWords& words = asked.known->words[dice.Below(count)];
  question.set_subject(words.subject);
  question.set_text(absl::StrReplaceAll(words.text, {{"{straat}", dice.OneOf(kStreets)}}));
}

}  // namespace

Simulator::Simulator(cases::Simulation simulation, SimulatedMunicipality municipality)
    : simulation_(simulation),
      municipality_(std::move(municipality)),
      hours_(router::HoursOf(*municipality_.facts)),
      residents_(static_cast<uint64_t>(simulation.seed), simulation.inhabitants,
                 municipality_.sop->sop().areas),
      arrivals_(static_cast<uint64_t>(simulation.seed), simulation.inhabitants,
                *municipality_.facts, municipality_.sop->sop()),
      staff_(static_cast<uint64_t>(simulation.seed), simulation.inhabitants, *municipality_.facts,
             municipality_.accounts),
      pace_(static_cast<uint64_t>(simulation.seed), simulation.share_in_time, simulation.first_day,
            *municipality_.facts),
      course_(*municipality_.facts, staff_, pace_, simulation.until),
      day_(simulation.first_day) {}

bool Simulator::IsOver() const {
  return absl::FromCivil(day_, municipality_.facts->zone) > simulation_.until;
}

absl::StatusOr<std::vector<cases::CaseHistory>> Simulator::NextDay() {
  std::vector<cases::CaseHistory> histories;
  const auto day_number = static_cast<uint64_t>(day_ - absl::CivilDay(2000));
  uint64_t number = 0;
  for (const Arrival& arrival : arrivals_.OfDay(day_)) {
    if (arrival.at > simulation_.until) break;
    Dice dice({static_cast<uint64_t>(simulation_.seed), 7, day_number, ++number});
    WISSEL_ASSIGN_OR_RETURN(cases::CaseHistory history, Make(arrival, number, dice));
    histories.push_back(std::move(history));
  }
  ++day_;
  return histories;
}

Decision Simulator::Decide(const Contact& contact, absl::Time at) const {
  decision::RoutingRequest request = {
      .channel = contact.channel(),
      .topic_id = contact.question().topic_id(),
      .subject = contact.question().subject(),
      .text = contact.question().text(),
      .is_business = !contact.customer().organisation().empty(),
      .neighbourhood = contact.customer().neighbourhood(),
      .postcode = contact.customer().postcode(),
  };
  hours_.SetMoment(at, &request);
  return municipality_.sop->Decide(request);
}

void Simulator::Register(const Arrival& arrival, Dice& dice, Contact& contact) const {
  contact.set_channel(arrival.channel);
  *contact.mutable_decision() = Decide(contact, arrival.at);
  if (!IsDirect(arrival.channel)) return;
  switch (contact.decision().outcome()) {
    case routing::v1::OUTCOME_STEER:
      if (dice.Chance(kFollowsSteering)) {
        contact.set_outcome(cases::v1::CASE_OUTCOME_STEERED);
        return;
      }
      [[fallthrough]];
    case routing::v1::OUTCOME_ANSWER:
      if (!dice.Chance(kAnsweredAtOnce)) break;
      contact.set_outcome(cases::v1::CASE_OUTCOME_FIRST_CONTACT);
      contact.set_answer(dice.OneOf(kFirstLineAnswers));
      return;
    case routing::v1::OUTCOME_TRANSFER:
      if (!dice.Chance(kTransferReached)) break;
      contact.set_outcome(cases::v1::CASE_OUTCOME_FIRST_CONTACT);
      contact.set_answer("Doorverbonden met het team.");
      return;
    case routing::v1::OUTCOME_REJECT:
      contact.set_outcome(cases::v1::CASE_OUTCOME_ACQUISITION);
      return;
    default:
      break;
  }
  if (arrival.channel == common::v1::CHANNEL_SOCIAL) return;
  contact.set_channel(common::v1::CHANNEL_CALLBACK);
  *contact.mutable_decision() = Decide(contact, arrival.at);
  if (!dice.Chance(kWithPreference)) return;
  // On the next working day, in the morning or the afternoon.
  absl::CivilDay day = day_ + 1;
  if (const auto& calendar = municipality_.facts->service_calendar) {
    day = calendar->DayOf(calendar->NextOpen(absl::FromCivil(day, municipality_.facts->zone)));
  }
  const absl::CivilHour from = absl::CivilHour(day) + (dice.Chance(0.5) ? 9 : 13);
  *contact.mutable_preferred_moment()->mutable_not_before() =
      ToProto(absl::FromCivil(from, municipality_.facts->zone));
  *contact.mutable_preferred_moment()->mutable_not_after() =
      ToProto(absl::FromCivil(from + 3, municipality_.facts->zone));
}

absl::StatusOr<cases::CaseHistory> Simulator::Make(const Arrival& arrival, uint64_t number,
                                                   Dice& dice) {
  cases::v1::RegisterContactRequest request;
  Contact& contact = *request.mutable_contact();
  *contact.mutable_customer() = residents_.At(residents_.SomeoneWhoAsks(dice));
  SetQuestion(*arrival.topic, dice, *contact.mutable_question());
  Register(arrival, dice, contact);
  const bool is_open = contact.outcome() == cases::v1::CASE_OUTCOME_UNSPECIFIED;
  // Nobody has to give a name to get an answer.
  if (!is_open && dice.Chance(kAnonymous)) contact.clear_customer();
  const std::string day = absl::FormatCivilTime(day_);
  if (contact.channel() == common::v1::CHANNEL_SOCIAL) {
    contact.set_account("voorbeeld");
    contact.set_external_id(absl::StrCat("sim-", simulation_.seed, "-", day, "-", number));
  }
  request.set_idempotency_key(absl::StrCat("sim-", simulation_.seed, "-", day, "-", number));
  // Of a request that nobody sent.
  request.set_request_hash(std::string(32, '\0'));
  const rpc::Principal& agent = staff_.OneOf(municipality_.facts->kcc_team_id(), dice);
  WISSEL_ASSIGN_OR_RETURN(cases::NewCase registered,
                          cases::MakeCase(request, agent, *municipality_.facts, 0, arrival.at));
  cases::CaseHistory history = cases::BeginHistory(std::move(registered), arrival.at);
  if (is_open) WISSEL_RETURN_IF_ERROR(course_.Run(history, dice));
  return history;
}

}  // namespace wissel::simulation
