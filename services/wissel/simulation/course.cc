#include "services/wissel/simulation/course.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::simulation {
namespace {

using cases::Act;
using cases::Action;
using cases::v1::CaseOutcome;

constexpr const char* kAnswers[] = {
    "Uitgelegd hoe het zit en wat de volgende stap is.",
    "Gebeld en de vraag beantwoord. Klant is tevreden.",
    "De aanvraag is nagekeken; klant krijgt binnen een week bericht.",
    "Alles doorgenomen en een afspraak gemaakt.",
    "De gegevens zijn aangepast en dat is bevestigd.",
    "Uitgelegd waarom dit niet kan, en wat wel mogelijk is.",
};
constexpr const char* kNotReached[] = {"Geen gehoor.", "Voicemail ingesproken.", "In gesprek.", ""};
constexpr const char* kReturns[] = {
    "Dit hoort niet bij ons team.",
    "Wij gaan over de vergunning, niet over de controle.",
    "De klant bedoelt iets anders dan het thema zegt.",
    "Dit ligt sinds dit jaar bij een ander team.",
};
constexpr const char* kInterimReplies[] = {
    "Wij zijn met uw vraag bezig. U hoort uiterlijk volgende week van ons.",
    "Uw vraag ligt bij een specialist. Zodra wij meer weten, bellen wij u.",
};
constexpr const char* kReopened[] = {"Klant belt: het is nog niet opgelost.",
                                     "Antwoord is niet aangekomen."};

// How often each happens, of the cases that a team gets.
constexpr double kMisrouted = 0.045;
constexpr double kMisroutedAgain = 0.1;
constexpr double kStillInTimeAfterReturn = 0.55;
constexpr double kForwardedByKcc = 0.35;
constexpr double kWithdrawn = 0.015;
constexpr double kAnsweredElsewhere = 0.025;
constexpr double kSteered = 0.01;
constexpr double kAcquisition = 0.004;
constexpr double kReopenedShare = 0.015;
constexpr double kAskedAgain = 0.12;
constexpr double kInterimReplied = 0.2;
constexpr double kNotReachedShare = 0.28;
constexpr double kForgotten = 0.06;

}  // namespace

// One case on its way. What lies after `until` stops it.
class Course::Walk {
 public:
  Walk(const Course& course, cases::CaseHistory& history, Dice& dice)
      : course_(course), history_(history), dice_(dice), now_(history.received_at) {}

  absl::Status Go() {
    const absl::Time due = history_.registered.due_at;
    const absl::CivilDay day = absl::ToCivilDay(now_, course_.municipality_.zone);
    const double share = course_.pace_.ShareInTime(team(), day);
    // What goes astray or is opened again takes time.
    const bool always_in_time = share >= 1;
    bool in_time = dice_.Chance(share);
    absl::Time end = in_time ? MomentInTime(due) : MomentTooLate(due);
    if (!always_in_time && IsLost()) {
      FindItsWay(end);
      in_time = in_time && dice_.Chance(kStillInTimeAfterReturn);
      end = in_time ? MomentInTime(due) : MomentTooLate(due);
    }
    AskAgain(end);
    Work(end);
    if (stopped_) return status_;
    Finish(end);
    if (!always_in_time && dice_.Chance(kReopenedShare)) Reopen();
    return status_;
  }

 private:
  const std::string& team() const { return history_.facts.team_id; }
  const std::string& kcc() const { return course_.municipality_.kcc_team_id(); }
  bool at_kcc() const { return team() == kcc(); }

  // The next moment at which somebody works, some minutes after the doors open.
  absl::Time Working(absl::Time moment) {
    const auto& calendar = course_.municipality_.service_calendar;
    if (!calendar || calendar->IsOpen(moment)) return moment;
    return calendar->NextOpen(moment) + absl::Seconds(dice_.Below(100 * 60));
  }

  // Somewhere between, at a moment at which somebody works.
  absl::Time Between(absl::Time from, absl::Time to, double share) {
    return std::max(from, std::min(Working(from + (to - from) * share), to));
  }

  absl::Time MomentInTime(absl::Time due) {
    if (due == absl::InfiniteFuture()) return Working(now_ + absl::Hours(dice_.Wait(50)));
    if (due <= now_) return MomentTooLate(due);
    const double share = dice_.Share();
    return Between(now_, due, share * (0.4 + 0.58 * share));
  }

  absl::Time MomentTooLate(absl::Time due) {
    if (due == absl::InfiniteFuture()) return Working(now_ + absl::Hours(dice_.Wait(90)));
    const double days = dice_.Chance(kForgotten) ? dice_.Wait(20) : dice_.Wait(1.8);
    return Working(std::max(due, now_) + absl::Minutes(20) + absl::Hours(24 * days));
  }

  bool IsLost() {
    if (course_.departments_.size() < 2) return false;
    return dice_.Chance(at_kcc() ? kForwardedByKcc : kMisrouted);
  }

  void FindItsWay(absl::Time end) {
    for (bool again = true; again; again = dice_.Chance(kMisroutedAgain)) {
      const std::string to = OtherDepartment();
      if (!at_kcc()) {
        Do(Between(now_, end, 0.4 * dice_.Share()),
           {.action = Action::kReturn,
            .text = dice_.OneOf(kReturns),
            .team_id = dice_.Chance(0.8) ? to : ""},
           Somebody());
      }
      Do(Working(now_ + absl::Minutes(10) + absl::Hours(dice_.Wait(3))),
         {.action = Action::kForward, .team_id = to}, Somebody());
    }
  }

