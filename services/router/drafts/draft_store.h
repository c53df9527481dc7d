// SQL of drafts, of who accepted them, and of the keys of saves.

#ifndef WISSEL_SERVICES_ROUTER_DRAFTS_DRAFT_STORE_H_
#define WISSEL_SERVICES_ROUTER_DRAFTS_DRAFT_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"
#include "services/router/drafts/draft.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// To prepare on every connection.
std::vector<pg::Statement> DraftStatements();

// All work in the municipality of `transaction`, and writes under LockSop; errors are those of
// pg::Transaction.

// One draft with its document and acceptances. NOT_FOUND `no_draft`.
absl::StatusOr<Draft> ReadDraft(pg::Transaction& transaction, int64_t draft_id);

// Drafts that are open, the last saved first, without documents.
absl::StatusOr<std::vector<Draft>> ReadOpenDrafts(pg::Transaction& transaction);

// Stores `draft` as it is now saved, as a new one if its id is 0; sets its id and `saved_at`.
absl::Status WriteDraft(pg::Transaction& transaction, Draft* draft);

// Nothing changes for a team that has accepted already.
absl::Status InsertAcceptance(pg::Transaction& transaction, const Draft& draft,
                              const Acceptance& acceptance);

absl::Status CloseDraft(pg::Transaction& transaction, int64_t draft_id, int64_t version);
absl::Status DiscardDraft(pg::Transaction& transaction, int64_t draft_id);

// The versions with their acceptances, the latest first; `in_force` is that of now.
absl::StatusOr<std::vector<v1::SopVersion>> ReadVersions(pg::Transaction& transaction);

// The first answer to the key of `request`; absent if it is new, and then the key is taken for this
// transaction, which ends with StoreSave. ALREADY_EXISTS `idempotency_key_reused` when it came with
// another body or from another account.
absl::StatusOr<std::optional<v1::SaveDraftResponse>> FindStoredSave(
    pg::Transaction& transaction, const v1::SaveDraftRequest& request,
    absl::string_view account_id);

// Keeps the answer; deletes those that are older than idempotency::kKeyLifetime.
absl::Status StoreSave(pg::Transaction& transaction, const v1::SaveDraftRequest& request,
                       const v1::SaveDraftResponse& response);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_DRAFTS_DRAFT_STORE_H_
