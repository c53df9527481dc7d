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

bool HeldByAnother(const CaseFacts& facts, const rpc::Principal& who) {
  return facts.state == v1::CASE_STATE_CLAIMED && facts.claimed_by != who.account_id;
}

absl::Status CheckState(const CaseFacts& before, const Act& act, const rpc::Principal& who,
                        const CaseAuthorization& authorization) {
  if (act.action == Action::kReopen) {
    if (before.state == v1::CASE_STATE_CLOSED) return absl::OkStatus();
    return Precondition("not_closed", "this case is open");
  }
  if (before.state == v1::CASE_STATE_CLOSED) {
    return Precondition("closed", "this case is closed; it can be opened again");
  }
  if (HeldByAnother(before, who)) {
    const bool as_thought = act.held_by.empty() || act.held_by == before.claimed_by;
    if (!authorization.MayOverride(act.action) || !as_thought) return AlreadyClaimed(before);
  }
  if ((act.action == Action::kUnclaim || act.action == Action::kTakeOver) &&
      before.state != v1::CASE_STATE_CLAIMED) {
    return Precondition("not_claimed", "nobody has this case in hand");
  }
  return absl::OkStatus();
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
    if (HeldByAnother(before_, who_)) {
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
    if (!HeldByAnother(before_, who_)) return;
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
  if (!authorization.May(act.action)) return NotInTeam();
  WISSEL_RETURN_IF_ERROR(CheckState(before, act, who, authorization));
  if (act.action == Action::kReturn && before.team_id == kcc_team_id) {
    return Precondition("wrong_state", "the KCC has this case already");
  }
  if (act.action == Action::kForward && before.team_id == act.team_id) {
    return InvalidField("team_id", "same_team", "this team has the case already");
  }
  Writer writer(before, who);
  Apply(act, kcc_team_id, writer);
  return writer.Take();
}

Change Release(const CaseFacts& before, const rpc::Principal& wissel) {
  Writer writer(before, wissel);
  writer.LetGo(v1::CASE_STATE_QUEUED);
  writer.Add(v1::EVENT_KIND_UNCLAIMED, "Wie deze zaak had, werkt niet meer bij dit team.");
  return writer.Take();
}

}  // namespace wissel::cases
