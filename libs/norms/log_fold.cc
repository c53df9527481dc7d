#include "libs/norms/log_fold.h"

#include <algorithm>

namespace wissel::norms {
namespace {

bool OutsideFigure(cases::v1::CaseOutcome outcome) {
  return outcome == cases::v1::CASE_OUTCOME_WITHDRAWN ||
         outcome == cases::v1::CASE_OUTCOME_ACQUISITION ||
         outcome == cases::v1::CASE_OUTCOME_STEERED;
}

}  // namespace

void LogFold::Add(const Event& event) {
  if (event.case_id != judged_.case_id) End();
  if (event.at > as_of_) return;
  // Only a receipt begins a case.
  if (holders_.empty() && event.kind != cases::v1::EVENT_KIND_RECEIVED) return;
  holders_.emplace_back(event.at, event.team_id);
  const bool is_callback = judged_.channel == common::v1::CHANNEL_CALLBACK;
  switch (event.kind) {
    case cases::v1::EVENT_KIND_RECEIVED:
      judged_ = {.case_id = event.case_id,
                 .channel = event.channel,
                 .received_at = event.at,
                 .due_at = event.due_at};
      no_verdict_ = event.no_verdict;
      first_attempt_counts_ = event.first_attempt_counts.value_or(false);
      Close(event);
      judged_.at_first_contact = closed_at_.has_value();
      break;
    case cases::v1::EVENT_KIND_ROUTED:
      first_attempt_counts_ = event.first_attempt_counts.value_or(first_attempt_counts_);
      break;
    case cases::v1::EVENT_KIND_DUE_MOVED:
      judged_.due_at = event.due_at;
      break;
    case cases::v1::EVENT_KIND_REACHED:
      if (is_callback) StopClock(event.at);
      break;
    case cases::v1::EVENT_KIND_NOT_REACHED:
      if (is_callback && !attempted_at_) attempted_at_ = event.at;
      break;
    case cases::v1::EVENT_KIND_ANSWERED:
    case cases::v1::EVENT_KIND_CLOSED:
      Close(event);
      break;
    case cases::v1::EVENT_KIND_REOPENED:
      outcome_ = cases::v1::CASE_OUTCOME_UNSPECIFIED;
      closed_at_.reset();
      judged_.at_first_contact = false;
      judged_.satisfied_at.reset();
      attempted_at_.reset();
      break;
    case cases::v1::EVENT_KIND_CONTACT_ADDED:
      ++judged_.contacts;
      judged_.added.push_back(event.channel);
      break;
    default:
      break;
  }
  ++judged_.events;
}

void LogFold::End() {
  if (!holders_.empty()) {
    if (first_attempt_counts_ && attempted_at_) {
      judged_.satisfied_at =
          std::min(judged_.satisfied_at.value_or(*attempted_at_), *attempted_at_);
    }
    judged_.verdict = Verdict();
    judged_.team_id = TeamAt(std::min(judged_.satisfied_at.value_or(as_of_), judged_.due_at));
    if (!judged_.at_first_contact) judged_.stays = Stays();
    take_(std::move(judged_));
  }
  judged_ = {};
  attempted_at_.reset();
  outcome_ = cases::v1::CASE_OUTCOME_UNSPECIFIED;
  closed_at_.reset();
  holders_.clear();
}

void LogFold::StopClock(absl::Time at) {
  if (!judged_.satisfied_at) judged_.satisfied_at = at;
}

void LogFold::Close(const Event& event) {
  outcome_ = event.outcome;
  if (outcome_ != cases::v1::CASE_OUTCOME_UNSPECIFIED) closed_at_ = event.at;
  if (outcome_ != cases::v1::CASE_OUTCOME_UNSPECIFIED && !OutsideFigure(outcome_)) {
    StopClock(event.at);
  }
}

insight::v1::Verdict LogFold::Verdict() const {
  if (no_verdict_ || OutsideFigure(outcome_)) return insight::v1::VERDICT_EXCLUDED;
  if (judged_.due_at == absl::InfiniteFuture()) return insight::v1::VERDICT_NO_NORM;
  if (judged_.satisfied_at) {
    return *judged_.satisfied_at <= judged_.due_at ? insight::v1::VERDICT_MET
                                                   : insight::v1::VERDICT_MISSED;
  }
  return judged_.due_at < as_of_ ? insight::v1::VERDICT_MISSED : insight::v1::VERDICT_OPEN_NOT_DUE;
}

// Who held the case at `moment`. An event at that very moment counts: a first answer is given by
// the team that the answer's own event names.
std::string LogFold::TeamAt(absl::Time moment) const {
  std::string team = holders_.front().second;
  for (const auto& [at, team_id] : holders_) {
    if (at > moment) break;
    team = team_id;
  }
  return team;
}

std::vector<Stay> LogFold::Stays() const {
  std::vector<Stay> stays;
  for (const auto& [at, team_id] : holders_) {
    if (!stays.empty() && stays.back().team_id == team_id) continue;
    if (!stays.empty()) stays.back().to = at;
    stays.push_back({.team_id = team_id, .from = at});
  }
  stays.back().to = closed_at_;
  return stays;
}

}  // namespace wissel::norms
