// A case with everything that happened to it, at moments that lie in the past: what a simulation
// makes up, and what is stored of it in one go.

#ifndef WISSEL_SERVICES_CASES_HISTORY_CASE_HISTORY_H_
#define WISSEL_SERVICES_CASES_HISTORY_CASE_HISTORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/rpc/principal.h"
#include "services/cases/lifecycle/case.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {

// An event after the receipt.
struct PastEvent {
  absl::Time at;
  EventDraft event;
  std::string actor_id;
  std::string actor_name;
  // For CONTACT_ADDED.
  std::optional<int32_t> channel;
};

// The same question once more: a contact that was added to the case, with an event CONTACT_ADDED.
struct AddedContact {
  absl::Time at;
  int32_t channel = 0;
  std::string phone;
  std::string email;
  std::string given_name;
  std::string name_prefix;
  std::string family_name;
  std::string subject;
  std::string question;
};

// A plain value.
struct CaseHistory {
  // As MakeCase makes it at the moment of receipt.
  NewCase registered;
  absl::Time received_at;
  // After the last event.
  CaseFacts facts;
  // Set while it is closed.
  std::optional<absl::Time> closed_at;
  // Both in the order of time.
  std::vector<PastEvent> events;
  std::vector<AddedContact> added;
};

// The history that begins with a registration: nothing has happened since.
CaseHistory BeginHistory(NewCase registered, absl::Time received_at);

// Lets `who` act on the case at `at`, by the rules of Decide(), whose errors it returns: nothing
// has happened then. REQUIRES: `at` is not before the last event.
absl::Status ActAt(absl::Time at, const Act& act, const rpc::Principal& who,
                   absl::string_view kcc_team_id, CaseHistory& history);

// The customer asks again: the event CONTACT_ADDED, noted by `who`. REQUIRES: as ActAt.
void AddContactAt(AddedContact contact, const rpc::Principal& who, CaseHistory& history);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_HISTORY_CASE_HISTORY_H_
