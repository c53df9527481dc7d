#include "services/cases/history/case_history.h"

#include <utility>

#include "libs/base/status.h"

namespace wissel::cases {

CaseHistory BeginHistory(NewCase registered, absl::Time received_at) {
  CaseHistory history;
  history.received_at = received_at;
  history.facts.team_id = registered.team_id;
  history.facts.outcome = static_cast<v1::CaseOutcome>(registered.outcome);
  history.facts.answer = registered.answer;
  history.facts.routing_pending = registered.routing_pending;
  if (history.facts.outcome != v1::CASE_OUTCOME_UNSPECIFIED) {
    history.facts.state = v1::CASE_STATE_CLOSED;
    history.closed_at = received_at;
  }
  history.registered = std::move(registered);
  return history;
}

absl::Status ActAt(absl::Time at, const Act& act, const rpc::Principal& who,
                   absl::string_view kcc_team_id, CaseHistory& history) {
  WISSEL_ASSIGN_OR_RETURN(Change change, Decide(history.facts, act, who, kcc_team_id));
  history.facts = std::move(change.after);
  history.closed_at.reset();
  if (history.facts.state == v1::CASE_STATE_CLOSED) history.closed_at = at;
  for (EventDraft& event : change.events) {
    history.events.push_back({.at = at,
                              .event = std::move(event),
                              .actor_id = who.account_id,
                              .actor_name = who.display_name});
  }
  return absl::OkStatus();
}

void AddContactAt(AddedContact contact, const rpc::Principal& who, CaseHistory& history) {
  history.events.push_back({.at = contact.at,
                            .event = {.kind = v1::EVENT_KIND_CONTACT_ADDED,
                                      .team_id = history.facts.team_id,
                                      .text = contact.subject},
                            .actor_id = who.account_id,
                            .actor_name = who.display_name,
                            .channel = contact.channel});
  history.added.push_back(std::move(contact));
}

}  // namespace wissel::cases
