// Histories of cases by chance, in any order that is legal, and what they count as.

#ifndef WISSEL_SERVICES_INSIGHT_TEST_RANDOM_LOG_H_
#define WISSEL_SERVICES_INSIGHT_TEST_RANDOM_LOG_H_

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "wissel/common/v1/common.pb.h"
#include "wissel/insight/v1/insight.pb.h"

namespace wissel::insight {

inline constexpr int kCallback = common::v1::CHANNEL_CALLBACK;
inline constexpr int kEmail = common::v1::CHANNEL_EMAIL;

enum Kind {
  kReceived = 1,
  kRouted,
  kReached = 5,
  kNotReached = 6,
  kInterim = 7,
  kAnswered = 8,
  kClosed = 9,
  kReturned = 10,
  kForwarded = 11,
  kReopened = 12,
  kDueMoved = 13,
  kAdded = 14,
  kCorrected = 16,
};

// An event as it stands in the log.
struct LoggedEvent {
  absl::Time at;
  int kind = kReceived;
  std::string team_id;
  int outcome = 0;
  std::optional<absl::Time> due_at;
  std::optional<bool> first_attempt_counts;
  bool no_verdict = false;
  // Of a contact that was added.
  int channel = 0;
};

struct History {
  int64_t case_id = 0;
  int channel = kEmail;
  std::vector<LoggedEvent> events;
};

// InfiniteFuture: no norm holds.
inline absl::Time DueOf(const History& history) {
  absl::Time due = absl::InfiniteFuture();
  for (const LoggedEvent& event : history.events) due = event.due_at.value_or(due);
  return due;
}

inline bool IsOutside(int outcome) { return outcome >= 4; }
// By the rules of libs/norms/log_fold.h, each looked up in the whole history.
struct NaiveVerdict {
  std::string team_id;
  v1::Verdict verdict;
  int64_t contacts;
  std::optional<absl::Time> answered;
};

inline NaiveVerdict JudgeNaively(const History& history, absl::Time as_of) {
  const auto& events = history.events;
  size_t begin = 0;
  const absl::Time due = DueOf(history);
  bool attempt_counts = false;
  int64_t contacts = 1;
  for (size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == kReopened) begin = i;
    if (events[i].first_attempt_counts) attempt_counts = *events[i].first_attempt_counts;
    if (events[i].kind == kAdded) ++contacts;
  }
  std::optional<absl::Time> answered;
  int outcome = 0;
  for (size_t i = begin; i < events.size(); ++i) {
    const LoggedEvent& event = events[i];
    const bool ends = event.outcome != 0;
    if (ends) outcome = event.outcome;
    const bool stops = (ends && !IsOutside(event.outcome)) ||
                       (history.channel == kCallback &&
                        (event.kind == kReached || (event.kind == kNotReached && attempt_counts)));
    if (stops && !answered) answered = event.at;
  }
  const absl::Time counted_at = std::min(answered.value_or(as_of), due);
  NaiveVerdict naive = {events.front().team_id, v1::VERDICT_OPEN_NOT_DUE, contacts, answered};
  for (const LoggedEvent& event : events) {
    if (event.at <= counted_at) naive.team_id = event.team_id;
  }
  if (events.front().no_verdict || IsOutside(outcome)) {
    naive.verdict = v1::VERDICT_EXCLUDED;
  } else if (due == absl::InfiniteFuture()) {
    naive.verdict = v1::VERDICT_NO_NORM;
  } else if (answered) {
    naive.verdict = *answered <= due ? v1::VERDICT_MET : v1::VERDICT_MISSED;
  } else if (due < as_of) {
    naive.verdict = v1::VERDICT_MISSED;
  }
  return naive;
}

// Lets cases live, by chance, in any order that is legal.
class RandomLog {
 public:
  RandomLog(uint32_t seed, absl::Time now) : random_(seed), now_(now) {}

  History Begin(int64_t case_id) {
    History history = {.case_id = case_id, .channel = Below(2) == 0 ? kCallback : kEmail};
    LoggedEvent received = {.at = now_ - absl::Minutes(Below(60 * 24 * 40)),
                            .team_id = Team(),
                            .first_attempt_counts = Below(3) == 0,
                            .no_verdict = Below(20) == 0};
    received.due_at =
        Below(8) == 0 ? absl::InfiniteFuture() : received.at + absl::Minutes(Below(60 * 24 * 20));
    if (Below(4) == 0) received.outcome = Below(2) == 0 ? 1 : 5;
    history.events.push_back(received);
    return history;
  }

  // Up to `most` events, none of which lies in the future; the new ones are returned.
  std::vector<LoggedEvent> GoOn(History& history, int most) {
    std::vector<LoggedEvent> added;
    for (int i = Below(most + 1); i > 0; --i) {
      const LoggedEvent& last = history.events.back();
      LoggedEvent event = {.at = last.at + absl::Minutes(Below(60 * 24 * 4)),
                           .team_id = last.team_id};
      // At the very moment that it is due, every now and then.
      const absl::Time due = DueOf(history);
      if (Below(6) == 0 && due >= last.at && due < now_) event.at = due;
      if (event.at > now_) break;
      Choose(history, event);
      history.events.push_back(event);
      added.push_back(event);
    }
    return added;
  }

 private:
  int Below(int count) { return static_cast<int>(random_() % static_cast<uint32_t>(count)); }
  std::string Team() { return std::string(1, static_cast<char>('a' + Below(3))); }

  static bool IsOpen(const History& history) {
    bool open = true;
    for (const LoggedEvent& event : history.events) {
      if (event.outcome != 0) open = false;
      if (event.kind == kReopened) open = true;
    }
    return open;
  }

  void Choose(const History& history, LoggedEvent& event) {
    event.channel = 1 + Below(3);
    if (!IsOpen(history)) {
      event.kind = Below(2) == 0 ? kReopened : kAdded;
      return;
    }
    constexpr Kind kKinds[] = {kRouted, kReached,  kNotReached, kInterim,  kAnswered,
                               kClosed, kReturned, kForwarded,  kDueMoved, kAdded};
    event.kind = kKinds[Below(std::size(kKinds))];
    switch (event.kind) {
      case kRouted:
        event.team_id = Team();
        event.first_attempt_counts = Below(2) == 0;
        break;
      case kReturned:
      case kForwarded:
        event.team_id = Team();
        break;
      case kAnswered:
        event.outcome = 2;
        break;
      case kClosed:
        event.outcome = 3 + Below(4);
        break;
      case kDueMoved:
        event.due_at = event.at + absl::Minutes(Below(60 * 24 * 9));
        break;
      default:
        break;
    }
  }

  std::mt19937 random_;
  const absl::Time now_;
};

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_TEST_RANDOM_LOG_H_
