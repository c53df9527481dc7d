#include "services/cases/queue/queue_store.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "services/cases/queue/tally_store.h"

namespace wissel::cases {
namespace {

// What a row in a queue shows; SummaryOf reads it. `returned_to` is the team that was suggested
// when a team gave the case back, if that was its last move; a case that nothing was done to has
// none.
#define WISSEL_SUMMARY_COLUMNS                                                                    \
  "c.case_id, c.team_id, c.state, c.outcome, c.channel, c.topic_id, c.subject, c.customer_name, " \
  "c.received_at, c.due_at, c.claimed_by, c.claimed_by_name, c.attempts, c.version, "             \
  "c.preferred_from, c.preferred_to, c.routing_pending, "                                         \
  "case when c.version > 1 then ("                                                                \
  "select case when e.kind = 10 then e.suggested_team_id end "                                    \
  "from cases.case_event e "                                                                      \
  "where e.tenant_id = c.tenant_id and e.case_id = c.case_id and e.kind in (2, 10, 11, 12) "      \
  "order by e.sequence desc limit 1) end as returned_to"

// The queue is walked along the index case_queue. The inner limit, one more than the largest page,
// tells the planner how little is read: for a limit that it does not know it expects a tenth of the
// queue, and may rather sort that.
constexpr pg::Statement kPage = {"cases_queue_page",
                                 "select * from (select " WISSEL_SUMMARY_COLUMNS R"(
          from cases.case_file c
         where c.tenant_id = (select wissel.tenant()) and c.team_id = $1::text and c.state < 3
           and (c.due_at, c.case_id) > ($2::timestamptz, $3::bigint)
         order by c.due_at, c.case_id
         limit 201) c
   order by due_at, case_id
   limit $4::int)"};

constexpr pg::Statement kTeams = {"cases_queue_teams", R"(
  select team_id from directory.team_view
   where tenant_id = (select wissel.tenant()) and ($1::text[] is null or team_id = any($1))
   order by team_id)"};

constexpr pg::Statement kSummaries = {"cases_summaries", "select " WISSEL_SUMMARY_COLUMNS R"(
    from cases.case_file c
   where c.tenant_id = (select wissel.tenant()) and c.case_id = any($1::bigint[]))"};

constexpr pg::Statement kCase = {"cases_whole", "select " WISSEL_SUMMARY_COLUMNS R"(,
         c.decision, c.answer, f.given_name, f.name_prefix, f.family_name, f.organisation,
         f.phone, f.email, f.postcode, f.neighbourhood, f.is_urgent, f.question, f.internal_note
    from cases.case_file c
    left join cases.contact f
           on f.tenant_id = c.tenant_id and f.case_id = c.case_id and f.contact_no = 1
   where c.tenant_id = (select wissel.tenant()) and c.case_id = $1::bigint)"};

constexpr pg::Statement kEvents = {"cases_events", R"(
  select sequence, at, kind, actor_name, team_id, text, suggested_team_id, due_at,
         previous_holder_name
    from cases.case_event
   where tenant_id = (select wissel.tenant()) and case_id = $1::bigint
   order by sequence)"};

constexpr pg::Statement kAdded = {"cases_added_contacts", R"(
  select channel, given_name, name_prefix, family_name, organisation, phone, email, postcode,
         neighbourhood, is_urgent, subject, question, internal_note, received_at
    from cases.contact
   where tenant_id = (select wissel.tenant()) and case_id = $1::bigint and contact_no > 1
   order by contact_no)"};

void SummaryOf(const pg::Result::Row& row, v1::CaseSummary* summary) {
  summary->set_reference(row.Int64("case_id"));
  summary->set_team_id(row.TextOrEmpty("team_id"));
  summary->set_state(static_cast<v1::CaseState>(row.Int32("state")));
  summary->set_outcome(static_cast<v1::CaseOutcome>(row.Int32("outcome")));
  summary->set_channel(static_cast<common::v1::Channel>(row.Int32("channel")));
  summary->set_topic_id(row.TextOrEmpty("topic_id"));
  summary->set_subject(row.TextOrEmpty("subject"));
  summary->set_customer_name(row.TextOrEmpty("customer_name"));
  *summary->mutable_received_at() = ToProto(row.Time("received_at"));
  if (const absl::Time due = row.Time("due_at"); due != absl::InfiniteFuture()) {
    *summary->mutable_due_at() = ToProto(due);
  }
  summary->set_claimed_by(row.TextOrEmpty("claimed_by"));
  summary->set_claimed_by_name(row.TextOrEmpty("claimed_by_name"));
  summary->set_attempts(row.Int32("attempts"));
  summary->set_version(row.Int64("version"));
  if (const auto from = row.OptionalTime("preferred_from")) {
    *summary->mutable_preferred_moment()->mutable_not_before() = ToProto(*from);
  }
  if (const auto to = row.OptionalTime("preferred_to")) {
    *summary->mutable_preferred_moment()->mutable_not_after() = ToProto(*to);
  }
  summary->set_routing_pending(row.Bool("routing_pending"));
  summary->set_returned(!row.IsNull("returned_to"));
  summary->set_suggested_team_id(row.TextOrEmpty("returned_to"));
}

void EventOf(const pg::Result::Row& row, v1::CaseEvent* event) {
  event->set_sequence(row.Int32("sequence"));
  *event->mutable_at() = ToProto(row.Time("at"));
  event->set_kind(static_cast<v1::EventKind>(row.Int32("kind")));
  event->set_actor_name(row.TextOrEmpty("actor_name"));
  event->set_team_id(row.TextOrEmpty("team_id"));
  event->set_text(row.TextOrEmpty("text"));
  event->set_suggested_team_id(row.TextOrEmpty("suggested_team_id"));
  event->set_previous_holder_name(row.TextOrEmpty("previous_holder_name"));
  const auto due = row.OptionalTime("due_at");
  if (due && *due != absl::InfiniteFuture()) *event->mutable_due_at() = ToProto(*due);
}

// Into a v1::Case or a v1::AddedContact. A case without a contact has nulls here, and its fields
// stay empty.
template <typename Holder>
void ContactOf(const pg::Result::Row& row, Holder* found) {
  common::v1::Customer& customer = *found->mutable_customer();
  customer.set_given_name(row.TextOrEmpty("given_name"));
  customer.set_name_prefix(row.TextOrEmpty("name_prefix"));
  customer.set_family_name(row.TextOrEmpty("family_name"));
  customer.set_organisation(row.TextOrEmpty("organisation"));
  customer.set_phone(row.TextOrEmpty("phone"));
  customer.set_email(row.TextOrEmpty("email"));
  customer.set_postcode(row.TextOrEmpty("postcode"));
  customer.set_neighbourhood(row.TextOrEmpty("neighbourhood"));
  common::v1::Question& question = *found->mutable_question();
  question.set_subject(row.TextOrEmpty("subject"));
  question.set_text(row.TextOrEmpty("question"));
  question.set_internal_note(row.TextOrEmpty("internal_note"));
  question.set_urgent(!row.IsNull("is_urgent") && row.Bool("is_urgent"));
}

// Who asks again may give what was missing, or is reached elsewhere by now.
void SetReach(v1::Case& found) {
  found.set_reply_email(found.customer().email());
  found.set_callback_phone(found.customer().phone());
  for (const v1::AddedContact& added : found.added_contacts()) {
    if (!added.customer().email().empty()) found.set_reply_email(added.customer().email());
    if (!added.customer().phone().empty()) found.set_callback_phone(added.customer().phone());
  }
}

}  // namespace

