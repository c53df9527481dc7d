#include "services/router/drafts/draft_store.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"
#include "libs/idempotency/response_store.h"

namespace wissel::router {

using ::wissel::ToProto;

namespace {

constexpr pg::Statement kRead = {"router_draft", R"(
  select draft_id, revision, title, document, document_revision, based_on_version, is_sound,
         to_json(concerned_team_ids)::text as concerned, saved_by, saved_by_name, saved_at, version,
         discarded_at is not null as discarded
    from router.sop_draft where tenant_id = (select wissel.tenant()) and draft_id = $1::bigint)"};

constexpr pg::Statement kOpen = {"router_drafts_open", R"(
  select draft_id, revision, title, '' as document, document_revision, based_on_version, is_sound,
         to_json(concerned_team_ids)::text as concerned, saved_by, saved_by_name, saved_at, version,
         false as discarded
    from router.sop_draft
   where tenant_id = (select wissel.tenant()) and version is null and discarded_at is null
   order by saved_at desc, draft_id desc)"};

constexpr pg::Statement kAcceptances = {"router_acceptances", R"(
  select draft_id, a.team_id, a.accepted_by, a.accepted_by_name, a.accepted_at
    from router.sop_draft d join router.sop_acceptance a using (tenant_id, draft_id, document_revision)
   where tenant_id = (select wissel.tenant()) and draft_id = any($1::bigint[])
   order by a.accepted_at, a.team_id)"};

constexpr pg::Statement kInsert = {"router_draft_insert", R"(
  insert into router.sop_draft (
    tenant_id, draft_id, revision, title, document, document_revision, based_on_version, is_sound,
    concerned_team_ids, saved_by, saved_by_name)
  select wissel.tenant(), coalesce(max(draft_id), 0) + 1, $1::bigint, $2::text, $3::text,
         $4::bigint, $5::bigint, $6::boolean, $7::text[], $8::text, $9::text
    from router.sop_draft where tenant_id = (select wissel.tenant())
  returning draft_id, saved_at)"};

constexpr pg::Statement kUpdate = {"router_draft_update", R"(
  update router.sop_draft
     set revision = $1::bigint, title = $2::text, document = $3::text,
         document_revision = $4::bigint, based_on_version = $5::bigint, is_sound = $6::boolean,
         concerned_team_ids = $7::text[], saved_by = $8::text, saved_by_name = $9::text,
         saved_at = now()
   where tenant_id = (select wissel.tenant()) and draft_id = $10::bigint
  returning draft_id, saved_at)"};

constexpr pg::Statement kAccept = {"router_accept", R"(
  insert into router.sop_acceptance (
    tenant_id, draft_id, document_revision, team_id, accepted_by, accepted_by_name)
  values (wissel.tenant(), $1::bigint, $2::bigint, $3::text, $4::text, $5::text)
  on conflict do nothing)"};

constexpr pg::Statement kClose = {"router_draft_close", R"(
  update router.sop_draft set version = $2::bigint
   where tenant_id = (select wissel.tenant()) and draft_id = $1::bigint)"};

constexpr pg::Statement kDiscard = {"router_draft_discard", R"(
  update router.sop_draft set discarded_at = coalesce(discarded_at, now())
   where tenant_id = (select wissel.tenant()) and draft_id = $1::bigint)"};

constexpr pg::Statement kVersions = {"router_versions", R"(
  select v.version, v.in_force_from, v.title,
         coalesce(nullif(v.loaded_by_name, ''), v.loaded_by) as loaded_by,
         v.version = max(v.version) filter (where v.in_force_from <= now()) over () as in_force,
         d.draft_id
    from router.sop_version v
    left join router.sop_draft d on d.tenant_id = v.tenant_id and d.version = v.version
   where v.tenant_id = (select wissel.tenant())
   order by v.version desc)"};

constexpr int kOldKeysAtOnce = 100;

const idempotency::ResponseStore& Responses() {
  static const auto* responses = new idempotency::ResponseStore("router");
  return *responses;
}

// A list as PostgreSQL writes it in JSON.
std::vector<std::string> ListOf(const std::string& json) {
  google::protobuf::ListValue list;
  std::vector<std::string> values;
  if (!google::protobuf::util::JsonStringToMessage(json, &list).ok()) return values;
  for (const auto& value : list.values()) values.push_back(value.string_value());
  return values;
}

Draft DraftOf(const pg::Result::Row& row) {
  return {.draft_id = row.Int64("draft_id"),
          .revision = row.Int64("revision"),
          .title = row.TextOrEmpty("title"),
          .document = row.TextOrEmpty("document"),
          .document_revision = row.Int64("document_revision"),
          .based_on_version = row.Int64("based_on_version"),
          .is_sound = row.Bool("is_sound"),
          .concerned_team_ids = ListOf(row.TextOrEmpty("concerned")),
          .saved_by = row.TextOrEmpty("saved_by"),
          .saved_by_name = row.TextOrEmpty("saved_by_name"),
          .saved_at = row.Time("saved_at"),
          .version = row.OptionalInt64("version").value_or(0),
          .discarded = row.Bool("discarded")};
}

using Acceptances = absl::flat_hash_map<int64_t, std::vector<Acceptance>>;

// Those that count, by draft.
absl::StatusOr<Acceptances> ReadAcceptances(pg::Transaction& transaction,
                                            const std::vector<int64_t>& draft_ids) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kAcceptances, {draft_ids}));
  Acceptances found;
  for (const pg::Result::Row row : rows) {
    found[row.Int64("draft_id")].push_back({.team_id = row.TextOrEmpty("team_id"),
                                            .accepted_by = row.TextOrEmpty("accepted_by"),
                                            .accepted_by_name = row.TextOrEmpty("accepted_by_name"),
                                            .accepted_at = row.Time("accepted_at")});
  }
  return found;
}

