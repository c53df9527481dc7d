// What every contact must satisfy, whatever the channel: checks, and puts in one form.

#ifndef WISSEL_SERVICES_INTAKE_CONTACT_RULES_H_
#define WISSEL_SERVICES_INTAKE_CONTACT_RULES_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::intake {

// Whether a text may be left empty.
enum class Presence { kOptional, kRequired };

// Whether a text may go over several lines.
enum class Lines { kOne, kMany };

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

// Reads the fields of one request and collects everything that is wrong with them, so that a person
// corrects a form once. A plain value for one thread. Messages name fields and limits, never what
// was typed.
//
// Texts are returned without white space around them and with lines ended by a newline. Wrong with
// a text, in this order: `invalid_text` (not UTF-8, a control character other than newline and tab,
// or a newline in a text of one line), `too_long` (in characters), `required`.
class ContactRules {
 public:
  // OK, or INVALID_ARGUMENT with one detail for each wrong field, in the order of reading.
  absl::Status status() const { return status_; }

  // Adds what a rule of one channel found.
  void Wrong(absl::string_view field, absl::string_view reason, absl::string_view message);

  std::string Text(absl::string_view field, const std::string& typed, int most, Presence presence,
                   Lines lines);

  // 8 to 64 of A-Z a-z 0-9 . _ -; else `invalid_idempotency_key`.
  void IdempotencyKey(const std::string& key);

  // Names, neighbourhood, phone (`invalid_phone`), e-mail (`invalid_email`) and postcode
  // (`invalid_postcode`), and that the customer can be reached (`required`). Phone comes back in
  // E.164, the domain of an e-mail in small letters, a postcode as `2511AB`.
  common::v1::Customer Customer(const common::v1::Customer& typed, Reach reach);

  common::v1::Question Question(const common::v1::Question& typed);

  // Both moments are possible ones and in order; else `invalid_moment`.
  common::v1::PreferredMoment PreferredMoment(const common::v1::PreferredMoment& typed);

 private:
  // Absent when nothing was typed; empty when it is wrong.
  std::optional<std::string> Phone(const std::string& typed);
  std::optional<std::string> Email(const std::string& typed);
  // Empty as well when it is wrong.
  std::string Postcode(const std::string& typed);

  absl::Status status_;
};

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_CONTACT_RULES_H_