std::vector<pg::Statement> QueueStatements() {
  std::vector<pg::Statement> statements = TallyStatements();
  statements.insert(statements.end(), {kPage, kTeams, kSummaries, kCase, kEvents, kAdded});
  return statements;
}

absl::Status ReadPage(pg::Transaction& transaction, const PageQuery& query, QueueCounter& counter,
                      v1::ListQueueResponse* page) {
  const QueuePosition after = query.after.value_or(QueuePosition{absl::InfinitePast(), 0});
  const std::shared_ptr<const TalliedQueues> kept = counter.Get(query.tenant_id);
  const pg::Param touched_params[] = {kept->snapshot};
  // One row more than the page has tells whether another page follows.
  const pg::Param page_params[] = {query.team_id, after.due_at, after.reference, query.size + 1};
  WISSEL_ASSIGN_OR_RETURN(
      const std::vector<pg::Result> results,
      transaction.RunAll({{kTouchedQueues, touched_params}, {kPage, page_params}}));
  WISSEL_ASSIGN_OR_RETURN(TalliedQueues tallied,
                          RefreshTallies(transaction, *kept, results[0], {query.team_id}));
  *page->mutable_counts() = tallied.teams.at(query.team_id)->At(query.team_id, query.today);
  counter.Put(query.tenant_id, kept, std::move(tallied));

  const pg::Result& rows = results[1];
  const int size = std::min(rows.size(), query.size);
  page->mutable_cases()->Reserve(size);
  for (int i = 0; i < size; ++i) SummaryOf(rows[i], page->add_cases());
  if (rows.size() > size) {
    const pg::Result::Row last = rows[size - 1];
    page->set_next_page_token(WritePageToken(query.tenant_id, query.team_id,
                                             {last.Time("due_at"), last.Int64("case_id")}));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<v1::QueueCounts>> ReadCounts(
    pg::Transaction& transaction, const std::string& tenant_id, QueueCounter& counter,
    const std::optional<std::vector<std::string>>& team_ids, const Today& today) {
  const std::shared_ptr<const TalliedQueues> kept = counter.Get(tenant_id);
  const pg::Param touched_params[] = {kept->snapshot};
  const pg::Param team_params[] = {team_ids};
  WISSEL_ASSIGN_OR_RETURN(
      const std::vector<pg::Result> results,
      transaction.RunAll({{kTouchedQueues, touched_params}, {kTeams, team_params}}));
  std::vector<std::string> teams;
  for (const pg::Result::Row row : results[1]) teams.push_back(row.TextOrEmpty("team_id"));
  WISSEL_ASSIGN_OR_RETURN(TalliedQueues tallied,
                          RefreshTallies(transaction, *kept, results[0], teams));
  std::vector<v1::QueueCounts> all;
  all.reserve(teams.size());
  for (const std::string& team_id : teams) {
    all.push_back(tallied.teams.at(team_id)->At(team_id, today));
  }
  counter.Put(tenant_id, kept, std::move(tallied));
  return all;
}

absl::StatusOr<std::vector<v1::CaseSummary>> ReadSummaries(pg::Transaction& transaction,
                                                           const std::vector<int64_t>& references) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kSummaries, {references}));
  std::vector<v1::CaseSummary> found(rows.size());
  for (int i = 0; i < rows.size(); ++i) SummaryOf(rows[i], &found[i]);
  return found;
}

