#include "services/cases/history/history_import.h"

#include <numeric>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/text/typed.h"
#include "services/cases/history/history_store.h"
#include "services/cases/lifecycle/norm_clock.h"
#include "services/cases/registration/reference_store.h"

namespace wissel::cases {
namespace {

using text::Presence;
using text::Shape;

// No system of today has cases from before: the year was read wrong.
constexpr int kFirstYear = 1900;

v1::RejectedCase Wrong(absl::string_view field, absl::string_view reason,
                       absl::string_view expected) {
  v1::RejectedCase rejected;
  rejected.set_field(std::string(field));
  rejected.set_reason(std::string(reason));
  rejected.set_expected(std::string(expected));
  return rejected;
}

v1::AdjustedCase Adjusted(absl::string_view field, absl::string_view reason) {
  v1::AdjustedCase adjusted;
  adjusted.set_field(std::string(field));
  adjusted.set_reason(std::string(reason));
  return adjusted;
}

std::optional<v1::RejectedCase> WrongText(absl::string_view field, absl::string_view typed,
                                          size_t most, Presence presence) {
  const absl::Status status = text::Read(field, typed, most, presence, Shape::kLine).status();
  if (status.ok()) return std::nullopt;
  return Wrong(field, status.message(),
               absl::StrCat(presence == Presence::kRequired ? "1" : "0", " to ", most,
                            " characters that can be shown"));
}

std::optional<v1::RejectedCase> WrongTexts(const v1::ImportedCase& past) {
  struct Rule {
    const char* field;
    const std::string& typed;
    size_t most;
    Presence presence;
  };
  for (const Rule& rule : {Rule{"source_id", past.source_id(), 100, Presence::kRequired},
                           Rule{"topic_id", past.topic_id(), 100, Presence::kOptional},
                           Rule{"subject", past.subject(), 200, Presence::kOptional},
                           Rule{"neighbourhood", past.neighbourhood(), 100, Presence::kOptional},
                           Rule{"postcode", past.postcode(), 20, Presence::kOptional}}) {
    if (auto wrong = WrongText(rule.field, rule.typed, rule.most, rule.presence)) return wrong;
  }
  return std::nullopt;
}

// Of a text that WrongText found nothing wrong with.
std::string Kept(absl::string_view typed, Shape shape) {
  return text::Clean(typed, shape).value_or("");
}

std::optional<v1::RejectedCase> WrongMoments(const v1::ImportedCase& past, absl::Time now) {
  constexpr char kMoment[] = "a moment between the years 1 and 9999";
  constexpr char kBeforeNow[] = "a moment that has been";
  constexpr char kAfterReceipt[] = "a moment at or after the receipt";
  if (!past.has_opened_at()) {
    return Wrong("opened_at", "the moment of receipt is missing", kMoment);
  }
  if (!IsValid(past.opened_at())) return Wrong("opened_at", "this is no moment", kMoment);
  if (past.has_due_at() && !IsValid(past.due_at())) {
    return Wrong("due_at", "this is no moment", kMoment);
  }
  if (past.has_closed_at() && !IsValid(past.closed_at())) {
    return Wrong("closed_at", "this is no moment", kMoment);
  }
  const absl::Time opened_at = FromProto(past.opened_at());
  if (opened_at > now) return Wrong("opened_at", "received in the future", kBeforeNow);
  if (absl::ToCivilYear(opened_at, absl::UTCTimeZone()).year() < kFirstYear) {
    return Wrong("opened_at", absl::StrCat("received before the year ", kFirstYear),
                 absl::StrCat("a moment from the year ", kFirstYear, " on"));
  }
  if (past.has_due_at() && FromProto(past.due_at()) < opened_at) {
    return Wrong("due_at", "due before it was received", kAfterReceipt);
  }
  if (!past.has_closed_at()) return std::nullopt;
  const absl::Time closed_at = FromProto(past.closed_at());
  if (closed_at < opened_at) {
    return Wrong("closed_at", "closed before it was received", kAfterReceipt);
  }
  if (closed_at > now) return Wrong("closed_at", "closed in the future", kBeforeNow);
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
    row.closed_day_only = past.closed_day_only();
    row.outcome =
        past.outcome() == v1::CASE_OUTCOME_UNSPECIFIED ? v1::CASE_OUTCOME_ANSWERED : past.outcome();
  }
  return row;
}

void SetDueByNorm(const municipality::MunicipalitySnapshot& municipality,
                  const v1::ImportedCase& past, PastCase& row) {
  row.due_at = StartClock(municipality, row.team_id, past.channel(), row.opened_at).due_at;
  if (!row.closed_day_only || !row.closed_at || *row.closed_at <= row.due_at) return;
  const auto day = [&](absl::Time moment) { return absl::ToCivilDay(moment, municipality.zone); };
  if (day(*row.closed_at) == day(row.due_at)) row.closed_at = row.due_at;
}

// Of a case whose end was set to its due moment, by norms that may have changed since.
bool SameDayOfEnd(const PastCase& given, const PastCase& known) {
  return given.closed_day_only && given.closed_at && known.closed_at == known.due_at &&
         absl::AbsDuration(*given.closed_at - known.due_at) < absl::Hours(24);
}

// The cases of a request, in its order.
class Batch {
 public:
  Batch(const v1::ImportCasesRequest& request, v1::ImportCasesResponse& response)
      : request_(request), response_(response) {}

