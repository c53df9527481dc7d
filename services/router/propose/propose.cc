#include "services/router/propose/propose.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/status.h"
#include "libs/norms/share.h"
#include "services/router/propose/contradictions.h"
#include "services/router/propose/rule_induction.h"
#include "services/router/propose/team_estimator.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;
namespace {

// A name for rules and areas: small letters, digits and single dashes, each one once.
class Slugs {
 public:
  std::string Make(const std::string& text) {
    constexpr size_t kMostLetters = 60;
    std::string slug;
    for (const char letter : text) {
      if (absl::ascii_isalnum(letter)) {
        slug += absl::ascii_tolower(letter);
      } else if (!slug.empty() && slug.back() != '-') {
        slug += '-';
      }
      if (slug.size() == kMostLetters) break;
    }
    while (!slug.empty() && slug.back() == '-') slug.pop_back();
    if (slug.empty()) slug = "zonder-naam";
    std::string result = slug;
    for (int number = 2; !used_.insert(result).second; ++number) {
      result = absl::StrCat(slug, "-", number);
    }
    return result;
  }

 private:
  std::set<std::string> used_;
};

// 123 of 1,000 as `12,3 %`.
std::string Percent(int64_t part, int64_t whole) {
  const std::string share = whole > 0 ? norms::PercentOf({part, whole}) : "0.0";
  return absl::StrCat(absl::StrReplaceAll(share, {{".", ","}}), " %");
}

// Below its root; at most kDeepest, where priorities end.
constexpr int kDeepest = 8;

std::vector<int> Depths(const CaseHistory& history, const sop::Sop& known) {
  std::map<std::string, int> depth_of;
  // Parents stand above their children.
  for (const sop::SopTopic& topic : known.topics) {
    const auto parent = depth_of.find(topic.parent);
    depth_of[topic.topic_id] =
        parent == depth_of.end() ? 0 : std::min(parent->second + 1, kDeepest);
  }
  std::vector<int> depths;
  for (const std::string& topic : history.topics) {
    const auto depth = depth_of.find(topic);
    depths.push_back(depth == depth_of.end() ? 0 : depth->second);
  }
  return depths;
}

int Priority(const CandidateRule& draft) {
  static constexpr int kOfKind[] = {10, 13, 16};
  return kOfKind[static_cast<size_t>(draft.kind)] + 10 * draft.depth;
}

// Makes the document.
class Writer {
 public:
  Writer(const CaseHistory& history, const sop::Sop& known) : history_(history) {
    sop_.teams = known.teams;
    sop_.menu = known.menu;
    sop_.topics = known.topics;
    AddTopics();
    AddAreas();
  }

  void Add(const CandidateRule& draft) {
    sop::SopRule rule;
    rule.rule_id = rule_ids_.Make(Team(draft.team));
    rule.priority = Priority(draft);
    for (const int topic : draft.topics) {
      rule.when.topics.push_back(history_.topics[static_cast<size_t>(topic)]);
    }
    for (const int area : draft.areas) {
      rule.when.areas.push_back(area_ids_[static_cast<size_t>(area)]);
    }
    if (draft.kind == CandidateRule::Kind::kChannel) rule.when.channels.push_back(draft.channel);
    rule.then.outcome = v1::OUTCOME_QUEUE;
    rule.then.team_id = Team(draft.team);
    sop_.rules.push_back(std::move(rule));
  }

  sop::Sop Finish() {
    sop::SopRule rest;
    rest.rule_id = rule_ids_.Make("overig");
    rest.then.outcome = v1::OUTCOME_QUEUE;
    rest.then.team_id = sop::kDefaultTeam;
    sop_.rules.push_back(std::move(rest));
    std::stable_sort(
        sop_.rules.begin(), sop_.rules.end(),
        [](const sop::SopRule& a, const sop::SopRule& b) { return a.priority > b.priority; });
    return std::move(sop_);
  }

 private:
  const std::string& Team(int team) const { return history_.teams[static_cast<size_t>(team)]; }

  void AddTopics() {
    std::set<std::string> present;
    for (const sop::SopTopic& topic : sop_.topics) present.insert(topic.topic_id);
    for (const std::string& id : history_.topics) {
      if (present.contains(id)) continue;
      sop::SopTopic topic;
      topic.topic_id = id;
      topic.name = id;
      sop_.topics.push_back(std::move(topic));
    }
  }

