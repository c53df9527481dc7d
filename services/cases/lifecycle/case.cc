#include "services/cases/lifecycle/case.h"

#include <utility>

#include "libs/base/status.h"

namespace wissel::cases {
namespace {

absl::Status NotInTeam() {
  return Error(absl::StatusCode::kPermissionDenied, "not_in_team",
               "this is for the team that has the case, and for the KCC");
}

absl::Status Precondition(absl::string_view reason, absl::string_view message) {
  return Error(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status AlreadyClaimed(const CaseFacts& facts) {
  return Error(absl::StatusCode::kFailedPrecondition, "already_claimed",
               "a colleague has this case in hand", "", {{"claimed_by", facts.claimed_by_name}});
}

// What a principal is to the team that has the case.
class CaseAuthorization {
 public:
  CaseAuthorization(const rpc::Principal& who, absl::string_view team_id,
                    absl::string_view kcc_team_id)
      : kcc_agent_(who.Has(options::v1::ROLE_KCC_AGENT)),
        at_kcc_(team_id == kcc_team_id),
        leads_(who.Has(options::v1::ROLE_TEAM_LEAD) && who.InTeam(team_id)),
        member_(who.WorksIn(team_id)),
        works_(WorksTeam(who, team_id, kcc_team_id)) {}

  bool May(Action action) const {
    switch (action) {
      case Action::kClose:
        return works_ || kcc_agent_;
      case Action::kReturn:
        return member_;
      case Action::kForward:
        return kcc_agent_;
      case Action::kReopen:
        return kcc_agent_ || leads_;
      case Action::kClaim:
      case Action::kUnclaim:
      case Action::kTakeOver:
      case Action::kAttempt:
      case Action::kInterimReply:
      case Action::kAnswer:
        return works_;
    }
    return false;
  }

  // Whether the claim of a colleague may be passed over.
  bool MayOverride(Action action) const {
    if (action == Action::kTakeOver) return works_;
    if (action == Action::kUnclaim) return leads_;
    return (action == Action::kClose || action == Action::kForward) && kcc_agent_ && !at_kcc_;
  }

 private:
  const bool kcc_agent_;
  const bool at_kcc_;
  const bool leads_;
  const bool member_;
  const bool works_;
};

// As much of a case as decides who may do what to it.
struct Situation {
  v1::CaseState state = v1::CASE_STATE_UNSPECIFIED;
  absl::string_view claimed_by;
  bool at_kcc = false;
};

bool HeldByAnother(const Situation& situation, const rpc::Principal& who) {
  return situation.state == v1::CASE_STATE_CLAIMED && situation.claimed_by != who.account_id;
}

// Why an action is not allowed.
enum class Refusal {
  kNone,
  kNotInTeam,
  kNotClosed,
  kClosed,
  kAlreadyClaimed,
  kNotClaimed,
  kWithKccAlready,
};

// `held_by` as in Act.
Refusal RefusalOf(Action action, absl::string_view held_by, const Situation& situation,
                  const rpc::Principal& who, const CaseAuthorization& authorization) {
  if (!authorization.May(action)) return Refusal::kNotInTeam;
  const bool is_closed = situation.state == v1::CASE_STATE_CLOSED;
  if (action == Action::kReopen) return is_closed ? Refusal::kNone : Refusal::kNotClosed;
  if (is_closed) return Refusal::kClosed;
  if (HeldByAnother(situation, who)) {
    const bool as_thought = held_by.empty() || held_by == situation.claimed_by;
    if (!authorization.MayOverride(action) || !as_thought) return Refusal::kAlreadyClaimed;
  }
  if ((action == Action::kUnclaim || action == Action::kTakeOver) &&
      situation.state != v1::CASE_STATE_CLAIMED) {
    return Refusal::kNotClaimed;
  }
  const bool returns_to_itself = action == Action::kReturn && situation.at_kcc;
  return returns_to_itself ? Refusal::kWithKccAlready : Refusal::kNone;
}

absl::Status StatusOf(Refusal refusal, const CaseFacts& facts) {
  switch (refusal) {
    case Refusal::kNone:
      return absl::OkStatus();
    case Refusal::kNotInTeam:
      return NotInTeam();
    case Refusal::kNotClosed:
      return Precondition("not_closed", "this case is open");
    case Refusal::kClosed:
      return Precondition("closed", "this case is closed; it can be opened again");
    case Refusal::kAlreadyClaimed:
      return AlreadyClaimed(facts);
    case Refusal::kNotClaimed:
      return Precondition("not_claimed", "nobody has this case in hand");
    case Refusal::kWithKccAlready:
      return Precondition("wrong_state", "the KCC has this case already");
  }
  return absl::InternalError("a refusal without words");
}

Situation SituationOf(const CaseFacts& facts, absl::string_view kcc_team_id) {
  return {
      .state = facts.state, .claimed_by = facts.claimed_by, .at_kcc = facts.team_id == kcc_team_id};
}

// Claiming, or taking over, what one has in hand is fine and does nothing.
bool ChangesNothing(Action action, const Situation& situation, const rpc::Principal& who) {
  return (action == Action::kClaim || action == Action::kTakeOver) &&
         situation.state == v1::CASE_STATE_CLAIMED && situation.claimed_by == who.account_id;
}

// Builds a change event by event. What somebody may do to the case of a colleague takes it away
// from the colleague, in one event: that event names both.
class Writer {
 public:
  Writer(const CaseFacts& before, const rpc::Principal& who)
      : before_(before), who_(who), change_{before, {}} {}

  CaseFacts& after() { return change_.after; }

  EventDraft& Add(v1::EventKind kind, std::string text = "") {
    change_.events.push_back({.kind = kind,
                              .team_id = after().team_id,
                              .outcome = after().outcome,
                              .text = std::move(text)});
    EventDraft& event = change_.events.back();
    if (held_by_another()) {
      event.previous_holder = before_.claimed_by;
      event.previous_holder_name = before_.claimed_by_name;
    }
    return event;
  }

  // Nothing to do when `who_` has it in hand already.
  void Claim() {
    if (after().state == v1::CASE_STATE_CLAIMED) return;
    Hold();
    Add(v1::EVENT_KIND_CLAIMED);
  }

  // Nothing to do when `who_` has it in hand already.
  void TakeOver(std::string reason) {
    if (!held_by_another()) return;
    Hold();
    Add(v1::EVENT_KIND_TAKEN_OVER, std::move(reason));
  }

  void LetGo(v1::CaseState state) {
    after().state = state;
    after().claimed_by.clear();
    after().claimed_by_name.clear();
  }

  void Close(v1::CaseOutcome outcome) {
    LetGo(v1::CASE_STATE_CLOSED);
    after().outcome = outcome;
    after().routing_pending = false;
  }

  void MoveTo(absl::string_view team_id) {
    LetGo(v1::CASE_STATE_QUEUED);
    after().team_id = std::string(team_id);
    after().routing_pending = false;
  }

  void Reopen() {
    LetGo(v1::CASE_STATE_QUEUED);
    after().outcome = v1::CASE_OUTCOME_UNSPECIFIED;
    after().answer.clear();
  }

  Change Take() { return std::move(change_); }

 private:
  bool held_by_another() const {
    return HeldByAnother({.state = before_.state, .claimed_by = before_.claimed_by}, who_);
  }

  void Hold() {
    after().state = v1::CASE_STATE_CLAIMED;
    after().claimed_by = who_.account_id;
    after().claimed_by_name = who_.display_name;
  }

  const CaseFacts& before_;
  const rpc::Principal& who_;
  Change change_;
};

void Attempt(const Act& act, Writer& writer) {
  writer.Claim();
  if (act.reached) {
    writer.Add(v1::EVENT_KIND_REACHED, act.text);
  } else {
    ++writer.after().attempts;
    writer.Add(v1::EVENT_KIND_NOT_REACHED, act.text);
  }
}

void Apply(const Act& act, absl::string_view kcc_team_id, Writer& writer) {
  switch (act.action) {
    case Action::kClaim:
      writer.Claim();
      break;
    case Action::kUnclaim:
      writer.LetGo(v1::CASE_STATE_QUEUED);
      writer.Add(v1::EVENT_KIND_UNCLAIMED);
      break;
    case Action::kTakeOver:
      writer.TakeOver(act.text);
      break;
    case Action::kAttempt:
      Attempt(act, writer);
      break;
    case Action::kInterimReply:
      writer.Claim();
      writer.Add(v1::EVENT_KIND_INTERIM_REPLIED, act.text);
      break;
    case Action::kAnswer:
      writer.Close(v1::CASE_OUTCOME_ANSWERED);
      writer.after().answer = act.text;
      writer.Add(v1::EVENT_KIND_ANSWERED, act.text);
      break;
    case Action::kClose:
      writer.Close(act.outcome);
      writer.Add(v1::EVENT_KIND_CLOSED, act.text);
      break;
    case Action::kReturn:
      writer.MoveTo(kcc_team_id);
      writer.Add(v1::EVENT_KIND_RETURNED, act.text).suggested_team_id = act.team_id;
      break;
    case Action::kForward:
      writer.MoveTo(act.team_id);
      writer.Add(v1::EVENT_KIND_FORWARDED, act.text);
      break;
    case Action::kReopen:
      writer.Reopen();
      writer.Add(v1::EVENT_KIND_REOPENED, act.text);
      break;
  }
}

}  // namespace

bool WorksTeam(const rpc::Principal& who, absl::string_view team_id,
               absl::string_view kcc_team_id) {
  return who.WorksIn(team_id) || (who.Has(options::v1::ROLE_KCC_AGENT) && team_id == kcc_team_id);
}

absl::Status MayReadQueue(const rpc::Principal& who, absl::string_view team_id) {
  return who.Has(options::v1::ROLE_MANAGER) ? absl::OkStatus() : MayReadCase(who, team_id);
}

absl::Status MayReadCase(const rpc::Principal& who, absl::string_view team_id) {
  return who.MayReadCasesOf(team_id) ? absl::OkStatus() : NotInTeam();
}

absl::StatusOr<Change> Decide(const CaseFacts& before, const Act& act, const rpc::Principal& who,
                              absl::string_view kcc_team_id) {
  const CaseAuthorization authorization(who, before.team_id, kcc_team_id);
  WISSEL_RETURN_IF_ERROR(StatusOf(
      RefusalOf(act.action, act.held_by, SituationOf(before, kcc_team_id), who, authorization),
      before));
  if (act.action == Action::kForward && before.team_id == act.team_id) {
    return InvalidField("team_id", "same_team", "this team has the case already");
  }
  Writer writer(before, who);
  Apply(act, kcc_team_id, writer);
  return writer.Take();
}

void SetAllowedActions(const rpc::Principal& who, absl::string_view kcc_team_id,
                       v1::CaseSummary* summary) {
  const CaseAuthorization authorization(who, summary->team_id(), kcc_team_id);
  const Situation situation = {.state = summary->state(),
                               .claimed_by = summary->claimed_by(),
                               .at_kcc = summary->team_id() == kcc_team_id};
  summary->clear_allowed_actions();
  for (int value = v1::CaseAction_MIN + 1; value <= v1::CaseAction_MAX; ++value) {
    const auto action = static_cast<Action>(value);
    if (ChangesNothing(action, situation, who)) continue;
    if (RefusalOf(action, "", situation, who, authorization) != Refusal::kNone) continue;
    summary->add_allowed_actions(static_cast<v1::CaseAction>(value));
  }
}

Change Release(const CaseFacts& before, const rpc::Principal& wissel) {
  Writer writer(before, wissel);
  writer.LetGo(v1::CASE_STATE_QUEUED);
  writer.Add(v1::EVENT_KIND_UNCLAIMED, "Wie deze zaak had, werkt niet meer bij dit team.");
  return writer.Take();
}

}  // namespace wissel::cases