  // Reads the cases; what cannot be taken goes into the response.
  void Read(const municipality::MunicipalitySnapshot& municipality, const TakenReferences& taken) {
    for (int i = 0; i < request_.cases_size(); ++i) {
      v1::ImportedCase past = request_.cases(i);
      if (request_.due_by_norm()) past.clear_due_at();
      for (v1::AdjustedCase& adjusted : TakeAtReceipt(past)) {
        adjusted.set_index(i);
        *response_.add_adjusted() = std::move(adjusted);
      }
      const municipality::MunicipalitySnapshot* teams =
          request_.validate_only() ? nullptr : &municipality;
      if (auto wrong = WrongWith(past, teams, taken.now)) {
        wrong->set_index(i);
        *response_.add_rejected() = *std::move(wrong);
        while (!response_.adjusted().empty() && response_.adjusted().rbegin()->index() == i) {
          response_.mutable_adjusted()->RemoveLast();
        }
        continue;
      }
      PastCase row = RowOf(past, taken.references[i]);
      if (request_.due_by_norm()) SetDueByNorm(municipality, past, row);
      indexes_.push_back(i);
      rows_.push_back(std::move(row));
    }
  }

  // The first of each source id.
  std::vector<PastCase> Distinct() const {
    absl::flat_hash_set<absl::string_view> seen;
    std::vector<PastCase> distinct;
    for (const PastCase& row : rows_) {
      if (seen.insert(row.source_id).second) distinct.push_back(row);
    }
    return distinct;
  }

  // Counts the rows whose references are `fresh` as stored, and compares the others with what is
  // known. Returns what is to be brought up to date.
  std::vector<StoredPast> Compare(const absl::flat_hash_set<int64_t>& fresh,
                                  const absl::flat_hash_map<std::string, StoredPast>& known) {
    std::vector<StoredPast> updates;
    for (size_t i = 0; i < rows_.size(); ++i) {
      const PastCase& row = rows_[i];
      if (fresh.contains(row.reference)) {
        CountStored(row);
        continue;
      }
      response_.set_repeated(response_.repeated() + 1);
      const auto stored = known.find(row.source_id);
      if (stored == known.end()) continue;
      const std::vector<std::string> fields = ChangedFields(row, stored->second, request_);
      if (fields.empty()) continue;
      v1::ChangedCase& changed = *response_.add_changed();
      changed.set_index(indexes_[i]);
      changed.mutable_fields()->Add(fields.begin(), fields.end());
      if (!request_.update_known() || stored->second.worked_on) continue;
      if (auto update = UpdateOf(row, stored->second, changed)) updates.push_back(*update);
    }
    return updates;
  }

  void CountStored(const PastCase& row) {
    response_.set_stored(response_.stored() + 1);
    if (request_.due_by_norm() && row.due_at == absl::InfiniteFuture()) {
      response_.set_without_norm(response_.without_norm() + 1);
    }
  }

  const std::vector<PastCase>& rows() const { return rows_; }

