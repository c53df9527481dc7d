#include "services/router/replay_store.h"

#include "libs/base/status.h"

namespace wissel::router {
namespace {

constexpr pg::Statement kCount = {"router_replay_count", R"(
  select count(*) as contacts from cases.routed_contact
   where tenant_id = wissel.tenant() and received_at >= $1::timestamptz
     and received_at < $2::timestamptz)"};

// Cases are looked up one by one: to join a page by hashing, all cases would be read for each page.
constexpr pg::Statement kPlan = {"router_replay_plan", R"(
  select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
         set_config('jit', 'off', true))"};

// The limit is kContactsPerPage. Words are sent only where a rule looks for them.
constexpr pg::Statement kPage = {"router_replay_page", R"(
  select case_id, contact_no, received_at, channel, topic_id,
         case when $5::boolean then subject else '' end as subject,
         case when $5::boolean then question else '' end as question,
         is_business, is_urgent, postcode, neighbourhood, final_team_id, due_at, closed_at, outcome
    from cases.routed_contact
   where tenant_id = wissel.tenant()
     and (received_at, case_id, contact_no) > ($1::timestamptz, $2::bigint, $3::smallint)
     and received_at < $4::timestamptz
   order by received_at, case_id, contact_no
   limit 20000)"};
static_assert(kContactsPerPage == 20000);

}  // namespace

std::vector<pg::Statement> ReplayStatements() { return {kCount, kPlan, kPage}; }

absl::StatusOr<int64_t> CountContacts(pg::Transaction& transaction, absl::Time from,
                                      absl::Time to) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(kPlan).status());
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kCount, {from, to}));
  return rows[0].Int64("contacts");
}

absl::StatusOr<pg::Result> ReadContacts(pg::Transaction& transaction, const ContactPlace& place,
                                        absl::Time to, bool with_words) {
  return transaction.Run(kPage,
                         {place.received_at, place.case_id, place.contact_no, to, with_words});
}

PastContact ContactOf(const pg::Result::Row& row) {
  return {.reference = row.Int64("case_id"),
          .is_first = row.Text("contact_no") == "1",
          .received_at = row.Time("received_at"),
          .inquiry = {.channel = static_cast<Channel>(row.Int32("channel")),
                      .topic_id = row.Text("topic_id"),
                      .subject = row.Text("subject"),
                      .text = row.Text("question"),
                      .is_business = row.Bool("is_business"),
                      .is_urgent = row.Bool("is_urgent"),
                      .neighbourhood = row.Text("neighbourhood"),
                      .postcode = row.Text("postcode")},
          .final_team_id = row.Text("final_team_id"),
          .due_at = row.Time("due_at"),
          .closed_at = row.OptionalTime("closed_at").value_or(absl::InfiniteFuture()),
          .outcome = static_cast<cases::v1::CaseOutcome>(row.Int32("outcome"))};
}

ContactPlace PlaceOf(const pg::Result::Row& row) {
  return {.received_at = row.Time("received_at"),
          .case_id = row.Int64("case_id"),
          .contact_no = row.Int64("contact_no")};
}

}  // namespace wissel::router
