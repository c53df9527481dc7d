#include "services/router/drafts/draft.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/sop/sop.h"
#include "libs/sop/yaml_tree.h"
#include "libs/text/typed.h"

namespace wissel::router {

using ::wissel::ToProto;

namespace {

constexpr size_t kTitleMax = 120;
constexpr int kDaysAheadMax = 366;

absl::Status WrongDay(absl::string_view message) {
  return InvalidField("in_force_from", "in_force_from", message);
}

}  // namespace

v1::DraftState StateOf(const Draft& draft) {
  if (draft.version != 0) return v1::DRAFT_STATE_IN_FORCE;
  if (draft.discarded) return v1::DRAFT_STATE_DISCARDED;
  if (!draft.is_sound) return v1::DRAFT_STATE_DRAFT;
  return MissingTeams(draft).empty() ? v1::DRAFT_STATE_ACCEPTED : v1::DRAFT_STATE_CHECKED;
}

std::vector<std::string> MissingTeams(const Draft& draft) {
  std::vector<std::string> missing;
  for (const std::string& team_id : draft.concerned_team_ids) {
    const bool accepted =
        std::any_of(draft.acceptances.begin(), draft.acceptances.end(),
                    [&](const Acceptance& one) { return one.team_id == team_id; });
    if (!accepted) missing.push_back(team_id);
  }
  return missing;
}

void ToProto(const Acceptance& acceptance, v1::Acceptance* out) {
  out->set_team_id(acceptance.team_id);
  out->set_by(acceptance.accepted_by_name);
  *out->mutable_at() = ToProto(acceptance.accepted_at);
}

void ToProto(const Draft& draft, v1::Draft* out) {
  out->set_draft_id(draft.draft_id);
  out->set_revision(draft.revision);
  out->set_title(draft.title);
  out->set_document(draft.document);
  out->set_state(StateOf(draft));
  out->set_based_on_version(draft.based_on_version);
  out->set_saved_by(draft.saved_by_name);
  *out->mutable_saved_at() = ToProto(draft.saved_at);
  out->mutable_concerned_team_ids()->Assign(draft.concerned_team_ids.begin(),
                                            draft.concerned_team_ids.end());
  for (const Acceptance& acceptance : draft.acceptances) {
    ToProto(acceptance, out->add_acceptances());
  }
  out->set_version(draft.version);
}

absl::StatusOr<std::string> ReadTitle(absl::string_view typed) {
  return text::Read("title", typed, kTitleMax, text::Presence::kRequired, text::Shape::kLine);
}

absl::Status CheckDraftDocument(const std::string& document) {
  if (document.size() > sop::kMostSopBytes) {
    return InvalidField("document", "too_long",
                        absl::StrCat("the document has more than ", sop::kMostSopBytes, " bytes"));
  }
  if (document.find('\0') != std::string::npos) {
    return InvalidField("document", "invalid_character", "the document holds U+0000");
  }
  return absl::OkStatus();
}

absl::Status CheckOpen(const Draft& draft) {
  if (draft.version == 0 && !draft.discarded) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition, "draft_closed",
               draft.discarded ? "the draft was put aside" : "the draft has become a version");
}

absl::Status CheckRevision(const Draft& draft, int64_t revision) {
  if (draft.revision == revision) return absl::OkStatus();
  return Error(absl::StatusCode::kAborted, "stale_revision", "somebody saved the draft meanwhile",
               "revision",
               {{"revision", absl::StrCat(draft.revision)}, {"saved_by", draft.saved_by_name}});
}

absl::Status CheckMayAccept(const rpc::Principal& who, absl::string_view team_id) {
  if (team_id.empty()) return InvalidField("team_id", "required", "a team is required");
  if (who.Has(options::v1::ROLE_TEAM_LEAD) && who.InTeam(team_id)) return absl::OkStatus();
  if (who.Has(options::v1::ROLE_FUNCTIONAL_ADMIN) && team_id == sop::kDefaultTeam) {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kPermissionDenied, "not_your_team",
               "accepting is for the leads of the team", "team_id");
}

absl::StatusOr<std::optional<absl::Time>> MomentInForce(absl::string_view day, absl::TimeZone zone,
                                                        absl::Time now, absl::Time waits_until) {
  std::optional<absl::Time> moment;
  if (!day.empty()) {
    absl::CivilDay wanted;
    if (!absl::ParseCivilTime(day, &wanted)) return WrongDay("a day is written as 2026-12-01");
    const absl::CivilDay today = absl::ToCivilDay(now, zone);
    if (wanted < today) return WrongDay("this day is past");
    if (wanted - today > kDaysAheadMax) return WrongDay("this day is more than a year ahead");
    if (wanted > today) moment = absl::FromCivil(wanted, zone);
  }
  if (moment.value_or(now) < waits_until) {
    return WrongDay("a version waits to come into force after this day");
  }
  return moment;
}

absl::Status NoDraft() {
  return Error(absl::StatusCode::kNotFound, "no_draft", "there is no such draft", "draft_id");
}

absl::Status SopHasErrors() {
  return Error(absl::StatusCode::kFailedPrecondition, "sop_has_errors",
               "the check finds errors in the draft");
}

}  // namespace wissel::router