 private:
  // Nothing if what differs is not brought up to date by an import.
  static std::optional<StoredPast> UpdateOf(const PastCase& given, const StoredPast& stored,
                                            v1::ChangedCase& changed) {
    StoredPast update = {.past = given, .version = stored.version};
    update.past.reference = stored.past.reference;
    const bool ends = !stored.past.closed_at && given.closed_at >= stored.past.opened_at;
    if (!ends) {
      update.past.closed_at.reset();
      update.past.outcome = 0;
    }
    for (const std::string& field : changed.fields()) {
      const bool is_text = field == "topic_id" || field == "subject" || field == "neighbourhood" ||
                           field == "postcode";
      if (is_text || (ends && field == "closed_at")) changed.add_updated_fields(field);
    }
    if (changed.updated_fields().empty()) return std::nullopt;
    return update;
  }

  const v1::ImportCasesRequest& request_;
  v1::ImportCasesResponse& response_;
  // Those that can be stored, and their places in the request.
  std::vector<PastCase> rows_;
  std::vector<int> indexes_;
};

std::vector<std::string> SourceIds(absl::Span<const PastCase> rows) {
  std::vector<std::string> ids;
  ids.reserve(rows.size());
  for (const PastCase& row : rows) ids.push_back(row.source_id);
  return ids;
}

}  // namespace

std::vector<v1::AdjustedCase> TakeAtReceipt(v1::ImportedCase& past) {
  std::vector<v1::AdjustedCase> adjusted;
  for (const google::protobuf::Timestamp* moment :
       {&past.opened_at(), &past.due_at(), &past.closed_at()}) {
    if (!IsValid(*moment)) return adjusted;
  }
  const absl::Time opened_at = FromProto(past.opened_at());
  const absl::Time due_at = FromProto(past.due_at());
  const absl::Time closed_at = FromProto(past.closed_at());
  const auto is_soon_before = [&](absl::Time moment) {
    return moment < opened_at && opened_at - moment <= kClockDifferenceMax;
  };
  const bool late = past.has_due_at() && past.has_closed_at() && closed_at > due_at;
  if (past.has_due_at() && is_soon_before(due_at)) {
    *past.mutable_due_at() = past.opened_at();
    adjusted.push_back(
        Adjusted("due_at", absl::StrCat("due ", absl::FormatDuration(opened_at - due_at),
                                        " before it was received: taken as due at the receipt")));
  }
  if (past.has_closed_at() && is_soon_before(closed_at)) {
    *past.mutable_closed_at() = ToProto(late ? opened_at + absl::Microseconds(1) : opened_at);
    adjusted.push_back(Adjusted(
        "closed_at", absl::StrCat("closed ", absl::FormatDuration(opened_at - closed_at),
                                  " before it was received: taken as closed at the receipt")));
  }
  return adjusted;
}

std::optional<v1::RejectedCase> WrongWith(const v1::ImportedCase& past,
                                          const municipality::MunicipalitySnapshot* municipality,
                                          absl::Time now) {
  if (auto wrong = WrongTexts(past)) return wrong;
  if (past.channel() == common::v1::CHANNEL_UNSPECIFIED ||
      !common::v1::Channel_IsValid(past.channel())) {
    return Wrong("channel", "this channel is not known", "one of the channels of Wissel");
  }
  if (municipality != nullptr && municipality->FindTeam(past.team_id()) == nullptr) {
    return Wrong("team_id", "this team is not there", "the id of a team of the municipality");
  }
  if (auto wrong = WrongMoments(past, now)) return wrong;
  if (!v1::CaseOutcome_IsValid(past.outcome())) {
    return Wrong("outcome", "this outcome is not known", "one of the outcomes of Wissel");
  }
  if (past.outcome() != v1::CASE_OUTCOME_UNSPECIFIED && !past.has_closed_at()) {
    return Wrong("outcome", "a case that is open has no outcome", "a moment of its end, or none");
  }
  return std::nullopt;
}

std::vector<std::string> ChangedFields(const PastCase& given, const StoredPast& stored,
                                       const v1::ImportCasesRequest& request) {
  const PastCase& known = stored.past;
  std::vector<std::string> fields;
  const auto compare = [&](const char* field, bool same) {
    if (!same) fields.emplace_back(field);
  };
  if (stored.worked_on) {
    compare("closed_at", known.closed_at || !given.closed_at);
    return fields;
  }
  compare("team_id", given.team_id == known.team_id);
  compare("channel", given.channel == known.channel);
  compare("topic_id", given.topic_id == known.topic_id);
  compare("subject", given.subject == known.subject);
  compare("neighbourhood", given.neighbourhood == known.neighbourhood);
  compare("postcode", given.postcode == known.postcode);
  compare("opened_at", given.opened_at == known.opened_at);
  // The norms may have changed since.
  compare("due_at", request.due_by_norm() || given.due_at == known.due_at);
  compare("closed_at", given.closed_at == known.closed_at || SameDayOfEnd(given, known));
  compare("outcome", !given.closed_at || !known.closed_at || given.outcome == known.outcome);
  return fields;
}

