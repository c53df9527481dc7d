#include "services/wissel/simulation/history_writer.h"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/cases/history/case_history_store.h"
#include "services/cases/registration/reference_store.h"

namespace wissel::simulation {
namespace {

constexpr size_t kBatch = 400;
constexpr absl::Duration kTimeout = absl::Minutes(1);

}  // namespace

absl::Status HistoryWriter::Run(const std::function<bool()>& stopped) {
  std::vector<std::thread> lanes;
  for (int i = 0; i < kLanes; ++i) lanes.emplace_back([&] { WriteBatches(stopped); });
  for (std::thread& lane : lanes) lane.join();
  absl::MutexLock lock(&mutex_);
  return first_error_;
}

WriterTally HistoryWriter::tally() const {
  absl::MutexLock lock(&mutex_);
  return tally_;
}

void HistoryWriter::WriteBatches(const std::function<bool()>& stopped) {
  while (!stopped()) {
    Batch batch;
    {
      absl::MutexLock lock(&mutex_);
      if (!first_error_.ok()) return;
      absl::StatusOr<Batch> taken = TakeBatch();
      if (!taken.ok()) {
        first_error_ = taken.status();
        return;
      }
      batch = *std::move(taken);
    }
    if (batch.empty()) return;
    const absl::Status written = Write(batch);
    absl::MutexLock lock(&mutex_);
    first_error_.Update(written);
  }
}

absl::StatusOr<HistoryWriter::Batch> HistoryWriter::TakeBatch() {
  while (pending_.size() - next_ < kBatch && !simulator_.IsOver()) {
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
    WISSEL_ASSIGN_OR_RETURN(Batch day, simulator_.NextDay());
    std::move(day.begin(), day.end(), std::back_inserter(pending_));
  }
  const size_t count = std::min(kBatch, pending_.size() - next_);
  Batch batch;
  if (count == 0) return batch;
  batch.reserve(count);
  std::move(pending_.begin() + static_cast<std::ptrdiff_t>(next_),
            pending_.begin() + static_cast<std::ptrdiff_t>(next_ + count),
            std::back_inserter(batch));
  next_ += count;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id_, absl::Now() + kTimeout, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const cases::TakenReferences taken,
                                cases::TakeReferences(transaction, static_cast<int>(count)));
        for (size_t i = 0; i < count; ++i) batch[i].registered.reference = taken.references[i];
        return absl::OkStatus();
      }));
  return batch;
}

absl::Status HistoryWriter::Write(const Batch& batch) {
  int64_t stored = 0;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(tenant_id_, absl::Now() + kTimeout, pg::Access::kWrite,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(
                                              stored, cases::InsertHistories(transaction, batch));
                                          return absl::OkStatus();
                                        }));
  absl::MutexLock lock(&mutex_);
  tally_.stored += stored;
  tally_.known += static_cast<int64_t>(batch.size()) - stored;
  return absl::OkStatus();
}

}  // namespace wissel::simulation