absl::StatusOr<std::vector<Draft>> WithAcceptances(pg::Transaction& transaction,
                                                   const pg::Result& rows) {
  std::vector<Draft> drafts;
  std::vector<int64_t> draft_ids;
  for (const pg::Result::Row row : rows) {
    drafts.push_back(DraftOf(row));
    draft_ids.push_back(drafts.back().draft_id);
  }
  WISSEL_ASSIGN_OR_RETURN(Acceptances found, ReadAcceptances(transaction, draft_ids));
  for (Draft& draft : drafts) draft.acceptances = std::move(found[draft.draft_id]);
  return drafts;
}

}  // namespace

std::vector<pg::Statement> DraftStatements() {
  std::vector<pg::Statement> all = Responses().Statements();
  all.insert(all.end(),
             {kRead, kOpen, kAcceptances, kInsert, kUpdate, kAccept, kClose, kDiscard, kVersions});
  return all;
}

absl::StatusOr<Draft> ReadDraft(pg::Transaction& transaction, int64_t draft_id) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kRead, {draft_id}));
  WISSEL_ASSIGN_OR_RETURN(std::vector<Draft> drafts, WithAcceptances(transaction, rows));
  if (drafts.empty()) return NoDraft();
  return std::move(drafts.front());
}

absl::StatusOr<std::vector<Draft>> ReadOpenDrafts(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kOpen));
  return WithAcceptances(transaction, rows);
}

absl::Status WriteDraft(pg::Transaction& transaction, Draft* draft) {
  std::vector<pg::Param> params = {
      draft->revision,         draft->title,    draft->document,           draft->document_revision,
      draft->based_on_version, draft->is_sound, draft->concerned_team_ids, draft->saved_by,
      draft->saved_by_name};
  if (draft->draft_id != 0) params.emplace_back(draft->draft_id);
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(draft->draft_id == 0 ? kInsert : kUpdate, params));
  draft->draft_id = rows[0].Int64("draft_id");
  draft->saved_at = rows[0].Time("saved_at");
  return absl::OkStatus();
}

absl::Status InsertAcceptance(pg::Transaction& transaction, const Draft& draft,
                              const Acceptance& acceptance) {
  return transaction
      .Run(kAccept, {draft.draft_id, draft.document_revision, acceptance.team_id,
                     acceptance.accepted_by, acceptance.accepted_by_name})
      .status();
}

absl::Status CloseDraft(pg::Transaction& transaction, int64_t draft_id, int64_t version) {
  return transaction.Run(kClose, {draft_id, version}).status();
}

absl::Status DiscardDraft(pg::Transaction& transaction, int64_t draft_id) {
  return transaction.Run(kDiscard, {draft_id}).status();
}

absl::StatusOr<std::vector<v1::SopVersion>> ReadVersions(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kVersions));
  std::vector<int64_t> draft_ids;
  for (const pg::Result::Row row : rows) {
    if (const auto draft_id = row.OptionalInt64("draft_id")) draft_ids.push_back(*draft_id);
  }
  WISSEL_ASSIGN_OR_RETURN(const Acceptances found, ReadAcceptances(transaction, draft_ids));
  std::vector<v1::SopVersion> versions;
  for (const pg::Result::Row row : rows) {
    v1::SopVersion& version = versions.emplace_back();
    version.set_version(row.Int64("version"));
    *version.mutable_in_force_from() = ToProto(row.Time("in_force_from"));
    version.set_by(row.TextOrEmpty("loaded_by"));
    version.set_title(row.TextOrEmpty("title"));
    version.set_in_force(!row.IsNull("in_force") && row.Bool("in_force"));
    const auto accepted = found.find(row.OptionalInt64("draft_id").value_or(0));
    if (accepted == found.end()) continue;
    for (const Acceptance& one : accepted->second) ToProto(one, version.add_acceptances());
  }
  return versions;
}

absl::StatusOr<std::optional<v1::SaveDraftResponse>> FindStoredSave(
    pg::Transaction& transaction, const v1::SaveDraftRequest& request,
    absl::string_view account_id) {
  WISSEL_ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                          Responses().Find(transaction, request.idempotency_key(),
                                           idempotency::RequestHash(request, account_id)));
  if (!stored) return std::nullopt;
  v1::SaveDraftResponse response;
  if (!response.ParseFromString(*stored)) {
    return absl::InternalError("a stored answer could not be read");
  }
  response.mutable_draft()->set_document(request.document());
  return response;
}

absl::Status StoreSave(pg::Transaction& transaction, const v1::SaveDraftRequest& request,
                       const v1::SaveDraftResponse& response) {
  v1::SaveDraftResponse kept = response;
  kept.mutable_draft()->clear_document();
  WISSEL_RETURN_IF_ERROR(
      Responses().Store(transaction, request.idempotency_key(), kept.SerializeAsString()));
  return Responses().DeleteOld(transaction, kOldKeysAtOnce).status();
}

}  // namespace wissel::router
