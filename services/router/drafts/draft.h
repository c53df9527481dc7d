// A draft of an SOP: where it is on its way into force, and who may do what with it. Pure.

#ifndef WISSEL_SERVICES_ROUTER_DRAFTS_DRAFT_H_
#define WISSEL_SERVICES_ROUTER_DRAFTS_DRAFT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/rpc/principal.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// A team that agreed with the document as it stands.
struct Acceptance {
  std::string team_id;
  std::string accepted_by;
  std::string accepted_by_name;
  absl::Time accepted_at;
};

// A plain value; fields as the columns of router.sop_draft.
struct Draft {
  int64_t draft_id = 0;
  int64_t revision = 0;
  std::string title;
  // Empty in lists.
  std::string document;
  int64_t document_revision = 0;
  int64_t based_on_version = 0;
  bool is_sound = false;
  std::vector<std::string> concerned_team_ids;
  std::string saved_by;
  std::string saved_by_name;
  absl::Time saved_at;
  // 0: none.
  int64_t version = 0;
  bool discarded = false;
  std::vector<Acceptance> acceptances;
};

v1::DraftState StateOf(const Draft& draft);

// Teams concerned that have not accepted the document as it stands, in order.
std::vector<std::string> MissingTeams(const Draft& draft);

// The answer; `document` stays empty where the draft has none.
void ToProto(const Draft& draft, v1::Draft* out);
void ToProto(const Acceptance& acceptance, v1::Acceptance* out);

// A title as it is kept: one line without what nobody can see. INVALID_ARGUMENT with field `title`:
// `required`, `too_long` over 120 characters.
absl::StatusOr<std::string> ReadTitle(absl::string_view typed);

// INVALID_ARGUMENT with field `document`: `too_long`, `invalid_character` for U+0000.
absl::Status CheckDraftDocument(const std::string& document);

// ABORTED `stale_revision` unless `revision` is the present one; FAILED_PRECONDITION `draft_closed`
// for one that is in force or discarded.
absl::Status CheckOpen(const Draft& draft);
absl::Status CheckRevision(const Draft& draft, int64_t revision);

// PERMISSION_DENIED `not_your_team` unless `who` leads `team_id`, or is a functional administrator
// and it is the KCC.
absl::Status CheckMayAccept(const rpc::Principal& who, absl::string_view team_id);

// The moment from which a version holds that is wanted from the local day `day` on; absent: at
// once. `waits_until` is the moment of the last version. INVALID_ARGUMENT `in_force_from` for text
// that is no day, a day that is past or more than a year ahead, or a moment before `waits_until`.
absl::StatusOr<std::optional<absl::Time>> MomentInForce(absl::string_view day, absl::TimeZone zone,
                                                        absl::Time now, absl::Time waits_until);

// Statuses that stand in the contract.
absl::Status NoDraft();
absl::Status SopHasErrors();

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_DRAFTS_DRAFT_H_
