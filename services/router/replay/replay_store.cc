#include "services/router/replay/replay_store.h"

#include "libs/base/status.h"

namespace wissel::router {
namespace {

constexpr pg::Statement kCount = {"router_replay_count", R"(
  select count(*) as contacts from cases.routed_contact
   where tenant_id = (select wissel.tenant()) and received_at >= $1::timestamptz
     and received_at < $2::timestamptz)"};

// All rows are wanted, not the first few.
constexpr pg::Statement kPlan = {"router_replay_plan", R"(
  select set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '64MB', true))"};

// Without an order, so that cases can be joined by hashing: one by one they would cost twice as
// much. Words are sent only where a rule looks for them.
constexpr pg::Statement kOpen = {"router_replay_open", R"(
  declare router_replay no scroll cursor for
  select case_id, received_at, channel, topic_id,
         case when $3::boolean then subject else '' end as subject,
         case when $3::boolean then question else '' end as question,
         is_business, is_urgent, postcode, neighbourhood
    from cases.routed_contact
   where tenant_id = (select wissel.tenant()) and received_at >= $1::timestamptz
     and received_at < $2::timestamptz)"};

constexpr pg::Statement kFetch = {"router_replay_fetch", "fetch 10000 from router_replay"};
static_assert(kContactsPerPage == 10000);

}  // namespace

std::vector<pg::Statement> ReplayStatements() { return {kCount, kPlan, kOpen, kFetch}; }

absl::StatusOr<int64_t> OpenContacts(pg::Transaction& transaction, absl::Time from, absl::Time to,
                                     bool with_words) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(kPlan).status());
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kCount, {from, to}));
  WISSEL_RETURN_IF_ERROR(transaction.Run(kOpen, {from, to, with_words}).status());
  return rows[0].Int64("contacts");
}

absl::StatusOr<pg::Result> FetchContacts(pg::Transaction& transaction) {
  return transaction.Run(kFetch);
}

PastContact ContactOf(const pg::Result::Row& row) {
  return {.reference = row.Int64("case_id"),
          .received_at = row.Time("received_at"),
          .request = {.channel = static_cast<common::v1::Channel>(row.Int32("channel")),
                      .topic_id = row.Text("topic_id"),
                      .subject = row.Text("subject"),
                      .text = row.Text("question"),
                      .is_business = row.Bool("is_business"),
                      .is_urgent = row.Bool("is_urgent"),
                      .neighbourhood = row.Text("neighbourhood"),
                      .postcode = row.Text("postcode")}};
}

}  // namespace wissel::router