  // Neighbours more than others: a rule that is wrong is wrong in the same way each time.
  std::string OtherDepartment() {
    const auto& all = course_.departments_;
    const auto here = std::find(all.begin(), all.end(), team());
    const auto place =
        here == all.end() ? dice_.Below(static_cast<int64_t>(all.size())) : here - all.begin();
    const int64_t step =
        dice_.Chance(0.75) ? 1 : 1 + dice_.Below(static_cast<int64_t>(all.size()) - 1);
    return all[static_cast<size_t>(place + step) % all.size()];
  }

  // Who waits long asks again, by another channel.
  void AskAgain(absl::Time end) {
    if (end - now_ < absl::Hours(30) || !dice_.Chance(kAskedAgain)) return;
    const absl::Time at = Between(now_, end, 0.3 + 0.6 * dice_.Share());
    if (at > course_.until_ || at <= now_) return;
    now_ = at;
    const cases::NewCase& first = history_.registered;
    const bool by_phone = first.channel != common::v1::CHANNEL_PHONE;
    cases::AddContactAt(
        {.at = at,
         .channel = by_phone ? common::v1::CHANNEL_PHONE : common::v1::CHANNEL_EMAIL,
         .phone = first.phone,
         .email = first.email,
         .given_name = first.given_name,
         .name_prefix = first.name_prefix,
         .family_name = first.family_name,
         .subject = absl::StrCat("Weer: ", first.subject),
         .question = "Ik wacht nog op antwoord. Wanneer hoor ik iets?"},
        course_.staff_.OneOf(kcc(), dice_), history_);
  }

  // What somebody does before the end.
  void Work(absl::Time end) {
    const rpc::Principal* holder = &Somebody();
    if (end > course_.until_) {
      // It is in hand today, so whoever has it must be there.
      holder = course_.staff_.OneWithAccount(team(), dice_);
      if (holder == nullptr) return Stop();
    }
    holder_ = holder;
    if (dice_.Chance(0.75)) {
      Do(Between(now_, end, 0.4 + 0.55 * dice_.Share()), {.action = Action::kClaim}, *holder);
    }
    if (history_.registered.channel == common::v1::CHANNEL_CALLBACK) {
      while (dice_.Chance(kNotReachedShare)) {
        Do(Between(now_, end, 0.5 * dice_.Share()),
           {.action = Action::kAttempt, .text = dice_.OneOf(kNotReached)}, *holder);
      }
    } else if (dice_.Chance(kInterimReplied)) {
      Do(Between(now_, end, 0.5 * dice_.Share()),
         {.action = Action::kInterimReply, .text = dice_.OneOf(kInterimReplies)}, *holder);
    }
    if (end > course_.until_) Stop();
  }

  void Finish(absl::Time end) {
    const std::pair<double, CaseOutcome> kOtherEnds[] = {
        {kWithdrawn, CaseOutcome::CASE_OUTCOME_WITHDRAWN},
        {kAnsweredElsewhere, CaseOutcome::CASE_OUTCOME_ANSWERED_ELSEWHERE},
        {kSteered, CaseOutcome::CASE_OUTCOME_STEERED},
        {kAcquisition, CaseOutcome::CASE_OUTCOME_ACQUISITION},
    };
    for (const auto& [share, outcome] : kOtherEnds) {
      if (dice_.Chance(share)) {
        return Do(end, {.action = Action::kClose, .outcome = outcome}, *holder_);
      }
    }
    if (history_.registered.channel == common::v1::CHANNEL_CALLBACK) {
      Do(end, {.action = Action::kAttempt, .reached = true}, *holder_);
      end += absl::Minutes(1 + dice_.Below(12));
    }
    Do(end, {.action = Action::kAnswer, .text = dice_.OneOf(kAnswers)}, *holder_);
  }

  void Reopen() {
    Do(Working(now_ + absl::Hours(24 + dice_.Below(100))),
       {.action = Action::kReopen, .text = dice_.OneOf(kReopened)},
       course_.staff_.OneOf(kcc(), dice_));
    const absl::Time end = Working(now_ + absl::Hours(4 + dice_.Below(40)));
    if (end > course_.until_) return Stop();
    Finish(end);
  }

  // Of the team that has the case now.
  const rpc::Principal& Somebody() { return course_.staff_.OneOf(team(), dice_); }

  // One act after the other, a second apart at least.
  void Do(absl::Time at, Act act, const rpc::Principal& who) {
    if (stopped_) return;
    if (!history_.events.empty()) at = std::max(at, now_ + absl::Seconds(1));
    if (at > course_.until_) return Stop();
    status_ = cases::ActAt(at, act, who, kcc(), history_);
    if (!status_.ok()) return Stop();
    now_ = at;
  }

  void Stop() { stopped_ = true; }

  const Course& course_;
  cases::CaseHistory& history_;
  Dice& dice_;
  absl::Time now_;
  const rpc::Principal* holder_ = nullptr;
  bool stopped_ = false;
  absl::Status status_;
};

Course::Course(const municipality::MunicipalitySnapshot& municipality, const Staff& staff,
               const Pace& pace, absl::Time until)
    : municipality_(municipality), staff_(staff), pace_(pace), until_(until) {
  for (const auto& [team_id, team] : municipality.teams()) {
    if (!team.is_kcc) departments_.push_back(team_id);
  }
  std::sort(departments_.begin(), departments_.end());
}

absl::Status Course::Run(cases::CaseHistory& history, Dice& dice) const {
  return Walk(*this, history, dice).Go();
}

}  // namespace wissel::simulation
