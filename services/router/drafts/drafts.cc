#include "services/router/drafts/drafts.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/text/typed.h"
#include "services/router/active/routing_facts.h"
#include "services/router/active/sop_loader.h"
#include "services/router/active/sop_store.h"
#include "services/router/active/team_facts_store.h"
#include "services/router/drafts/assessment.h"
#include "services/router/drafts/draft_store.h"

namespace wissel::router {

using ::wissel::ToProto;

namespace {

// Judges the document of `draft` by what holds now, against the version that it is based on.
absl::Status AssessDraft(pg::Transaction& transaction,
                         const municipality::MunicipalitySnapshot& municipality, Draft* draft) {
  std::string base;
  if (draft->based_on_version != 0) {
    WISSEL_ASSIGN_OR_RETURN(std::optional<StoredSop> stored,
                            ReadSop(transaction, draft->based_on_version));
    if (stored) base = std::move(stored->document);
  }
  WISSEL_ASSIGN_OR_RETURN(const verify::VerificationContext context,
                          ReadVerificationContext(transaction, municipality, absl::Now()));
  Assessment assessment = Assess(draft->document, base, context, TeamDirectoryOf(municipality));
  draft->is_sound = assessment.is_sound;
  draft->concerned_team_ids = std::move(assessment.concerned_team_ids);
  return absl::OkStatus();
}

// `draft` is open, at the revision that was read, and without errors by what holds now.
absl::Status AssessAgain(pg::Transaction& transaction,
                         const municipality::MunicipalitySnapshot& municipality, int64_t revision,
                         Draft* draft) {
  WISSEL_RETURN_IF_ERROR(CheckOpen(*draft));
  WISSEL_RETURN_IF_ERROR(CheckRevision(*draft, revision));
  WISSEL_RETURN_IF_ERROR(AssessDraft(transaction, municipality, draft));
  return draft->is_sound ? absl::OkStatus() : SopHasErrors();
}

absl::Status SaveIn(pg::Transaction& transaction, municipality::SnapshotCache& municipalities,
                    const rpc::Principal& who, const v1::SaveDraftRequest& request,
                    v1::SaveDraftResponse* response) {
  Draft draft;
  if (request.draft_id() != 0) {
    WISSEL_ASSIGN_OR_RETURN(draft, ReadDraft(transaction, request.draft_id()));
    WISSEL_RETURN_IF_ERROR(CheckOpen(draft));
    WISSEL_RETURN_IF_ERROR(CheckRevision(draft, request.revision()));
  }
  WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                          municipalities.GetFresh(transaction, who.tenant_id));
  WISSEL_ASSIGN_OR_RETURN(const StoredSop last, ReadLastSop(transaction));
  ++draft.revision;
  if (draft.draft_id == 0 || draft.document != request.document() ||
      draft.based_on_version != last.version) {
    draft.document_revision = draft.revision;
    draft.acceptances.clear();
  }
  WISSEL_ASSIGN_OR_RETURN(draft.title, ReadTitle(request.title()));
  draft.document = request.document();
  draft.based_on_version = last.version;
  draft.saved_by = who.account_id;
  draft.saved_by_name = who.display_name;
  WISSEL_RETURN_IF_ERROR(AssessDraft(transaction, *municipality, &draft));
  WISSEL_RETURN_IF_ERROR(WriteDraft(transaction, &draft));
  ToProto(draft, response->mutable_draft());
  return StoreSave(transaction, request, *response);
}

absl::Status AcceptIn(pg::Transaction& transaction, municipality::SnapshotCache& municipalities,
                      const rpc::Principal& who, const v1::AcceptDraftRequest& request,
                      v1::AcceptDraftResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(Draft draft, ReadDraft(transaction, request.draft_id()));
  WISSEL_RETURN_IF_ERROR(CheckMayAccept(who, request.team_id()));
  WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                          municipalities.GetFresh(transaction, who.tenant_id));
  WISSEL_RETURN_IF_ERROR(AssessAgain(transaction, *municipality, request.revision(), &draft));
  const std::vector<std::string>& concerned = draft.concerned_team_ids;
  if (std::find(concerned.begin(), concerned.end(), request.team_id()) == concerned.end()) {
    return Error(absl::StatusCode::kFailedPrecondition, "team_not_concerned",
                 "the draft changes nothing for this team", "team_id");
  }
  WISSEL_RETURN_IF_ERROR(InsertAcceptance(transaction, draft,
                                          {.team_id = request.team_id(),
                                           .accepted_by = who.account_id,
                                           .accepted_by_name = who.display_name}));
  WISSEL_ASSIGN_OR_RETURN(draft, ReadDraft(transaction, draft.draft_id));
  draft.document.clear();
  ToProto(draft, response->mutable_draft());
  return absl::OkStatus();
}