absl::StatusOr<v1::Case> ReadCase(pg::Transaction& transaction, int64_t reference) {
  const pg::Param params[] = {reference};
  WISSEL_ASSIGN_OR_RETURN(
      const std::vector<pg::Result> results,
      transaction.RunLast({{kCase, params}, {kEvents, params}, {kAdded, params}}));
  if (results[0].empty()) return NoSuchCase();
  const pg::Result::Row row = results[0][0];
  v1::Case found;
  SummaryOf(row, found.mutable_summary());
  ContactOf(row, &found);
  found.mutable_question()->set_topic_id(found.summary().topic_id());
  if (!found.mutable_decision()->ParseFromString(row.Bytes("decision"))) {
    return absl::DataLossError("the stored decision of a case cannot be read");
  }
  found.set_answer(row.TextOrEmpty("answer"));
  for (pg::Result::Row event : results[1]) EventOf(event, found.add_events());
  for (pg::Result::Row added : results[2]) {
    v1::AddedContact* contact = found.add_added_contacts();
    contact->set_channel(static_cast<common::v1::Channel>(added.Int32("channel")));
    *contact->mutable_received_at() = ToProto(added.Time("received_at"));
    ContactOf(added, contact);
  }
  SetReach(found);
  return found;
}

absl::Status NoSuchCase() {
  return Error(absl::StatusCode::kNotFound, "no_such_case", "there is no case with this reference",
               "reference");
}

}  // namespace wissel::cases
