#include "services/cases/questions/attachment_store.h"

#include <optional>
#include <string>

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {
namespace {

// Kind of event: 14 contact added. A case without a name gets that of the contact.
constexpr pg::Statement kAttach = {"cases_attach", R"(
  with moved as (
    update cases.case_file
       set version = version + 1,
           customer_name = case when customer_name = '' then $19::text else customer_name end
     where tenant_id = (select wissel.tenant()) and case_id = $1::bigint
    returning tenant_id, case_id, team_id, clock_timestamp() as moment
  ), noted as (
    insert into cases.contact (
      tenant_id, case_id, contact_no, channel, account, external_id, given_name, name_prefix,
      family_name, organisation, phone, email, postcode, neighbourhood, is_urgent, subject,
      question, internal_note, preferred_from, preferred_to, received_at)
    select tenant_id, case_id,
           (select coalesce(max(c.contact_no), 0) + 1 from cases.contact c
             where c.tenant_id = moved.tenant_id and c.case_id = moved.case_id),
           $2::smallint, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text,
           $10::text, $11::text, $12::text, $13::boolean, $14::text, $15::text, $16::text,
           $20::timestamptz, $21::timestamptz, moment
      from moved
  ), logged as (
    insert into cases.case_event (
      tenant_id, case_id, sequence, at, kind, actor_id, actor_name, team_id, channel, text)
    select tenant_id, case_id,
           (select coalesce(max(e.sequence), 0) + 1 from cases.case_event e
             where e.tenant_id = moved.tenant_id and e.case_id = moved.case_id),
           moment, 14, $17::text, $18::text, team_id, $2::smallint, $14::text
      from moved
  )
  select pg_notify('wissel_cases', '') from moved)"};

std::optional<absl::Time> TimeOf(bool present, const google::protobuf::Timestamp& timestamp) {
  if (!present) return std::nullopt;
  return FromProto(timestamp);
}

}  // namespace

std::vector<pg::Statement> AttachmentStatements() { return {kAttach}; }

absl::Status InsertContact(pg::Transaction& transaction, int64_t reference,
                           const v1::Contact& contact, const rpc::Principal& who) {
  const common::v1::Customer& customer = contact.customer();
  const common::v1::Question& question = contact.question();
  const common::v1::PreferredMoment& moment = contact.preferred_moment();
  std::optional<std::string> external_id;
  if (!contact.external_id().empty()) external_id = contact.external_id();
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kAttach, {reference,
                                static_cast<int32_t>(contact.channel()),
                                contact.account(),
                                external_id,
                                customer.given_name(),
                                customer.name_prefix(),
                                customer.family_name(),
                                customer.organisation(),
                                customer.phone(),
                                customer.email(),
                                customer.postcode(),
                                customer.neighbourhood(),
                                question.urgent(),
                                question.subject(),
                                question.text(),
                                question.internal_note(),
                                who.account_id,
                                who.display_name,
                                DisplayName(customer),
                                TimeOf(moment.has_not_before(), moment.not_before()),
                                TimeOf(moment.has_not_after(), moment.not_after())}));
  if (!rows.empty()) return absl::OkStatus();
  return absl::InternalError("a case that was locked is not there");
}

}  // namespace wissel::cases
