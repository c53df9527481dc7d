#include "services/cases/registration.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/customer/postcode.h"
#include "services/cases/idempotency.h"
#include "services/cases/norm_clock.h"
#include "services/cases/text_check.h"

namespace wissel::cases {
namespace {

constexpr size_t kHashBytes = 32;

absl::Status CheckPhone(absl::string_view phone) {
  const bool e164 = phone.size() >= 4 && phone.size() <= 16 && phone[0] == '+' &&
                    std::all_of(phone.begin() + 1, phone.end(), absl::ascii_isdigit);
  if (phone.empty() || e164) return absl::OkStatus();
  return InvalidField("contact.customer.phone", "invalid_phone", "the phone is not in E.164");
}

absl::Status CheckEmail(absl::string_view email) {
  WISSEL_RETURN_IF_ERROR(CheckText("contact.customer.email", email, 254, Presence::kOptional));
  const size_t at = email.rfind('@');
  const bool whole = at != absl::string_view::npos && at > 0 && at + 1 < email.size();
  if (email.empty() || (whole && !std::any_of(email.begin(), email.end(), absl::ascii_isspace))) {
    return absl::OkStatus();
  }
  return InvalidField("contact.customer.email", "invalid_email", "this is no e-mail address");
}

absl::Status CheckCustomer(const common::v1::Customer& customer) {
  const auto optional = [](absl::string_view field, absl::string_view text, int most) {
    return CheckText(absl::StrCat("contact.customer.", field), text, most, Presence::kOptional);
  };
  WISSEL_RETURN_IF_ERROR(optional("given_name", customer.given_name(), 100));
  WISSEL_RETURN_IF_ERROR(optional("name_prefix", customer.name_prefix(), 20));
  WISSEL_RETURN_IF_ERROR(optional("family_name", customer.family_name(), 200));
  WISSEL_RETURN_IF_ERROR(optional("organisation", customer.organisation(), 200));
  WISSEL_RETURN_IF_ERROR(optional("neighbourhood", customer.neighbourhood(), 100));
  const std::string& postcode = customer.postcode();
  if (!postcode.empty() && customer::NormalisePostcode(postcode) != postcode) {
    return InvalidField("contact.customer.postcode", "invalid_postcode",
                        "the postcode is not like 2511AB");
  }
  WISSEL_RETURN_IF_ERROR(CheckPhone(customer.phone()));
  return CheckEmail(customer.email());
}

absl::Status CheckTexts(const v1::Contact& contact) {
  const auto check = [](absl::string_view field, absl::string_view text, int most,
                        Presence presence = Presence::kOptional) {
    return CheckText(absl::StrCat("contact.", field), text, most, presence);
  };
  const common::v1::Question& question = contact.question();
  WISSEL_RETURN_IF_ERROR(check("question.subject", question.subject(), 200, Presence::kRequired));
  WISSEL_RETURN_IF_ERROR(check("question.text", question.text(), 1000));
  WISSEL_RETURN_IF_ERROR(check("question.internal_note", question.internal_note(), 1000));
  WISSEL_RETURN_IF_ERROR(check("question.topic_id", question.topic_id(), 100));
  WISSEL_RETURN_IF_ERROR(check("account", contact.account(), 254));
  WISSEL_RETURN_IF_ERROR(check("external_id", contact.external_id(), 500));
  return check("answer", contact.answer(), 4000);
}

absl::Status CheckMoment(const common::v1::PreferredMoment& moment) {
  const bool valid = (!moment.has_not_before() || IsValid(moment.not_before())) &&
                     (!moment.has_not_after() || IsValid(moment.not_after()));
  const bool ordered = !moment.has_not_before() || !moment.has_not_after() ||
                       FromProto(moment.not_before()) < FromProto(moment.not_after());
  if (valid && ordered) return absl::OkStatus();
  return InvalidField("contact.preferred_moment", "invalid_moment",
                      "the preferred moment ends before it begins");
}

bool IsKnown(common::v1::Channel channel) {
  return channel != common::v1::CHANNEL_UNSPECIFIED && common::v1::Channel_IsValid(channel);
}

bool MayCloseAtOnce(v1::CaseOutcome outcome) {
  return outcome == v1::CASE_OUTCOME_UNSPECIFIED || outcome == v1::CASE_OUTCOME_FIRST_CONTACT ||
         outcome == v1::CASE_OUTCOME_STEERED || outcome == v1::CASE_OUTCOME_ACQUISITION;
}

std::optional<absl::Time> TimeOf(bool present, const google::protobuf::Timestamp& timestamp) {
  if (!present) return std::nullopt;
  return FromProto(timestamp);
}

// All that does not depend on where the contact goes.
NewCase CopyContact(const v1::Contact& contact) {
  const common::v1::Customer& customer = contact.customer();
  const common::v1::Question& question = contact.question();
  const common::v1::PreferredMoment& moment = contact.preferred_moment();
  NewCase row;
  row.channel = contact.channel();
  row.account = contact.account();
  if (!contact.external_id().empty()) row.external_id = contact.external_id();
  row.topic_id = question.topic_id();
  row.outcome = contact.outcome();
  if (row.outcome != v1::CASE_OUTCOME_UNSPECIFIED) row.answer = contact.answer();
  row.decision.value = contact.decision().SerializeAsString();
  row.rule_id = contact.decision().rule_id();
  row.sop_version = contact.decision().sop_version();
  row.preferred_from = TimeOf(moment.has_not_before(), moment.not_before());
  row.preferred_to = TimeOf(moment.has_not_after(), moment.not_after());
  row.customer_name = DisplayName(customer);
  row.given_name = customer.given_name();
  row.name_prefix = customer.name_prefix();
  row.family_name = customer.family_name();
  row.organisation = customer.organisation();
  row.phone = customer.phone();
  row.email = customer.email();
  row.postcode = customer.postcode();
  row.neighbourhood = customer.neighbourhood();
  row.is_urgent = question.urgent();
  row.subject = question.subject();
  row.question = question.text();
  row.internal_note = question.internal_note();
  return row;
}

}  // namespace

absl::Status CheckRequest(const v1::RegisterContactRequest& request) {
  WISSEL_RETURN_IF_ERROR(CheckKey(request.idempotency_key()));
  WISSEL_RETURN_IF_ERROR(CheckRequestHash(request.request_hash()));
  return CheckContact(request.contact());
}

absl::Status CheckRequestHash(absl::string_view hash) {
  if (hash.size() == kHashBytes) return absl::OkStatus();
  return InvalidField("request_hash", "invalid_request_hash", "the request hash has 32 bytes");
}

absl::Status CheckContact(const v1::Contact& contact) {
  if (!IsKnown(contact.channel())) {
    return InvalidField("contact.channel", "invalid_channel", "the channel is not known");
  }
  if (!MayCloseAtOnce(contact.outcome())) {
    return InvalidField("contact.outcome", "invalid_outcome",
                        "a contact cannot be closed at once like this");
  }
  WISSEL_RETURN_IF_ERROR(CheckCustomer(contact.customer()));
  WISSEL_RETURN_IF_ERROR(CheckTexts(contact));
  return CheckMoment(contact.preferred_moment());
}

std::string DisplayName(const common::v1::Customer& customer) {
  std::string name;
  for (const std::string* part :
       {&customer.given_name(), &customer.name_prefix(), &customer.family_name()}) {
    if (part->empty()) continue;
    if (!name.empty()) name += ' ';
    name += *part;
  }
  return name.empty() ? customer.organisation() : name;
}

const Team* HolderOf(const routing::v1::Decision& decision, const Directory& directory) {
  const Team* const decided = directory.FindTeam(decision.team_id());
  return decided == nullptr ? directory.kcc() : decided;
}

absl::StatusOr<NewCase> MakeCase(const v1::RegisterContactRequest& request,
                                 const rpc::Principal& who, const Directory& directory,
                                 int64_t reference, absl::Time received_from) {
  const v1::Contact& contact = request.contact();
  const bool open = contact.outcome() == v1::CASE_OUTCOME_UNSPECIFIED;
  const Team* const holder = open ? HolderOf(contact.decision(), directory) : directory.kcc();
  if (holder == nullptr) {
    return Error(absl::StatusCode::kFailedPrecondition, "no_kcc_team",
                 "this municipality has no KCC team to register with");
  }
  const NormClock clock = StartClock(directory, holder->team_id, contact.channel(), received_from);

  NewCase row = CopyContact(contact);
  row.key = request.idempotency_key();
  row.request_hash.value = request.request_hash();
  row.reference = reference;
  row.team_id = holder->team_id;
  if (open) row.mailbox = holder->mailbox;
  row.due_at = clock.due_at;
  if (clock.norm) {
    row.norm_working_days = clock.norm->working_days;
    row.norm_statutory = clock.norm->statutory;
    row.first_attempt_counts = clock.norm->first_attempt_counts;
  }
  row.calendar_version = clock.calendar_version;
  row.routing_pending = open && contact.decision().pending();
  row.actor_id = who.account_id;
  row.actor_name = who.display_name;

  v1::RegisterContactResponse answer;
  answer.set_reference(reference);
  if (open) answer.set_team_id(row.team_id);
  if (row.due_at != absl::InfiniteFuture()) *answer.mutable_due_at() = ToProto(row.due_at);
  *answer.mutable_decision() = contact.decision();
  answer.mutable_decision()->clear_losing_rules();
  row.response.value = answer.SerializeAsString();
  return row;
}

void SetReceipt(absl::Time received_at, v1::RegisterContactResponse& response) {
  if (!response.has_received_at()) *response.mutable_received_at() = ToProto(received_at);
}

NewCase MakeRepeat(const v1::RegisterContactRequest& request,
                   const v1::RegisterContactResponse& first) {
  NewCase row;
  row.key = request.idempotency_key();
  row.request_hash.value = request.request_hash();
  row.response.value = first.SerializeAsString();
  row.due_at = absl::InfiniteFuture();
  return row;
}

}  // namespace wissel::cases
