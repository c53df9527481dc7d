#include "services/cases/history_import.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/text/typed.h"
#include "services/cases/history_store.h"
#include "services/cases/reference_store.h"

namespace wissel::cases {
namespace {

using text::Presence;
using text::Shape;

// No system of today has cases from before: the year was read wrong.
constexpr int kFirstYear = 1900;

v1::RejectedCase Wrong(absl::string_view field, absl::string_view reason) {
  v1::RejectedCase rejected;
  rejected.set_field(std::string(field));
  rejected.set_reason(std::string(reason));
  return rejected;
}

std::optional<v1::RejectedCase> WrongText(absl::string_view field, absl::string_view typed,
                                          size_t most, Presence presence = Presence::kOptional) {
  const absl::Status status = text::Read(field, typed, most, presence, Shape::kLine).status();
  if (status.ok()) return std::nullopt;
  return Wrong(field, std::string(status.message()));
}

// Of a text that WrongText found nothing wrong with.
std::string Kept(absl::string_view typed, Shape shape) {
  return text::Clean(typed, shape).value_or("");
}

std::optional<v1::RejectedCase> WrongMoments(const v1::ImportedCase& past, absl::Time now) {
  if (!past.has_opened_at()) return Wrong("opened_at", "the moment of receipt is missing");
  if (!IsValid(past.opened_at())) return Wrong("opened_at", "this is no moment");
  if (past.has_due_at() && !IsValid(past.due_at())) return Wrong("due_at", "this is no moment");
  if (past.has_closed_at() && !IsValid(past.closed_at())) {
    return Wrong("closed_at", "this is no moment");
  }
  const absl::Time opened_at = FromProto(past.opened_at());
  if (opened_at > now) return Wrong("opened_at", "received in the future");
  if (absl::ToCivilYear(opened_at, absl::UTCTimeZone()).year() < kFirstYear) {
    return Wrong("opened_at", absl::StrCat("received before the year ", kFirstYear));
  }
  if (past.has_due_at() && FromProto(past.due_at()) < opened_at) {
    return Wrong("due_at", "due before it was received");
  }
  if (!past.has_closed_at()) return std::nullopt;
  const absl::Time closed_at = FromProto(past.closed_at());
  if (closed_at < opened_at) return Wrong("closed_at", "closed before it was received");
  if (closed_at > now) return Wrong("closed_at", "closed in the future");
  return std::nullopt;
}

PastCase RowOf(const v1::ImportedCase& past, int64_t reference) {
  PastCase row = {.reference = reference,
                  .source_id = Kept(past.source_id(), Shape::kName),
                  .channel = past.channel(),
                  .team_id = past.team_id(),
                  .topic_id = Kept(past.topic_id(), Shape::kName),
                  .subject = Kept(past.subject(), Shape::kLine),
                  .opened_at = FromProto(past.opened_at()),
                  .due_at = past.has_due_at() ? FromProto(past.due_at()) : absl::InfiniteFuture(),
                  .excluded = past.excluded(),
                  .neighbourhood = Kept(past.neighbourhood(), Shape::kName),
                  .postcode = Kept(past.postcode(), Shape::kName)};
  if (past.has_closed_at()) {
    row.closed_at = FromProto(past.closed_at());
    row.outcome =
        past.outcome() == v1::CASE_OUTCOME_UNSPECIFIED ? v1::CASE_OUTCOME_ANSWERED : past.outcome();
  }
  return row;
}

}  // namespace

std::optional<v1::RejectedCase> WrongWith(const v1::ImportedCase& past, const Directory& directory,
                                          absl::Time now) {
  if (auto wrong = WrongText("source_id", past.source_id(), 100, Presence::kRequired)) return wrong;
  if (past.channel() == common::v1::CHANNEL_UNSPECIFIED ||
      !common::v1::Channel_IsValid(past.channel())) {
    return Wrong("channel", "this channel is not known");
  }
  if (directory.FindTeam(past.team_id()) == nullptr) {
    return Wrong("team_id", "this team is not there");
  }
  if (auto wrong = WrongText("topic_id", past.topic_id(), 100)) return wrong;
  if (auto wrong = WrongText("subject", past.subject(), 200)) return wrong;
  if (auto wrong = WrongText("neighbourhood", past.neighbourhood(), 100)) return wrong;
  if (auto wrong = WrongText("postcode", past.postcode(), 20)) return wrong;
  if (auto wrong = WrongMoments(past, now)) return wrong;
  if (!v1::CaseOutcome_IsValid(past.outcome())) {
    return Wrong("outcome", "this outcome is not known");
  }
  if (past.outcome() != v1::CASE_OUTCOME_UNSPECIFIED && !past.has_closed_at()) {
    return Wrong("outcome", "a case that is open has no outcome");
  }
  return std::nullopt;
}

absl::Status HistoryImporter::Import(const rpc::Call& call, const v1::ImportCasesRequest& request,
                                     v1::ImportCasesResponse* response) {
  if (request.cases_size() > kImportBatchMax) {
    return InvalidField("cases", "too_many",
                        absl::StrCat("a request has at most ", kImportBatchMax, " cases"));
  }
  const auto body = [&](pg::Transaction& transaction) -> absl::Status {
    response->Clear();
    WISSEL_ASSIGN_OR_RETURN(const TakenReferences taken,
                            TakeReferences(transaction, request.cases_size()));
    WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const Directory> directory,
                            directories_.Now(transaction, call.tenant_id()));
    std::vector<PastCase> rows;
    rows.reserve(request.cases_size());
    for (int i = 0; i < request.cases_size(); ++i) {
      if (auto wrong = WrongWith(request.cases(i), *directory, taken.now)) {
        wrong->set_index(i);
        *response->add_rejected() = *std::move(wrong);
      } else {
        rows.push_back(RowOf(request.cases(i), taken.references[i]));
      }
    }
    WISSEL_ASSIGN_OR_RETURN(const int stored, InsertPast(transaction, rows, *call.principal));
    response->set_stored(stored);
    response->set_repeated(static_cast<int>(rows.size()) - stored);
    return absl::OkStatus();
  };
  if (request.cases().empty()) return absl::OkStatus();
  return pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kWrite, body);
}

}  // namespace wissel::cases
