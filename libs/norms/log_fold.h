// Whether cases were answered within their norm: a pure function of the event log. Nothing is read
// or stored here: the same events give the same verdicts, today and for any moment in the past.
// Figures and the replay of an SOP both count by it.
//
// Rules (from the service agreement between KCC and departments):
//   met     the clock was stopped at or before the due moment
//   missed  it was stopped after the due moment, or runs on past it
//   The clock of a callback stops when the customer is reached, or at the first attempt where the
//   norm says so; any other clock stops with the answer. An answer on another channel counts at
//   its own moment. Opening a case again undoes what stopped its clock; a return or a forward does
//   nothing to it.
//   A case that waited for the router is judged by the norm of the team that it went to in the end:
//   its due moment and whether the first attempt counts.
//   A case counts for the team that held it when its clock stopped or when it fell due, whichever
//   came first: passing a case on does not pass on a breach.

#ifndef WISSEL_LIBS_NORMS_LOG_FOLD_H_
#define WISSEL_LIBS_NORMS_LOG_FOLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/common/v1/common.pb.h"
#include "wissel/insight/v1/insight.pb.h"

namespace wissel::norms {

// One event of a case, without anything personal: a row of the view cases.figure_event.
struct Event {
  int64_t case_id = 0;
  absl::Time at;
  cases::v1::EventKind kind = cases::v1::EVENT_KIND_UNSPECIFIED;
  // Team that holds the case from this event on.
  std::string team_id;
  // For RECEIVED, ANSWERED and CLOSED.
  cases::v1::CaseOutcome outcome = cases::v1::CASE_OUTCOME_UNSPECIFIED;
  // For RECEIVED and DUE_MOVED; InfiniteFuture: no norm holds.
  absl::Time due_at = absl::InfiniteFuture();
  // For RECEIVED and CONTACT_ADDED.
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  // For RECEIVED and ROUTED: what the norm says that holds from now on. Absent: as it was.
  std::optional<bool> first_attempt_counts;
  // For RECEIVED.
  bool no_verdict = false;
};

// A stretch of time in which one team held a case.
struct Stay {
  std::string team_id;
  absl::Time from;
  // When the case went to another team or was closed; absent while the team holds it. One that was
  // opened again counts as held ever since: the customer was waiting all the while.
  std::optional<absl::Time> to;

  bool operator==(const Stay&) const = default;
};

// What one case counts as at a moment.
struct JudgedCase {
  int64_t case_id = 0;
  // By how many of its events it is judged.
  int32_t events = 0;
  // Team that it counts for.
  std::string team_id;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  absl::Time received_at;
  // InfiniteFuture: no norm holds.
  absl::Time due_at = absl::InfiniteFuture();
  // What stopped the clock; absent while it runs.
  std::optional<absl::Time> satisfied_at;
  // Contacts with the same question: the first one and those that were added to it.
  int64_t contacts = 1;
  // Channels of those that were added.
  std::vector<common::v1::Channel> added;
  // Settled by the contact itself: no team was left with work.
  bool at_first_contact = false;
  // The teams that held the case one after the other; none if it was settled at first contact.
  std::vector<Stay> stays;
  insight::v1::Verdict verdict = insight::v1::VERDICT_UNSPECIFIED;
};

// Judges the cases of a log one after the other, so that no log needs to be kept. Not thread-safe.
class LogFold {
 public:
  // Passes each case as of `as_of` to `take` once its last event is known. Events after `as_of` are
  // passed over, and with them the cases that were received after it.
  LogFold(absl::Time as_of, absl::AnyInvocable<void(JudgedCase)> take)
      : as_of_(as_of), take_(std::move(take)) {}

  // The next event. The log is ordered by case and sequence; a case begins with RECEIVED.
  void Add(const Event& event);
  // The log has ended.
  void End();

 private:
  void StopClock(absl::Time at);
  void Close(const Event& event);
  insight::v1::Verdict Verdict() const;
  std::string TeamAt(absl::Time moment) const;
  std::vector<Stay> Stays() const;

  const absl::Time as_of_;
  absl::AnyInvocable<void(JudgedCase)> take_;
  // Of the case at hand; there is none while `holders_` is empty.
  JudgedCase judged_;
  bool no_verdict_ = false;
  bool first_attempt_counts_ = false;
  // The first attempt since the receipt or the last opening again.
  std::optional<absl::Time> attempted_at_;
  cases::v1::CaseOutcome outcome_ = cases::v1::CASE_OUTCOME_UNSPECIFIED;
  // While it is closed.
  std::optional<absl::Time> closed_at_;
  std::vector<std::pair<absl::Time, std::string>> holders_;
};

}  // namespace wissel::norms

#endif  // WISSEL_LIBS_NORMS_LOG_FOLD_H_