absl::Status HistoryImporter::Import(const rpc::Call& call, const v1::ImportCasesRequest& request,
                                     v1::ImportCasesResponse* response) {
  if (request.cases_size() > kImportBatchMax) {
    return InvalidField("cases", "too_many",
                        absl::StrCat("a request has at most ", kImportBatchMax, " cases"));
  }
  if (!request.cases().empty()) {
    WISSEL_RETURN_IF_ERROR(ImportBatch(call, request, response));
  }
  if (!request.is_last() || request.validate_only()) return absl::OkStatus();
  // In a transaction of its own: it must not hold up, or undo, what was stored.
  return pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kWrite, AnalyzeHistory);
}

absl::Status HistoryImporter::ImportBatch(const rpc::Call& call,
                                          const v1::ImportCasesRequest& request,
                                          v1::ImportCasesResponse* response) {
  const auto body = [&](pg::Transaction& transaction) {
    response->Clear();
    return request.validate_only() ? Validate(transaction, call, request, *response)
                                   : Store(transaction, call, request, *response);
  };
  return pool_.InTenant(call.tenant_id(), call.deadline, pg::Access::kWrite, body);
}

absl::Status HistoryImporter::Store(pg::Transaction& transaction, const rpc::Call& call,
                                    const v1::ImportCasesRequest& request,
                                    v1::ImportCasesResponse& response) {
  WISSEL_ASSIGN_OR_RETURN(const TakenReferences taken,
                          TakeReferences(transaction, request.cases_size()));
  WISSEL_ASSIGN_OR_RETURN(
      const std::shared_ptr<const municipality::MunicipalitySnapshot> municipality,
      municipalities_.GetFresh(transaction, call.tenant_id()));
  Batch batch(request, response);
  batch.Read(*municipality, taken);
  WISSEL_ASSIGN_OR_RETURN(const absl::flat_hash_set<int64_t> fresh,
                          InsertPast(transaction, batch.Distinct(), *call.principal));
  absl::flat_hash_map<std::string, StoredPast> known;
  if (fresh.size() < batch.rows().size()) {
    WISSEL_ASSIGN_OR_RETURN(known, FindPast(transaction, SourceIds(batch.rows())));
  }
  const std::vector<StoredPast> updates = batch.Compare(fresh, known);
  if (updates.empty()) return absl::OkStatus();
  return UpdatePast(transaction, updates, *call.principal).status();
}

absl::Status HistoryImporter::Validate(pg::Transaction& transaction, const rpc::Call& call,
                                       const v1::ImportCasesRequest& request,
                                       v1::ImportCasesResponse& response) {
  // For the clock; the rows get numbers that lead nowhere.
  WISSEL_ASSIGN_OR_RETURN(TakenReferences taken, TakeReferences(transaction, 1));
  taken.references.resize(request.cases_size());
  std::iota(taken.references.begin(), taken.references.end(), 0);
  absl::StatusOr<std::shared_ptr<const municipality::MunicipalitySnapshot>> municipality =
      municipalities_.GetFresh(transaction, call.tenant_id());
  if (ReasonOf(municipality.status()) == "no_such_municipality") {
    municipality = std::make_shared<const municipality::MunicipalitySnapshot>();
  }
  if (!municipality.ok()) return municipality.status();
  Batch batch(request, response);
  batch.Read(**municipality, taken);
  WISSEL_ASSIGN_OR_RETURN(const auto known, FindPast(transaction, SourceIds(batch.rows())));
  absl::flat_hash_set<int64_t> fresh;
  for (const PastCase& row : batch.Distinct()) {
    if (!known.contains(row.source_id)) fresh.insert(row.reference);
  }
  batch.Compare(fresh, known);
  return absl::OkStatus();
}

}  // namespace wissel::cases
