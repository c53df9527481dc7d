#include "libs/pg/pipeline/pipeline.h"

#include <poll.h>

#include <utility>

#include "absl/strings/string_view.h"

namespace wissel::pg {

Pipeline::Pipeline(ConnectionPtr connection) : connection_(std::move(connection)) {
  PQsetNoticeReceiver(connection_.get(), &Pipeline::Notice, this);
  broken_ = PQenterPipelineMode(connection_.get()) == 0;
}

void Pipeline::Notice(void* self, const PGresult* notice) {
  Pipeline& pipeline = *static_cast<Pipeline*>(self);
  const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  const absl::string_view level = severity == nullptr ? "" : severity;
  if (level == "WARNING") ++pipeline.warnings_;
  // The server sends this, unasked, before it closes the connection.
  if (level == "FATAL" || level == "PANIC") pipeline.broken_ = true;
}

bool Pipeline::usable() const { return !broken_ && PQstatus(connection_.get()) == CONNECTION_OK; }

void Pipeline::CheckSent(int accepted) {
  if (accepted == 0) broken_ = true;
}

void Pipeline::Prepare(const Statement& statement) {
  CheckSent(PQsendPrepare(connection_.get(), statement.name, statement.sql, 0, nullptr));
}

void Pipeline::Execute(const char* statement, absl::Span<const char* const> values) {
  CheckSent(PQsendQueryPrepared(connection_.get(), statement, static_cast<int>(values.size()),
                                values.data(), nullptr, nullptr, 0));
}

Pipeline::BatchResult Pipeline::ReadBatch() {
  BatchResult batch;
  // The results of each command end with a null; two nulls running mean that no more will come.
  bool ended = false;
  for (size_t index = 0; usable();) {
    ResultPtr result(PQgetResult(connection_.get()));
    if (result == nullptr) {
      if (ended) break;
      ended = true;
      ++index;
      continue;
    }
    ended = false;
    switch (PQresultStatus(result.get())) {
      case PGRES_PIPELINE_SYNC:
        if (batch.failure != nullptr) batch.results.clear();
        return batch;
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK:
        batch.results.push_back(std::move(result));
        break;
      case PGRES_PIPELINE_ABORTED:
        break;
      default:
        if (batch.failure != nullptr) break;
        batch.failure = std::move(result);
        batch.failed = index;
    }
  }
  broken_ = true;
  batch.results.clear();
  return batch;
}

void Pipeline::ReadUnreadBatches() {
  for (; unread_batches_ > 0; --unread_batches_) {
    if (!ReadBatch().ok()) broken_ = true;
  }
}

Pipeline::BatchResult Pipeline::Flush() {
  CheckSent(PQpipelineSync(connection_.get()));
  ReadUnreadBatches();
  return ReadBatch();
}

void Pipeline::SendWithoutWaiting() {
  CheckSent(PQpipelineSync(connection_.get()));
  ++unread_batches_;
}

ResultPtr Pipeline::Script(const std::string& sql) {
  ReadUnreadBatches();
  CheckSent(PQexitPipelineMode(connection_.get()));
  if (!usable()) return nullptr;
  ResultPtr result(PQexec(connection_.get(), sql.c_str()));
  if (usable()) CheckSent(PQenterPipelineMode(connection_.get()));
  return result;
}

bool Pipeline::CheckIdle() {
  pollfd readable = {PQsocket(connection_.get()), POLLIN, 0};
  if (!usable()) return false;
  if (poll(&readable, 1, 0) == 0) return true;
  if (PQconsumeInput(connection_.get()) == 0) broken_ = true;
  while (unread_batches_ > 0 && usable() && PQisBusy(connection_.get()) == 0) {
    --unread_batches_;
    if (!ReadBatch().ok()) broken_ = true;
  }
  // Makes libpq parse what the server sent unasked, and call Notice.
  if (unread_batches_ == 0 && usable()) PQfreemem(PQnotifies(connection_.get()));
  // A server that shuts down sends a notice first and closes then.
  if (usable() && poll(&readable, 1, 0) != 0 && PQconsumeInput(connection_.get()) == 0)
    broken_ = true;
  return usable();
}

}  // namespace wissel::pg
