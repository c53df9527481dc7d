#include "libs/verify/rule_checks.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "libs/verify/finding_text.h"
#include "libs/verify/phone_digits.h"

namespace wissel::router {
namespace {

// More others than this tell a reader nothing new.
constexpr size_t kMostOthers = 10;
constexpr int kMostLoops = 100;
// To find the fewest covering rules, each is left out once.
constexpr size_t kMostToLeaveOut = 64;

constexpr size_t AtomOf(Channel channel) { return static_cast<size_t>(channel) - 1; }

// Where a resident lands who does as told; kChannelCount if this ends there.
constexpr size_t kNowhere = static_cast<size_t>(common::v1::Channel_MAX);
size_t LandsOn(const Agreement& then) {
  if (then.outcome != v1::OUTCOME_STEER) return kNowhere;
  switch (then.steer_target) {
    case v1::STEER_TARGET_FORM:
      return AtomOf(common::v1::CHANNEL_FORM);
    case v1::STEER_TARGET_COUNTER:
      return AtomOf(common::v1::CHANNEL_COUNTER);
    case v1::STEER_TARGET_OWN_NUMBER:
      return AtomOf(common::v1::CHANNEL_PHONE);
    default:
      return kNowhere;
  }
}

std::vector<size_t> PriorityStarts(const Sop& sop, const std::vector<size_t>& order) {
  std::vector<size_t> starts(order.size());
  for (size_t place = 1; place < order.size(); ++place) {
    const bool same = sop.rules[order[place]].priority == sop.rules[order[place - 1]].priority;
    starts[place] = same ? starts[place - 1] : place;
  }
  return starts;
}

}  // namespace

RuleChecks::RuleChecks(const Sop& sop, const Space& space, std::vector<std::string> numbers,
                       SearchBudget budget)
    : sop_(sop),
      space_(space),
      numbers_(std::move(numbers)),
      budget_(budget),
      order_(DecisionOrder(sop)),
      search_(space, budget.whole),
      by_topic_(space.atoms(kTopic)),
      priority_starts_(PriorityStarts(sop, order_)),
      steering_(kNowhere) {
  std::map<std::tuple<int, std::string, int, std::string, std::string>, int> agreements;
  for (size_t place = 0; place < order_.size(); ++place) {
    const int rule = static_cast<int>(place);
    const Region& when = RegionAt(rule).when;
    for (size_t topic = 0; topic < by_topic_.size(); ++topic) {
      if (!when.asks[kTopic] || when.inside[kTopic].Has(topic)) by_topic_[topic].push_back(rule);
    }
    const Agreement& then = RuleAt(rule).then;
    const size_t lands_on = LandsOn(then);
    if (lands_on != kNowhere) steering_[lands_on].push_back(rule);
    agreements_.push_back(agreements
                              .emplace(std::tuple(then.outcome, then.team_id, then.steer_target,
                                                  then.steer_to, then.phone_number),
                                       rule)
                              .first->second);
  }
}

std::vector<Finding> RuleChecks::Run() {
  CheckOutcomes();
  for (size_t place = 0; place < order_.size(); ++place) {
    const int rule = static_cast<int>(place);
    CheckReach(rule);
    CheckContradictions(rule);
    CheckShut(rule);
  }
  CheckLoops();
  if (gave_up_) {
    Finding& finding = findings_.emplace_back();
    finding.kind = Finding::Kind::kUnsettled;
    finding.message =
        "Deze werkafspraken hebben zo veel combinaties dat de controle niet alles kon nagaan. Maak "
        "de afspraken eenvoudiger: minder uitzonderingen, en afspraken die elkaar minder "
        "overlappen.";
  }
  return std::move(findings_);
}

RuleChecks::Answer RuleChecks::Ask(const Question& question) {
  if (search_.spent()) {
    gave_up_ = true;
    return Answer::kGaveUp;
  }
  for (size_t topic = 0; topic < by_topic_.size(); ++topic) {
    const bool possible =
        std::all_of(question.parts.begin(), question.parts.end(), [&](const Part& part) {
          if (part.rule < 0) return true;
          const Region& when = RegionAt(part.rule).when;
          return !when.asks[kTopic] || when.inside[kTopic].Has(topic);
        });
    if (!possible) continue;
    const Answer answer = AskAbout(topic, question);
    if (answer == Answer::kGaveUp) gave_up_ = true;
    if (answer != Answer::kNone) return answer;
  }
  return Answer::kNone;
}

RuleChecks::Answer RuleChecks::AskAbout(size_t topic, const Question& question) {
  search_.Start(topic);
  if (question.moments && !search_.Enter(kMoment, *question.moments)) return Answer::kNone;
  std::vector<RegionSearch::Outside> outside;
  const auto stay_out = [&](int rule, int channel) {
    const RuleRegion& region = RegionAt(rule);
    outside.push_back(
        {.when = &region.when, .unless = &region.unless, .channel = channel, .rule = rule});
  };
  for (const Part& part : question.parts) {
    if (part.rule >= 0 && !search_.Enter(RegionAt(part.rule), part.channel)) return Answer::kNone;
    for (const int rule : by_topic_[topic]) {
      if (static_cast<size_t>(rule) >= part.before) break;
      stay_out(rule, part.channel);
    }
  }
  for (const int rule : question.others) stay_out(rule, RegionSearch::kAnyChannel);
  return search_.StayOut(std::move(outside), budget_.question);
}

void RuleChecks::CheckOutcomes() {
  if (Ask({.parts = {{.rule = -1, .before = order_.size()}}}) != Answer::kFound) return;
  Finding& finding = findings_.emplace_back();
  finding.kind = Finding::Kind::kNoOutcome;
  if (!sop_.rules.empty()) finding.place = sop_.rules.back().source.place;
  finding.example = search_.Found();
  finding.message =
      "Er zijn vragen waarvoor geen enkele afspraak geldt. Zet onderaan een afspraak zonder "
      "voorwaarden, die alles opvangt wat overblijft.";
}

void RuleChecks::CheckReach(int rule) {
  search_.TakeUsed();
  if (Ask({.parts = {{.rule = rule, .before = static_cast<size_t>(rule)}}}) != Answer::kNone) {
    return;
  }
  const std::vector<int> covering = Covering(rule, search_.TakeUsed());
  Finding& finding = Report(Finding::Kind::kUnreachable, rule);
  for (const int other : covering) finding.other_rules.push_back(RuleAt(other).rule_id);
  if (covering.empty()) {
    finding.message = absl::StrCat(
        "Afspraak `", finding.rule_id,
        "` geldt nooit: zijn voorwaarden sluiten elkaar uit. Verander de voorwaarden of haal de "
        "afspraak weg.");
    return;
  }
  finding.message = absl::StrCat(
      "Afspraak `", finding.rule_id, "` wordt nooit bereikt: ", RulesInWords(finding.other_rules),
      covering.size() == 1 ? " gaat voor en neemt" : " gaan voor en nemen",
      " alles al wat deze afspraak zou nemen. Haal de afspraak weg, zet hem eerder of geef hem een "
      "hogere prioriteit.");
}

std::vector<int> RuleChecks::Covering(int rule, std::vector<int> used) {
  const bool gave_up = gave_up_;
  if (used.size() <= kMostToLeaveOut) {
    for (size_t i = 0; i < used.size();) {
      Question without{.parts = {{.rule = rule}}, .others = used};
      without.others.erase(without.others.begin() + i);
      if (Ask(without) == Answer::kNone) {
        used = std::move(without.others);
      } else {
        ++i;
      }
    }
  }
  // That it is covered stands; only the list may be longer than needed.
  gave_up_ = gave_up;
  return used;
}

bool RuleChecks::Meet(int a, int b) const {
  const Region& first = RegionAt(a).when;
  const Region& second = RegionAt(b).when;
  for (size_t dimension = 0; dimension < kDimensions; ++dimension) {
    if (first.asks[dimension] && second.asks[dimension] &&
        !first.inside[dimension].Meets(second.inside[dimension])) {
      return false;
    }
  }
  return true;
}

bool RuleChecks::Contradict(int a, int b) {
  if (Ask({.parts = {{.rule = a}}, .others = {b}}) != Answer::kFound) return false;
  if (Ask({.parts = {{.rule = b}}, .others = {a}}) != Answer::kFound) return false;
  return Ask({.parts = {{.rule = a, .before = priority_starts_[a]}, {.rule = b}}}) ==
         Answer::kFound;
}

void RuleChecks::CheckContradictions(int rule) {
  std::vector<std::string> others;
  std::optional<Example> example;
  for (int other = static_cast<int>(priority_starts_[rule]);
       other < rule && others.size() < kMostOthers; ++other) {
    if (agreements_[other] == agreements_[rule] || !Meet(other, rule)) continue;
    if (!Contradict(other, rule)) continue;
    if (others.empty()) example = search_.Found();
    others.push_back(RuleAt(other).rule_id);
  }
  if (others.empty()) return;
  Finding& finding = Report(Finding::Kind::kContradiction, rule);
  finding.example = example;
  finding.message =
      absl::StrCat("Afspraak `", finding.rule_id, "` en ", RulesInWords(others),
                   " gelden voor dezelfde vraag, maar zeggen iets anders. Geef de afspraak die "
                   "voor moet gaan een "
                   "hogere prioriteit, of maak de voorwaarden zo dat ze elkaar niet raken.");
  finding.other_rules = std::move(others);
}

bool RuleChecks::PutsThrough(const SopRule& rule, size_t place) const {
  if (rule.then.outcome == v1::OUTCOME_TRANSFER) return true;
  return rule.then.steer_target == v1::STEER_TARGET_OWN_NUMBER && !numbers_[place].empty() &&
         PhoneDigits(rule.then.phone_number) == PhoneDigits(numbers_[place]);
}

void RuleChecks::CheckShut(int rule) {
  const SopRule& what = RuleAt(rule);
  if (!space_.HasHours(what.then.team_id) || !PutsThrough(what, order_[rule])) return;
  if (Ask({.parts = {{.rule = rule, .before = static_cast<size_t>(rule)}},
           .moments = space_.ShutMoments(what.then.team_id)}) != Answer::kFound) {
    return;
  }
  Finding& finding = Report(Finding::Kind::kClosedTeam, rule);
  finding.severity = Finding::Severity::kWarning;
  finding.team_id = what.then.team_id;
  finding.example = search_.Found();
  finding.message = absl::StrCat(
      "Afspraak `", finding.rule_id, "` verbindt ook door als het team ", finding.team_id,
      " dicht is. Zet `hours: open` bij de voorwaarden, met daaronder een afspraak voor buiten de "
      "openingstijden.");
}

void RuleChecks::CheckLoops() {
  for (const size_t from : {AtomOf(common::v1::CHANNEL_PHONE), AtomOf(common::v1::CHANNEL_FORM),
                            AtomOf(common::v1::CHANNEL_COUNTER)}) {
    for (const std::vector<int>& rules : steering_) {
      for (const int rule : rules) {
        FollowSteering({{.rule = rule,
                         .before = static_cast<size_t>(rule),
                         .channel = static_cast<int>(from)}});
      }
    }
  }
}

void RuleChecks::FollowSteering(std::vector<Part> parts) {
  const Part& last = parts.back();
  const Region& when = RegionAt(last.rule).when;
  if (when.asks[kChannel] && !when.inside[kChannel].Has(last.channel)) return;
  const int to = static_cast<int>(LandsOn(RuleAt(last.rule).then));
  if (to == last.channel) return;
  if (to == parts.front().channel) {
    if (Ask({.parts = parts}) == Answer::kFound) ReportLoop(parts);
    return;
  }
  // A circle is told once, from its first channel on.
  if (to < parts.front().channel || parts.size() > 2) return;
  if (parts.size() == 2 && Ask({.parts = parts}) != Answer::kFound) return;
  for (const std::vector<int>& rules : steering_) {
    for (const int rule : rules) {
      if (loops_ == kMostLoops) return;
      // Over different channels: that one asks for the one and one for the other is no matter.
      const Region& next = RegionAt(rule).when;
      if ((next.asks[kChannel] && !next.inside[kChannel].Has(to)) ||
          (next.asks[kTopic] && when.asks[kTopic] &&
           !next.inside[kTopic].Meets(when.inside[kTopic]))) {
        continue;
      }
      std::vector<Part> longer = parts;
      longer.push_back({.rule = rule, .before = static_cast<size_t>(rule), .channel = to});
      FollowSteering(std::move(longer));
    }
  }
}

void RuleChecks::ReportLoop(const std::vector<Part>& parts) {
  ++loops_;
  Finding& finding = Report(Finding::Kind::kSteeringLoop, parts.front().rule);
  finding.example = search_.Found();
  finding.example->channel = static_cast<Channel>(parts.front().channel + 1);
  std::string way(ChannelInWords(finding.example->channel));
  for (const Part& part : parts) {
    const Channel to = static_cast<Channel>(LandsOn(RuleAt(part.rule).then) + 1);
    absl::StrAppend(&way, ", dan naar ", ChannelInWords(to), " (afspraak `",
                    RuleAt(part.rule).rule_id, "`)");
    if (part.rule != parts.front().rule) finding.other_rules.push_back(RuleAt(part.rule).rule_id);
  }
  finding.message = absl::StrCat("De klant wordt in een kring gestuurd: van ", way,
                                 ". Laat een van deze afspraken ergens eindigen.");
}

Finding& RuleChecks::Report(Finding::Kind kind, int rule) {
  Finding& finding = findings_.emplace_back();
  finding.kind = kind;
  finding.place = RuleAt(rule).source.place;
  finding.rule_id = RuleAt(rule).rule_id;
  return finding;
}

}  // namespace wissel::router
