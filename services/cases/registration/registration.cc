#include "services/cases/registration/registration.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/customer/contact_texts.h"
#include "libs/customer/email_address.h"
#include "libs/customer/phone.h"
#include "libs/customer/postcode.h"
#include "libs/customer/preferred_moment.h"
#include "libs/text/typed.h"
#include "services/cases/lifecycle/norm_clock.h"

namespace wissel::cases {
namespace {

constexpr size_t kHashBytes = 32;

using text::Presence;

absl::Status CheckReachable(const common::v1::Customer& customer) {
  const std::string& postcode = customer.postcode();
  if (!postcode.empty() && customer::NormalisePostcode(postcode) != postcode) {
    return InvalidField("contact.customer.postcode", "invalid_postcode",
                        "the postcode is not like 2511AB");
  }
  if (!customer.phone().empty() && !customer::IsE164(customer.phone())) {
    return InvalidField("contact.customer.phone", "invalid_phone", "the phone is not in E.164");
  }
  if (!customer.email().empty() && customer::NormaliseEmail(customer.email()) != customer.email()) {
    return InvalidField("contact.customer.email", "invalid_email", "this is no e-mail address");
  }
  return absl::OkStatus();
}

absl::Status CheckTexts(const v1::Contact& contact) {
  const common::v1::Customer& customer = contact.customer();
  const common::v1::Question& question = contact.question();
  const struct {
    absl::string_view field;
    absl::string_view value;
    customer::ContactText text;
    Presence presence = Presence::kOptional;
  } kTexts[] = {
      {"customer.given_name", customer.given_name(), customer::kGivenName},
      {"customer.name_prefix", customer.name_prefix(), customer::kNamePrefix},
      {"customer.family_name", customer.family_name(), customer::kFamilyName},
      {"customer.organisation", customer.organisation(), customer::kOrganisation},
      {"customer.neighbourhood", customer.neighbourhood(), customer::kNeighbourhood},
      {"question.subject", question.subject(), customer::kSubject, Presence::kRequired},
      {"question.text", question.text(), customer::kQuestion},
      {"question.internal_note", question.internal_note(), customer::kInternalNote},
      {"question.topic_id", question.topic_id(), customer::kTopicId},
      {"account", contact.account(), customer::kAccount},
      {"external_id", contact.external_id(), customer::kExternalId},
      {"answer", contact.answer(), customer::kReply},
  };
  for (const auto& [field, value, text, presence] : kTexts) {
    WISSEL_RETURN_IF_ERROR(
        text::CheckClean(absl::StrCat("contact.", field), value, text.most, presence, text.shape));
  }
  return absl::OkStatus();
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
  WISSEL_RETURN_IF_ERROR(text::CheckIdempotencyKey(request.idempotency_key()));
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
  WISSEL_RETURN_IF_ERROR(CheckTexts(contact));
  WISSEL_RETURN_IF_ERROR(CheckReachable(contact.customer()));
  return customer::CheckPreferredMoment("contact.preferred_moment", contact.preferred_moment());
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

const municipality::Team* ReceivingTeam(const routing::v1::Decision& decision,
                                        const municipality::MunicipalitySnapshot& municipality) {
  const municipality::Team* const decided = municipality.FindTeam(decision.team_id());
  return decided == nullptr ? municipality.kcc() : decided;
}

absl::StatusOr<NewCase> MakeCase(const v1::RegisterContactRequest& request,
                                 const rpc::Principal& who,
                                 const municipality::MunicipalitySnapshot& municipality,
                                 int64_t reference, absl::Time received_from) {
  const v1::Contact& contact = request.contact();
  const bool open = contact.outcome() == v1::CASE_OUTCOME_UNSPECIFIED;
  const municipality::Team* const holder =
      open ? ReceivingTeam(contact.decision(), municipality) : municipality.kcc();
  if (holder == nullptr) {
    return Error(absl::StatusCode::kFailedPrecondition, "no_kcc_team",
                 "this municipality has no KCC team to register with");
  }
  const NormClock clock =
      StartClock(municipality, holder->team_id, contact.channel(), received_from);

  NewCase row = CopyContact(contact);
  row.key = request.idempotency_key();
  row.request_hash.value = request.request_hash();
  row.reference = reference;
  row.team_id = holder->team_id;
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

  v1::RegisterContactResponse& answer = row.response;
  answer.set_reference(reference);
  if (open) answer.set_team_id(row.team_id);
  if (row.due_at != absl::InfiniteFuture()) *answer.mutable_due_at() = ToProto(row.due_at);
  *answer.mutable_decision() = contact.decision();
  answer.mutable_decision()->clear_losing_rules();
  return row;
}

void SetReceipt(absl::Time received_at, v1::RegisterContactResponse& response) {
  if (!response.has_received_at()) *response.mutable_received_at() = ToProto(received_at);
}

}  // namespace wissel::cases
