// The life of a case: who may do what to it, and what becomes of it. Rules on plain values; nothing
// is read or stored here, so that the whole table of roles, teams, states and acts can be tested.
//
//            claim, attempt, interim reply
//   QUEUED ────────────────────────────────▶ CLAIMED
//     ▲ ◀──────────────────────────────────── │  unclaim; return and forward (to another team)
//     │                                       │
//     └──────────── CLOSED ◀──────────────────┘  answer, close (from QUEUED as well)
//          reopen
//
// Acting on a case that nobody has in hand needs no claim first, since handling must be easy: an
// attempt or an interim reply takes it in hand in the same step (event CLAIMED, then the act);
// answering, closing, returning and forwarding let go of it and are one event.
//
// A case that a colleague has in hand is left alone (`already_claimed`), with three exceptions:
// whoever works the team may take it over, a team lead may release it, and the KCC may close or
// forward another team's case whoever holds it, for the resident is on the phone.

#ifndef WISSEL_SERVICES_CASES_LIFECYCLE_CASE_H_
#define WISSEL_SERVICES_CASES_LIFECYCLE_CASE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/rpc/principal.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// As much of a case as the rules look at or change.
struct CaseFacts {
  v1::CaseState state = v1::CASE_STATE_QUEUED;
  // How it ended; UNSPECIFIED while it is open.
  v1::CaseOutcome outcome = v1::CASE_OUTCOME_UNSPECIFIED;
  std::string team_id;
  // Account that has it in hand, and its name; empty unless CLAIMED.
  std::string claimed_by;
  std::string claimed_by_name;
  // Calls that did not reach the customer.
  int attempts = 0;
  // What the resident was answered.
  std::string answer;
  // Waits for the router; ends when a person decides where the case goes or how it ends.
  bool routing_pending = false;
};

// What can be done to a case: the CaseAction of the contract.
enum class Action {
  kClaim = v1::CASE_ACTION_CLAIM,
  kTakeOver = v1::CASE_ACTION_TAKE_OVER,
  kAnswer = v1::CASE_ACTION_ANSWER,
  kAttempt = v1::CASE_ACTION_RECORD_ATTEMPT,
  kInterimReply = v1::CASE_ACTION_SEND_INTERIM_REPLY,
  kForward = v1::CASE_ACTION_FORWARD,
  kReturn = v1::CASE_ACTION_RETURN,
  kClose = v1::CASE_ACTION_CLOSE,
  kUnclaim = v1::CASE_ACTION_UNCLAIM,
  kReopen = v1::CASE_ACTION_REOPEN,
};

// What somebody asks for. The texts are valid and the teams exist: the caller has seen to that.
struct Act {
  Action action = Action::kClaim;
  // Note, reason, or what the resident is told.
  std::string text;
  // For kAttempt: the customer was reached.
  bool reached = false;
  // For kClose.
  v1::CaseOutcome outcome = v1::CASE_OUTCOME_UNSPECIFIED;
  // For kForward the new team; for kReturn the suggested one, which may be empty.
  std::string team_id;
  // For kTakeOver: account that is thought to hold the case; empty if any.
  std::string held_by;
};

// An event to append to the history; the team is the one that holds the case from then on.
struct EventDraft {
  v1::EventKind kind = v1::EVENT_KIND_UNSPECIFIED;
  std::string team_id;
  v1::CaseOutcome outcome = v1::CASE_OUTCOME_UNSPECIFIED;
  std::string text;
  std::string suggested_team_id;
  // Account of the colleague who loses the case by it, and its name; empty if none does.
  std::string previous_holder;
  std::string previous_holder_name;
};

// What becomes of a case. Without events nothing changes.
struct Change {
  CaseFacts after;
  std::vector<EventDraft> events;
};

// Whether `who` works a team: its members and leads do, and in the KCC's own every KCC agent.
bool WorksTeam(const rpc::Principal& who, absl::string_view team_id, absl::string_view kcc_team_id);

// Whether `who` may see the queue of a team: the KCC and managers of every team, others of their
// own. OK, or PERMISSION_DENIED `not_in_team`.
absl::Status MayReadQueue(const rpc::Principal& who, absl::string_view team_id);

// Whether `who` may see a whole case of a team: as for its queue, without the managers.
absl::Status MayReadCase(const rpc::Principal& who, absl::string_view team_id);

// What becomes of the case when `who` acts on it.
//   PERMISSION_DENIED `not_in_team`      neither the team nor the role of `who` allows it
//   FAILED_PRECONDITION `closed`         it is closed
//   FAILED_PRECONDITION `not_closed`     only a closed case can be opened again
//   FAILED_PRECONDITION `already_claimed`  a colleague has it in hand; fact `claimed_by`: the name
//   FAILED_PRECONDITION `not_claimed`    nobody has it in hand, so it cannot be put back or taken
//                                        over
//   FAILED_PRECONDITION `wrong_state`    returned to the KCC, which has it already
//   INVALID_ARGUMENT `same_team`         forwarded to the team that has it already
absl::StatusOr<Change> Decide(const CaseFacts& before, const Act& act, const rpc::Principal& who,
                              absl::string_view kcc_team_id);

// Sets `allowed_actions` of a case whose other fields are set: what Decide() would let `who` do,
// and that would change something.
void SetAllowedActions(const rpc::Principal& who, absl::string_view kcc_team_id,
                       v1::CaseSummary* summary);

// What becomes of the case of a holder who no longer works its team: it is put back in the queue by
// `wissel`, the service itself, and the event names who held it. REQUIRES: it is CLAIMED.
Change Release(const CaseFacts& before, const rpc::Principal& wissel);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_LIFECYCLE_CASE_H_
