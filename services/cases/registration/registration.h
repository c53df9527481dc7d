// What is stored for a contact, and what its sender is told. Rules on plain values.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/pg/statement.h"
#include "libs/rpc/principal.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// A contact with its key, its case and its first event, as one row for each. The types are those of
// the parameters that registration_store.cc sends.
struct NewCase {
  std::string key;
  pg::Bytes request_hash;
  int64_t reference = 0;
  int32_t channel = 0;
  std::string account;
  std::optional<std::string> external_id;
  std::string team_id;
  std::string topic_id;
  // 0 while it is open.
  int32_t outcome = 0;
  std::string answer;
  absl::Time due_at;
  std::optional<int64_t> norm_working_days;
  bool norm_statutory = false;
  bool first_attempt_counts = false;
  int64_t calendar_version = 0;
  bool routing_pending = false;
  pg::Bytes decision;
  // Of the decision, apart: what misroutes are counted by.
  std::string rule_id;
  int64_t sop_version = 0;
  std::optional<absl::Time> preferred_from;
  std::optional<absl::Time> preferred_to;
  // As shown in a queue.
  std::string customer_name;
  std::string given_name;
  std::string name_prefix;
  std::string family_name;
  std::string organisation;
  std::string phone;
  std::string email;
  std::string postcode;
  std::string neighbourhood;
  bool is_urgent = false;
  std::string subject;
  std::string question;
  std::string internal_note;
  std::string actor_id;
  std::string actor_name;
  // What the sender is told, but for the moment of receipt; see SetReceipt.
  v1::RegisterContactResponse response;
};

// Whether the request keeps to the limits of the contract; intake has seen to that, so an error
// here is a fault of a caller inside Wissel. INVALID_ARGUMENT with the field and `required`,
// `too_long`, `invalid_text`, `invalid_character`, `invalid_idempotency_key`,
// `invalid_request_hash`, `invalid_channel`, `invalid_outcome`, `invalid_phone`, `invalid_email`,
// `invalid_postcode` or `invalid_moment`.
absl::Status CheckRequest(const v1::RegisterContactRequest& request);

// The part of that which is about the contact itself.
absl::Status CheckContact(const v1::Contact& contact);

// Whether a hash of a request has its length; INVALID_ARGUMENT `invalid_request_hash`.
absl::Status CheckRequestHash(absl::string_view hash);

// The name in a queue: that of the person ("A. van de Berg"), or else of the organisation.
std::string DisplayName(const common::v1::Customer& customer);

// The team that a decision gives a case to: the one that it names, and the KCC if that is not
// there. Null if the municipality has neither.
const municipality::Team* ReceivingTeam(const routing::v1::Decision& decision,
                                        const municipality::MunicipalitySnapshot& municipality);

// What to store for a valid request that is received in the window (norm_clock.h) that begins at
// `received_from`; the moment itself is set as it is stored. A contact that is closed at once is
// with the KCC, since that is who answered. FAILED_PRECONDITION `no_kcc_team` if no team can have
// it.
absl::StatusOr<NewCase> MakeCase(const v1::RegisterContactRequest& request,
                                 const rpc::Principal& who,
                                 const municipality::MunicipalitySnapshot& municipality,
                                 int64_t reference, absl::Time received_from);

// Completes an answer that was made without its moment of receipt.
void SetReceipt(absl::Time received_at, v1::RegisterContactResponse& response);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_H_
