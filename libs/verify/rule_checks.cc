#include "libs/verify/rule_checks.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "libs/verify/finding_text.h"
#include "libs/verify/phone_digits.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;
namespace {

// More others than this tell a reader nothing new.
constexpr size_t kMostOthers = 10;
constexpr int kMostLoops = 100;
// To find the fewest covering rules, each is left out once.
constexpr size_t kMostToLeaveOut = 64;

constexpr size_t AtomOf(common::v1::Channel channel) { return static_cast<size_t>(channel) - 1; }

// Where a resident lands who does as told; kChannelCount if this ends there.
constexpr size_t kNowhere = static_cast<size_t>(common::v1::Channel_MAX);
size_t LandsOn(const sop::Agreement& then) {
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

std::vector<size_t> PriorityStarts(const sop::Sop& sop, const std::vector<size_t>& order) {
  std::vector<size_t> starts(order.size());
  for (size_t index = 1; index < order.size(); ++index) {
    const bool same = sop.rules[order[index]].priority == sop.rules[order[index - 1]].priority;
    starts[index] = same ? starts[index - 1] : index;
  }
  return starts;
}

}  // namespace

RuleChecks::RuleChecks(const sop::Sop& sop, const ContactSpace& space,
                       std::vector<std::string> numbers, SearchBudget budget)
    : sop_(sop),
      space_(space),
      numbers_(std::move(numbers)),
      budget_(budget),
      order_(sop::DecisionOrder(sop)),
      search_(space, budget.whole),
      by_topic_(space.atoms(kTopic)),
      priority_starts_(PriorityStarts(sop, order_)),
      steering_(kNowhere) {
  std::map<std::tuple<int, std::string, int, std::string, std::string>, int> agreements;
  for (size_t index = 0; index < order_.size(); ++index) {
    const int rule = static_cast<int>(index);
    const Region& when = RegionAt(rule).when;
    for (size_t topic = 0; topic < by_topic_.size(); ++topic) {
      if (!when.asks[kTopic] || when.inside[kTopic].Has(topic)) by_topic_[topic].push_back(rule);
    }
    const sop::Agreement& then = RuleAt(rule).then;
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
  for (size_t index = 0; index < order_.size(); ++index) {
    const int rule = static_cast<int>(index);
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

RuleChecks::SearchResult RuleChecks::Ask(const Query& question) {
  if (search_.spent()) {
    gave_up_ = true;
    return SearchResult::kGaveUp;
  }
  for (size_t topic = 0; topic < by_topic_.size(); ++topic) {
    const bool possible =
        std::all_of(question.scopes.begin(), question.scopes.end(), [&](const RuleScope& part) {
          if (part.rule < 0) return true;
          const Region& when = RegionAt(part.rule).when;
          return !when.asks[kTopic] || when.inside[kTopic].Has(topic);
        });
    if (!possible) continue;
    const SearchResult answer = AskAbout(topic, question);
    if (answer == SearchResult::kGaveUp) gave_up_ = true;
    if (answer != SearchResult::kNone) return answer;
  }
  return SearchResult::kNone;
}

RuleChecks::SearchResult RuleChecks::AskAbout(size_t topic, const Query& question) {
  search_.Start(topic);
  if (question.moments && !search_.Enter(kMoment, *question.moments)) return SearchResult::kNone;
  std::vector<WitnessSearch::Outside> outside;
  const auto stay_out = [&](int rule, int channel) {
    const RuleRegion& region = RegionAt(rule);
    outside.push_back(
        {.when = &region.when, .unless = &region.unless, .channel = channel, .rule = rule});
  };
  for (const RuleScope& part : question.scopes) {
    if (part.rule >= 0 && !search_.Enter(RegionAt(part.rule), part.channel)) {
      return SearchResult::kNone;
    }
    for (const int rule : by_topic_[topic]) {
      if (static_cast<size_t>(rule) >= part.before) break;
      stay_out(rule, part.channel);
    }
  }
  for (const int rule : question.others) stay_out(rule, WitnessSearch::kAnyChannel);
  return search_.StayOut(std::move(outside), budget_.question);
}

void RuleChecks::CheckOutcomes() {
  if (Ask({.scopes = {{.rule = -1, .before = order_.size()}}}) != SearchResult::kFound) return;
  Finding& finding = findings_.emplace_back();
  finding.kind = Finding::Kind::kNoOutcome;
  if (!sop_.rules.empty()) finding.location = sop_.rules.back().source.location;
  finding.example = search_.Found();
  finding.message =
      "Er zijn vragen waarvoor geen enkele afspraak geldt. Zet onderaan een afspraak zonder "
      "voorwaarden, die alles opvangt wat overblijft.";
}

void RuleChecks::CheckReach(int rule) {
  search_.TakeUsed();
  if (Ask({.scopes = {{.rule = rule, .before = static_cast<size_t>(rule)}}}) !=
      SearchResult::kNone) {
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
      "Afspraak `", finding.rule_id, "` wordt nooit bereikt: ", RulesText(finding.other_rules),
      covering.size() == 1 ? " gaat voor en neemt" : " gaan voor en nemen",
      " alles al wat deze afspraak zou nemen. Haal de afspraak weg, zet hem eerder of geef hem een "
      "hogere prioriteit.");
}

std::vector<int> RuleChecks::Covering(int rule, std::vector<int> used) {
  const bool gave_up = gave_up_;
  if (used.size() <= kMostToLeaveOut) {
    for (size_t i = 0; i < used.size();) {
      Query without{.scopes = {{.rule = rule}}, .others = used};
      without.others.erase(without.others.begin() + i);
      if (Ask(without) == SearchResult::kNone) {
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
  if (Ask({.scopes = {{.rule = a}}, .others = {b}}) != SearchResult::kFound) return false;
  if (Ask({.scopes = {{.rule = b}}, .others = {a}}) != SearchResult::kFound) return false;
  return Ask({.scopes = {{.rule = a, .before = priority_starts_[a]}, {.rule = b}}}) ==
         SearchResult::kFound;
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
      absl::StrCat("Afspraak `", finding.rule_id, "` en ", RulesText(others),
                   " gelden voor dezelfde vraag, maar zeggen iets anders. Geef de afspraak die "
                   "voor moet gaan een "
                   "hogere prioriteit, of maak de voorwaarden zo dat ze elkaar niet raken.");
  finding.other_rules = std::move(others);
}

bool RuleChecks::PutsThrough(const sop::SopRule& rule, size_t index) const {
  if (rule.then.outcome == v1::OUTCOME_TRANSFER) return true;
  return rule.then.steer_target == v1::STEER_TARGET_OWN_NUMBER && !numbers_[index].empty() &&
         PhoneDigits(rule.then.phone_number) == PhoneDigits(numbers_[index]);
}

void RuleChecks::CheckShut(int rule) {
  const sop::SopRule& what = RuleAt(rule);
  if (!space_.HasHours(what.then.team_id) || !PutsThrough(what, order_[rule])) return;
  if (Ask({.scopes = {{.rule = rule, .before = static_cast<size_t>(rule)}},
           .moments = space_.ShutMoments(what.then.team_id)}) != SearchResult::kFound) {
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

void RuleChecks::FollowSteering(std::vector<RuleScope> scopes) {
  const RuleScope& last = scopes.back();
  const Region& when = RegionAt(last.rule).when;
  if (when.asks[kChannel] && !when.inside[kChannel].Has(last.channel)) return;
  const int to = static_cast<int>(LandsOn(RuleAt(last.rule).then));
  if (to == last.channel) return;
  if (to == scopes.front().channel) {
    if (Ask({.scopes = scopes}) == SearchResult::kFound) ReportLoop(scopes);
    return;
  }
  // A circle is told once, from its first channel on.
  if (to < scopes.front().channel || scopes.size() > 2) return;
  if (scopes.size() == 2 && Ask({.scopes = scopes}) != SearchResult::kFound) return;
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
      std::vector<RuleScope> longer = scopes;
      longer.push_back({.rule = rule, .before = static_cast<size_t>(rule), .channel = to});
      FollowSteering(std::move(longer));
    }
  }
}

void RuleChecks::ReportLoop(const std::vector<RuleScope>& scopes) {
  ++loops_;
  Finding& finding = Report(Finding::Kind::kSteeringLoop, scopes.front().rule);
  finding.example = search_.Found();
  finding.example->channel = static_cast<common::v1::Channel>(scopes.front().channel + 1);
  std::string way(ChannelText(finding.example->channel));
  for (const RuleScope& part : scopes) {
    const common::v1::Channel to =
        static_cast<common::v1::Channel>(LandsOn(RuleAt(part.rule).then) + 1);
    absl::StrAppend(&way, ", dan naar ", ChannelText(to), " (afspraak `", RuleAt(part.rule).rule_id,
                    "`)");
    if (part.rule != scopes.front().rule) finding.other_rules.push_back(RuleAt(part.rule).rule_id);
  }
  finding.message = absl::StrCat("De klant wordt in een kring gestuurd: van ", way,
                                 ". Laat een van deze afspraken ergens eindigen.");
}

Finding& RuleChecks::Report(Finding::Kind kind, int rule) {
  Finding& finding = findings_.emplace_back();
  finding.kind = kind;
  finding.location = RuleAt(rule).source.location;
  finding.rule_id = RuleAt(rule).rule_id;
  return finding;
}

}  // namespace wissel::verify