  void AddAreas() {
    Slugs slugs;
    for (const Area& area : history_.areas) {
      const std::string name = area.neighbourhood + area.district;
      if (name.empty()) {
        area_ids_.emplace_back();
        continue;
      }
      sop::SopArea written;
      written.area_id = slugs.Make(name);
      written.name = name;
      if (!area.district.empty()) written.postcodes.push_back(area.district);
      if (!area.neighbourhood.empty()) written.neighbourhoods.push_back(area.neighbourhood);
      area_ids_.push_back(written.area_id);
      sop_.areas.push_back(std::move(written));
    }
  }

  const CaseHistory& history_;
  sop::Sop sop_;
  Slugs rule_ids_;
  // By area.
  std::vector<std::string> area_ids_;
};

// Writes support and errors above each rule, and what the document is at its head.
void Annotate(const BacktestResult& card, sop::Sop* sop) {
  for (size_t i = 0; i < sop->rules.size(); ++i) {
    const RuleScore& score = card.rules[i];
    sop->rules[i].source.comment =
        absl::StrCat(score.cases, " zaken, waarvan ", Percent(score.wrong, score.cases),
                     " bij een ander team\n");
  }
  sop->comment =
      absl::StrCat("Voorstel uit ", card.cases, " eerdere zaken. ", Percent(card.right, card.cases),
                   " daarvan krijgt het team dat ze ook heeft behandeld.\n",
                   "Bespreek het met de teams; wat telt is de afspraak, niet de gewoonte.\n");
}

}  // namespace

absl::StatusOr<Proposal> Propose(absl::Span<const PastCase> cases, const sop::Sop& known,
                                 const ProposeOptions& options) {
  const CaseHistory history = MakeCaseHistory(cases);
  if (history.rows.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition, "no_history",
                 "no case of the period has a topic and a team", "period");
  }
  const TeamEstimator estimator(history, history.rows, BestHalfLife(history));
  const auto rest = std::find(history.teams.begin(), history.teams.end(), sop::kDefaultTeam);
  const int rest_number =
      rest == history.teams.end() ? kNoTeam : static_cast<int>(rest - history.teams.begin());
  std::vector<CandidateRule> drafts =
      InduceRules(history, estimator, Depths(history, known), rest_number, options.least_gain);
  const size_t most =
      options.most_rules > 0 ? static_cast<size_t>(options.most_rules) : 3 * history.topics.size();
  if (drafts.size() + 1 > most) drafts.resize(most - 1);

  Writer writer(history, known);
  for (const CandidateRule& draft : drafts) writer.Add(draft);
  Proposal proposal;
  proposal.sop = writer.Finish();
  WISSEL_ASSIGN_OR_RETURN(const auto compiled, decision::CompiledSop::Compile(proposal.sop, 0));
  proposal.learned = Backtest(*compiled, cases);
  Annotate(proposal.learned, &proposal.sop);
  proposal.contradictions = FindContradictions(history, drafts);
  return proposal;
}

absl::StatusOr<BacktestResult> HoldOut(absl::Span<const PastCase> cases, const sop::Sop& known,
                                       const ProposeOptions& options) {
  constexpr double kLearned = 0.8;
  std::map<absl::CivilDay, int64_t> by_day;
  int64_t all = 0;
  for (const PastCase& past : cases) {
    by_day[past.day] += past.cases;
    all += past.cases;
  }
  absl::CivilDay first_unseen = absl::CivilDay::max();
  int64_t before = 0;
  for (const auto& [day, count] : by_day) {
    if (static_cast<double>(before) >= kLearned * static_cast<double>(all)) {
      first_unseen = day;
      break;
    }
    before += count;
  }
  std::vector<PastCase> seen;
  std::vector<PastCase> unseen;
  for (const PastCase& past : cases) (past.day < first_unseen ? seen : unseen).push_back(past);
  WISSEL_ASSIGN_OR_RETURN(Proposal proposal, Propose(seen, known, options));
  WISSEL_ASSIGN_OR_RETURN(const auto compiled,
                          decision::CompiledSop::Compile(std::move(proposal.sop), 0));
  return Backtest(*compiled, unseen);
}

}  // namespace wissel::router
