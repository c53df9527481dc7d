#include "services/cases/registration/first_registration_store.h"

#include <utility>

#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {
namespace {

// What the sender of contact `c` was told; AnswerOf reads it.
#define WISSEL_ANSWER_COLUMNS                         \
  "c.case_id, e.team_id, e.outcome, e.at, e.due_at, " \
  "coalesce(c.first_decision, f.decision) as decision "

// Each row is looked up by a whole key, one after the other (`offset 0` keeps that order): without
// statistics PostgreSQL takes any other order for as good, and reads a table for each of its rows.
#define WISSEL_ANSWER_JOINS \
  R"(
    cross join lateral (select team_id, outcome, at, due_at from cases.case_event
                         where tenant_id = c.tenant_id and case_id = c.case_id and sequence = 1
                        offset 0) e
    cross join lateral (select decision from cases.case_file
                         where tenant_id = c.tenant_id and case_id = c.case_id
                        offset 0) f)"

constexpr pg::Statement kFindMessages = {
    "cases_register_find_messages",
    "select c.channel, c.account, c.external_id, " WISSEL_ANSWER_COLUMNS R"(
    from unnest($1::smallint[], $2::text[], $3::text[]) as m (channel, account, external_id)
    cross join lateral (select * from cases.contact
                         where tenant_id = (select wissel.tenant()) and channel = m.channel
                           and account = m.account and external_id = m.external_id
                        offset 0) c)" WISSEL_ANSWER_JOINS};

constexpr pg::Statement kFindKeys = {
    "cases_register_find_keys", "select c.idempotency_key, c.request_hash, " WISSEL_ANSWER_COLUMNS
                                R"(from unnest($1::text[]) as k (key)
    cross join lateral (select * from cases.contact
                         where tenant_id = (select wissel.tenant()) and idempotency_key = k.key
                        offset 0) c)" WISSEL_ANSWER_JOINS R"(
   where c.received_at > now() - make_interval(secs => $2::bigint))"};

// Of messages that came again, of other writes, and of registrations before keys stood in contacts.
constexpr pg::Statement kFindStored = {"cases_register_find_stored", R"(
  select key, request_hash, response, created_at from cases.idempotency_key
   where tenant_id = (select wissel.tenant()) and key = any($1::text[]))"};

// Nothing that an index on the moment of receipt could be taken for.
constexpr pg::Statement kFreeKeys = {"cases_register_free_keys", R"(
  update cases.contact set idempotency_key = null, request_hash = null
   where tenant_id = (select wissel.tenant()) and idempotency_key = any($1::text[])
     and received_at + make_interval(secs => $2::bigint) <= now())"};

constexpr pg::Statement kStoreRepeats = {"cases_register_store_repeats", R"(
  insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at)
  select wissel.tenant(), key, request_hash, response, now()
    from unnest($1::text[], $2::bytea[], $3::bytea[]) as r (key, request_hash, response)
   order by key collate "C"
  on conflict do nothing)"};

int64_t LifetimeSeconds() { return absl::ToInt64Seconds(idempotency::kKeyLifetime); }

v1::RegisterContactResponse AnswerOf(const pg::Result::Row& row) {
  v1::RegisterContactResponse answer;
  answer.set_reference(row.Int64("case_id"));
  if (row.Int32("outcome") == v1::CASE_OUTCOME_UNSPECIFIED) {
    answer.set_team_id(row.TextOrEmpty("team_id"));
  }
  *answer.mutable_received_at() = ToProto(row.Time("at"));
  const absl::Time due_at = row.OptionalTime("due_at").value_or(absl::InfiniteFuture());
  if (due_at != absl::InfiniteFuture()) *answer.mutable_due_at() = ToProto(due_at);
  answer.mutable_decision()->ParseFromString(row.Bytes("decision"));
  answer.mutable_decision()->clear_losing_rules();
  return answer;
}

}  // namespace

std::vector<pg::Statement> FirstRegistrationStatements() {
  return {kFindMessages, kFindKeys, kFindStored, kFreeKeys, kStoreRepeats};
}

absl::StatusOr<std::map<MessageId, v1::RegisterContactResponse>> FindMessages(
    pg::Transaction& transaction, absl::Span<const MessageId> messages) {
  std::vector<int32_t> channels;
  std::vector<std::string> accounts;
  std::vector<std::string> external_ids;
  for (const MessageId& message : messages) {
    channels.push_back(message.channel);
    accounts.push_back(message.account);
    external_ids.push_back(message.external_id);
  }
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows,
                          transaction.Run(kFindMessages, {channels, accounts, external_ids}));
  std::map<MessageId, v1::RegisterContactResponse> found;
  for (pg::Result::Row row : rows) {
    found.insert(
        {{row.Int32("channel"), row.TextOrEmpty("account"), row.TextOrEmpty("external_id")},
         AnswerOf(row)});
  }
  return found;
}

absl::StatusOr<absl::flat_hash_map<std::string, StoredResponse>> FindStoredResponses(
    pg::Transaction& transaction, const std::vector<std::string>& keys) {
  const pg::Param of_contacts[] = {keys, LifetimeSeconds()};
  const pg::Param of_others[] = {keys};
  WISSEL_ASSIGN_OR_RETURN(const std::vector<pg::Result> results,
                          transaction.RunAll({{kFindKeys, of_contacts}, {kFindStored, of_others}}));
  absl::flat_hash_map<std::string, StoredResponse> found;
  for (const pg::Result::Row row : results[0]) {
    found.insert({row.TextOrEmpty("idempotency_key"), {row.Bytes("request_hash"), AnswerOf(row)}});
  }
  for (const pg::Result::Row row : results[1]) {
    StoredResponse stored = {.request_hash = row.Bytes("request_hash")};
    stored.response.ParseFromString(row.Bytes("response"));
    SetReceipt(row.Time("created_at"), stored.response);
    found.insert({row.TextOrEmpty("key"), std::move(stored)});
  }
  return found;
}

absl::Status FreeOldKeys(pg::Transaction& transaction, const std::vector<std::string>& keys) {
  return transaction.Run(kFreeKeys, {keys, LifetimeSeconds()}).status();
}

absl::Status StoreRepeats(pg::Transaction& transaction, absl::Span<const RepeatedMessage> repeats) {
  std::vector<std::string> keys;
  std::vector<pg::Bytes> hashes;
  std::vector<pg::Bytes> responses;
  for (const RepeatedMessage& repeat : repeats) {
    keys.push_back(repeat.key);
    hashes.push_back({repeat.request_hash});
    responses.push_back({repeat.response.SerializeAsString()});
  }
  return transaction.Run(kStoreRepeats, {keys, hashes, responses}).status();
}

}  // namespace wissel::cases
