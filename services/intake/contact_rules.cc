#include "services/intake/contact_rules.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/customer/email_address.h"
#include "libs/customer/phone.h"
#include "libs/customer/postcode.h"
#include "libs/customer/preferred_moment.h"
#include "libs/text/utf8.h"

namespace wissel::intake {
namespace {

using ::wissel::text::Presence;
using ::wissel::text::Shape;

// Of a subject that is made of the text: as much as a queue shows.
constexpr size_t kMostOfText = 80;
constexpr char kNoSubject[] = "(geen onderwerp)";
constexpr char kCutMark[] = "…";

// The first line of a clean text, of at most kMostOfText characters; cut where a word ends, if
// there is such a place.
std::string SubjectOf(absl::string_view text) {
  const absl::string_view line = text.substr(0, text.find('\n'));
  if (line.empty()) return kNoSubject;
  size_t word_end = 0;
  size_t characters = 0;
  absl::string_view rest = line;
  while (!rest.empty() && characters < kMostOfText) {
    if (rest.front() == ' ') word_end = line.size() - rest.size();
    text::TakeCodePoint(rest);
    ++characters;
  }
  if (rest.empty()) return std::string(line);
  if (rest.front() == ' ') word_end = line.size() - rest.size();
  if (word_end == 0) word_end = line.size() - rest.size();
  return absl::StrCat(line.substr(0, word_end), kCutMark);
}

}  // namespace

void ContactRules::Wrong(const absl::Status& wrong) {
  if (wrong.ok()) return;
  if (status_.ok()) {
    status_ = wrong;
    return;
  }
  // The message of the first stays in front; details carry the rest.
  absl::Status all(status_.code(), absl::StrCat(status_.message(), "; ", wrong.message()));
  for (const ErrorDetail& detail : DetailsOf(status_)) AddDetail(all, detail);
  for (const ErrorDetail& detail : DetailsOf(wrong)) AddDetail(all, detail);
  status_ = std::move(all);
}

void ContactRules::Wrong(absl::string_view field, absl::string_view reason,
                         absl::string_view message) {
  Wrong(InvalidField(field, reason, message));
}

std::string ContactRules::Text(absl::string_view field, absl::string_view typed,
                               const customer::ContactText& text, Presence presence) {
  absl::StatusOr<std::string> kept = text::Read(field, typed, text.most, presence, text.shape);
  Wrong(kept.status());
  return std::move(kept).value_or("");
}

std::optional<std::string> ContactRules::Phone(absl::string_view typed) {
  if (text::Clean(typed, Shape::kLine) == "") return std::nullopt;
  const std::optional<std::string> phone = customer::NormalisePhone(typed);
  if (!phone) {
    Wrong("customer.phone", "invalid_phone", "customer.phone is not a number to call back");
  }
  return phone.value_or("");
}

std::optional<std::string> ContactRules::Email(absl::string_view typed) {
  const absl::StatusOr<std::string> kept = text::Read(
      "customer.email", typed, customer::kEmail.most, Presence::kOptional, customer::kEmail.shape);
  if (!kept.ok()) {
    Wrong(kept.status());
    return "";
  }
  if (kept->empty()) return std::nullopt;
  const std::optional<std::string> email = customer::NormaliseEmail(*kept);
  if (!email) Wrong("customer.email", "invalid_email", "customer.email is not an e-mail address");
  return email.value_or("");
}

std::string ContactRules::Postcode(absl::string_view typed) {
  if (text::Clean(typed, Shape::kLine) == "") return "";
  const std::optional<std::string> postcode = customer::NormalisePostcode(typed);
  if (!postcode) {
    Wrong("customer.postcode", "invalid_postcode", "customer.postcode is not a Dutch postcode");
  }
  return postcode.value_or("");
}

common::v1::Customer ContactRules::Customer(const common::v1::Customer& typed, Reach reach) {
  common::v1::Customer customer;
  customer.set_given_name(Text("customer.given_name", typed.given_name(), customer::kGivenName));
  customer.set_name_prefix(
      Text("customer.name_prefix", typed.name_prefix(), customer::kNamePrefix));
  customer.set_family_name(
      Text("customer.family_name", typed.family_name(), customer::kFamilyName));
  customer.set_organisation(
      Text("customer.organisation", typed.organisation(), customer::kOrganisation));
  customer.set_neighbourhood(
      Text("customer.neighbourhood", typed.neighbourhood(), customer::kNeighbourhood));
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

common::v1::Question ContactRules::Question(const common::v1::Question& typed,
                                            SubjectFrom subject_from) {
  const Presence subject =
      subject_from == SubjectFrom::kAgent ? Presence::kRequired : Presence::kOptional;
  common::v1::Question question;
  question.set_subject(Text("question.subject", typed.subject(), customer::kSubject, subject));
  question.set_text(Text("question.text", typed.text(), customer::kQuestion));
  question.set_internal_note(
      Text("question.internal_note", typed.internal_note(), customer::kInternalNote));
  if (question.subject().empty() && subject_from == SubjectFrom::kMessage) {
    question.set_subject(SubjectOf(question.text()));
  }
  question.set_topic_id(Text("question.topic_id", typed.topic_id(), customer::kTopicId));
  question.set_urgent(typed.urgent());
  return question;
}

common::v1::PreferredMoment ContactRules::PreferredMoment(
    const common::v1::PreferredMoment& typed) {
  Wrong(customer::CheckPreferredMoment("preferred_moment", typed));
  return typed;
}

}  // namespace wissel::intake
