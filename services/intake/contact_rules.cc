#include "services/intake/contact_rules.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/base/utf8.h"
#include "libs/customer/email_address.h"
#include "libs/customer/phone.h"
#include "libs/customer/postcode.h"

namespace wissel::intake {
namespace {

constexpr int kMostEmailCharacters = 254;

// What is known of a text after one pass.
struct Seen {
  bool shown = true;
  bool one_line = true;
  // Without the white space around it.
  absl::string_view trimmed;
  int characters = 0;
};

Seen Look(absl::string_view text) {
  Seen seen;
  size_t begin = text.size();
  size_t end = 0;
  int passed = 0;
  int first = 0;
  int last = -1;
  bool newline_pending = false;
  for (absl::string_view rest = text; !rest.empty(); ++passed) {
    const size_t at = text.size() - rest.size();
    const std::optional<int32_t> point = TakeCodePoint(rest);
    if (!point || (IsControlCharacter(*point) && *point != '\n' && *point != '\t')) {
      return {.shown = false};
    }
    if (IsBlankCharacter(*point)) {
      newline_pending |= *point == '\n' && last >= 0;
      continue;
    }
    if (last < 0) {
      begin = at;
      first = passed;
    }
    if (newline_pending) seen.one_line = false;
    last = passed;
    end = text.size() - rest.size();
  }
  if (last >= 0) {
    seen.trimmed = text.substr(begin, end - begin);
    seen.characters = last - first + 1;
  }
  return seen;
}

bool IsKeyLetter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
}

}  // namespace

void ContactRules::Wrong(absl::string_view field, absl::string_view reason,
                         absl::string_view message) {
  if (status_.ok()) {
    status_ = InvalidField(field, reason, message);
    return;
  }
  // The message of the first stays in front; details carry the rest.
  absl::Status all(status_.code(), absl::StrCat(status_.message(), "; ", message));
  for (const ErrorDetail& detail : DetailsOf(status_)) AddDetail(all, detail);
  AddDetail(all, {std::string(reason), std::string(field), {}});
  status_ = std::move(all);
}

std::string ContactRules::Text(absl::string_view field, const std::string& typed, int most,
                               Presence presence, Lines lines) {
  const std::string text = absl::StrReplaceAll(typed, {{"\r\n", "\n"}});
  const Seen seen = Look(text);
  if (!seen.shown || (lines == Lines::kOne && !seen.one_line)) {
    Wrong(field, "invalid_text", absl::StrCat(field, " holds a character that is not allowed"));
  } else if (seen.characters > most) {
    Wrong(field, "too_long", absl::StrCat(field, " has more than ", most, " characters"));
  } else if (presence == Presence::kRequired && seen.trimmed.empty()) {
    Wrong(field, "required", absl::StrCat(field, " is required"));
  }
  return std::string(seen.trimmed);
}

void ContactRules::IdempotencyKey(const std::string& key) {
  if (key.size() < 8 || key.size() > 64 || !std::all_of(key.begin(), key.end(), IsKeyLetter)) {
    Wrong("idempotency_key", "invalid_idempotency_key",
          "idempotency_key has 8 to 64 characters from A-Z a-z 0-9 . _ -");
  }
}

std::optional<std::string> ContactRules::Phone(const std::string& typed) {
  const Seen seen = Look(typed);
  if (seen.shown && seen.trimmed.empty()) return std::nullopt;
  const std::optional<std::string> phone =
      seen.shown ? customer::NormalisePhone(seen.trimmed) : std::nullopt;
  if (!phone) {
    Wrong("customer.phone", "invalid_phone", "customer.phone is not a number to call back");
  }
  return phone.value_or("");
}

std::optional<std::string> ContactRules::Email(const std::string& typed) {
  const Seen seen = Look(typed);
  if (seen.shown && seen.trimmed.empty()) return std::nullopt;
  if (seen.characters > kMostEmailCharacters) {
    Wrong("customer.email", "too_long", "customer.email has more than 254 characters");
    return "";
  }
  const std::optional<std::string> email =
      seen.shown ? customer::NormaliseEmail(seen.trimmed) : std::nullopt;
  if (!email) Wrong("customer.email", "invalid_email", "customer.email is not an e-mail address");
  return email.value_or("");
}

std::string ContactRules::Postcode(const std::string& typed) {
  const Seen seen = Look(typed);
  if (seen.shown && seen.trimmed.empty()) return "";
  const std::optional<std::string> postcode =
      seen.shown ? customer::NormalisePostcode(seen.trimmed) : std::nullopt;
  if (!postcode) {
    Wrong("customer.postcode", "invalid_postcode", "customer.postcode is not a Dutch postcode");
  }
  return postcode.value_or("");
}

common::v1::Customer ContactRules::Customer(const common::v1::Customer& typed, Reach reach) {
  const auto name = [this](absl::string_view field, const std::string& value, int most) {
    return Text(field, value, most, Presence::kOptional, Lines::kOne);
  };
  common::v1::Customer customer;
  customer.set_given_name(name("customer.given_name", typed.given_name(), 100));
  customer.set_name_prefix(name("customer.name_prefix", typed.name_prefix(), 20));
  customer.set_family_name(name("customer.family_name", typed.family_name(), 200));
  customer.set_organisation(name("customer.organisation", typed.organisation(), 200));
  customer.set_neighbourhood(name("customer.neighbourhood", typed.neighbourhood(), 100));
  customer.set_postcode(Postcode(typed.postcode()));
  const std::optional<std::string> phone = Phone(typed.phone());
  const std::optional<std::string> email = Email(typed.email());
  customer.set_phone(phone.value_or(""));
  customer.set_email(email.value_or(""));
  if (reach == Reach::kPhone && !phone) {
    Wrong("customer.phone", "required", "customer.phone is required");
  } else if (reach == Reach::kEmail && !email) {
    Wrong("customer.email", "required", "customer.email is required");
  } else if (reach == Reach::kEither && !phone && !email) {
    Wrong("customer", "required", "customer needs a phone number or an e-mail address");
  }
  return customer;
}

common::v1::Question ContactRules::Question(const common::v1::Question& typed) {
  common::v1::Question question;
  question.set_subject(
      Text("question.subject", typed.subject(), 200, Presence::kRequired, Lines::kOne));
  question.set_text(Text("question.text", typed.text(), 1000, Presence::kOptional, Lines::kMany));
  question.set_internal_note(Text("question.internal_note", typed.internal_note(), 1000,
                                  Presence::kOptional, Lines::kMany));
  question.set_topic_id(
      Text("question.topic_id", typed.topic_id(), 80, Presence::kOptional, Lines::kOne));
  question.set_urgent(typed.urgent());
  return question;
}

common::v1::PreferredMoment ContactRules::PreferredMoment(
    const common::v1::PreferredMoment& typed) {
  const bool from = typed.has_not_before();
  const bool to = typed.has_not_after();
  if (from && !IsValid(typed.not_before())) {
    Wrong("preferred_moment.not_before", "invalid_moment", "not_before is not a moment");
  } else if (to && !IsValid(typed.not_after())) {
    Wrong("preferred_moment.not_after", "invalid_moment", "not_after is not a moment");
  } else if (from && to && FromProto(typed.not_after()) <= FromProto(typed.not_before())) {
    Wrong("preferred_moment.not_after", "invalid_moment",
          "not_after must be later than not_before");
  }
  return typed;
}

}  // namespace wissel::intake
