// What every contact must satisfy, whatever the channel: checks, and puts in one form.

#ifndef WISSEL_SERVICES_INTAKE_CONTACT_RULES_H_
#define WISSEL_SERVICES_INTAKE_CONTACT_RULES_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/customer/contact_texts.h"
#include "libs/text/typed.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::intake {

// How an answer must be able to reach the customer.
enum class Reach {
  // A phone number: `customer.phone` is required.
  kPhone,
  // An address: `customer.email` is required.
  kEmail,
  // Either of them: `customer` is required.
  kEither,
  // No answer is owed, or the channel itself is the way back.
  kNone,
};

// Who writes the subject.
enum class SubjectFrom {
  // An agent, who is asked for one.
  kAgent,
  // A mail, a form or a message, which may come without: then it is the first line of the text, cut
  // at a word, or "(geen onderwerp)".
  kMessage,
};

// Reads the fields of one request and collects everything that is wrong with them, so that a person
// corrects a form once. A plain value for one thread. Messages name fields and limits, never what
// was typed.
//
// Texts and names are cleaned and never refused for their characters (libs/text/clean.h), so that
// no contact is lost for what nobody can see. What can be wrong stands in libs/text/typed.h.
class ContactRules {
 public:
  // OK, or INVALID_ARGUMENT with one detail for each wrong field, in the order of reading.
  absl::Status status() const { return status_; }

  // Adds what a rule of one channel found; nothing for OK.
  void Wrong(const absl::Status& wrong);
  void Wrong(absl::string_view field, absl::string_view reason, absl::string_view message);

  // Empty when it is wrong.
  std::string Text(absl::string_view field, absl::string_view typed,
                   const customer::ContactText& text,
                   text::Presence presence = text::Presence::kOptional);

  void IdempotencyKey(absl::string_view key) { Wrong(text::CheckIdempotencyKey(key)); }

  // Names, neighbourhood, phone (`invalid_phone`), e-mail (`invalid_email`) and postcode
  // (`invalid_postcode`), and that the customer can be reached (`required`). Phone comes back in
  // E.164, the domain of an e-mail in small letters, a postcode as `2511AB`.
  common::v1::Customer Customer(const common::v1::Customer& typed, Reach reach);

  common::v1::Question Question(const common::v1::Question& typed, SubjectFrom subject_from);

  // Both moments are possible ones and in order; else `invalid_moment`.
  common::v1::PreferredMoment PreferredMoment(const common::v1::PreferredMoment& typed);

 private:
  // Absent when nothing was typed; empty when it is wrong.
  std::optional<std::string> Phone(absl::string_view typed);
  std::optional<std::string> Email(absl::string_view typed);
  // Empty as well when it is wrong.
  std::string Postcode(absl::string_view typed);

  absl::Status status_;
};

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_CONTACT_RULES_H_