// The moment of the version that a draft has become.
absl::StatusOr<absl::Time> Store(pg::Transaction& transaction,
                                 municipality::SnapshotCache& municipalities,
                                 const rpc::Principal& who,
                                 const v1::PutDraftInForceRequest& request, Draft* draft) {
  WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                          municipalities.GetFresh(transaction, who.tenant_id));
  WISSEL_RETURN_IF_ERROR(AssessAgain(transaction, *municipality, request.revision(), draft));
  WISSEL_ASSIGN_OR_RETURN(const StoredSop last, ReadLastSop(transaction));
  if (draft->based_on_version != last.version) {
    return Error(absl::StatusCode::kFailedPrecondition, "based_on_old_version",
                 "another version came in between: look at the difference and save again", "",
                 {{"version", absl::StrCat(last.version)}});
  }
  if (const std::vector<std::string> missing = MissingTeams(*draft); !missing.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition, "not_accepted",
                 "not every team concerned has accepted", "",
                 {{"team_ids", absl::StrJoin(missing, ",")}});
  }
  WISSEL_ASSIGN_OR_RETURN(
      const std::optional<absl::Time> moment,
      MomentInForce(request.in_force_from(), municipality->zone, absl::Now(), last.in_force_from));
  draft->version = last.version + 1;
  WISSEL_ASSIGN_OR_RETURN(const absl::Time in_force_from,
                          InsertSop(transaction, {.version = draft->version,
                                                  .document = draft->document,
                                                  .loaded_by = who.account_id,
                                                  .loaded_by_name = who.display_name,
                                                  .title = draft->title,
                                                  .in_force_from = moment}));
  WISSEL_RETURN_IF_ERROR(CloseDraft(transaction, draft->draft_id, draft->version));
  return in_force_from;
}

absl::Status PutIn(pg::Transaction& transaction, municipality::SnapshotCache& municipalities,
                   const rpc::Principal& who, const v1::PutDraftInForceRequest& request,
                   NewVersion* result) {
  WISSEL_ASSIGN_OR_RETURN(Draft draft, ReadDraft(transaction, request.draft_id()));
  absl::Time in_force_from;
  if (draft.version != 0) {
    WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored,
                            ReadSop(transaction, draft.version));
    if (!stored) return absl::InternalError("a version of the SOP is gone");
    in_force_from = stored->in_force_from;
  } else {
    WISSEL_ASSIGN_OR_RETURN(in_force_from,
                            Store(transaction, municipalities, who, request, &draft));
  }
  result->answer.set_version(draft.version);
  *result->answer.mutable_in_force_from() = ToProto(in_force_from);
  WISSEL_ASSIGN_OR_RETURN(result->active,
                          ReadActiveSop(transaction, municipalities, who.tenant_id, nullptr));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::SaveDraftResponse> Drafts::Save(const rpc::Principal& who,
                                                   const v1::SaveDraftRequest& request,
                                                   absl::Time deadline) {
  WISSEL_RETURN_IF_ERROR(text::CheckIdempotencyKey(request.idempotency_key()));
  WISSEL_RETURN_IF_ERROR(ReadTitle(request.title()).status());
  WISSEL_RETURN_IF_ERROR(CheckDraftDocument(request.document()));
  v1::SaveDraftResponse response;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      who.tenant_id, deadline, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(LockSop(transaction));
        WISSEL_ASSIGN_OR_RETURN(std::optional<v1::SaveDraftResponse> first,
                                FindStoredSave(transaction, request, who.account_id));
        if (!first) {
          return SaveIn(transaction, municipalities_, who, request, &response);
        }
        response = *std::move(first);
        return absl::OkStatus();
      }));
  return response;
}

absl::StatusOr<v1::AcceptDraftResponse> Drafts::Accept(const rpc::Principal& who,
                                                       const v1::AcceptDraftRequest& request,
                                                       absl::Time deadline) {
  v1::AcceptDraftResponse response;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(who.tenant_id, deadline, pg::Access::kWrite,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_RETURN_IF_ERROR(LockSop(transaction));
                                          return AcceptIn(transaction, municipalities_, who,
                                                          request, &response);
                                        }));
  return response;
}

absl::StatusOr<NewVersion> Drafts::PutInForce(const rpc::Principal& who,
                                              const v1::PutDraftInForceRequest& request,
                                              absl::Time deadline) {
  NewVersion result;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(who.tenant_id, deadline, pg::Access::kWrite,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_RETURN_IF_ERROR(LockSop(transaction));
                                          return PutIn(transaction, municipalities_, who, request,
                                                       &result);
                                        }));
  return result;
}

absl::Status Drafts::Discard(const rpc::Principal& who, int64_t draft_id, absl::Time deadline) {
  return pool_.InTenant(who.tenant_id, deadline, pg::Access::kWrite,
                        [&](pg::Transaction& transaction) -> absl::Status {
                          WISSEL_RETURN_IF_ERROR(LockSop(transaction));
                          WISSEL_ASSIGN_OR_RETURN(const Draft draft,
                                                  ReadDraft(transaction, draft_id));
                          if (!draft.discarded) WISSEL_RETURN_IF_ERROR(CheckOpen(draft));
                          return DiscardDraft(transaction, draft_id);
                        });
}

}  // namespace wissel::router
