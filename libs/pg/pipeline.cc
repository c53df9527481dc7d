#include "libs/pg/pipeline.h"

#include <poll.h>

#include <utility>

#include "absl/strings/string_view.h"

namespace wissel::pg {

Pipeline::Pipeline(LinkPtr link) : link_(std::move(link)) {
  PQsetNoticeReceiver(link_.get(), &Pipeline::Notice, this);
  broken_ = PQenterPipelineMode(link_.get()) == 0;
}

void Pipeline::Notice(void* self, const PGresult* notice) {
  Pipeline& pipeline = *static_cast<Pipeline*>(self);
  const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  const absl::string_view level = severity == nullptr ? "" : severity;
  if (level == "WARNING") ++pipeline.warnings_;
  // What the server says on its own before it goes away.
  if (level == "FATAL" || level == "PANIC") pipeline.broken_ = true;
}

bool Pipeline::usable() const { return !broken_ && PQstatus(link_.get()) == CONNECTION_OK; }

void Pipeline::Send(int sent) {
  if (sent == 0) broken_ = true;
}

void Pipeline::Prepare(const Statement& statement) {
  Send(PQsendPrepare(link_.get(), statement.name, statement.sql, 0, nullptr));
}

void Pipeline::Execute(const char* statement, absl::Span<const char* const> values) {
  Send(PQsendQueryPrepared(link_.get(), statement, static_cast<int>(values.size()), values.data(),
                           nullptr, nullptr, 0));
}

Pipeline::Outcome Pipeline::Read() {
  Outcome outcome;
  // Every command's answers end with a null; two of them in a row mean that nothing is to come.
  bool ended = false;
  for (size_t place = 0; usable();) {
    AnswerPtr answer(PQgetResult(link_.get()));
    if (answer == nullptr) {
      if (ended) break;
      ended = true;
      ++place;
      continue;
    }
    ended = false;
    switch (PQresultStatus(answer.get())) {
      case PGRES_PIPELINE_SYNC:
        if (outcome.failure != nullptr) outcome.answers.clear();
        return outcome;
      case PGRES_COMMAND_OK:
      case PGRES_TUPLES_OK:
        outcome.answers.push_back(std::move(answer));
        break;
      case PGRES_PIPELINE_ABORTED:
        break;
      default:
        if (outcome.failure != nullptr) break;
        outcome.failure = std::move(answer);
        outcome.failed = place;
    }
  }
  broken_ = true;
  outcome.answers.clear();
  return outcome;
}

void Pipeline::ReadForgotten() {
  for (; forgotten_ > 0; --forgotten_) {
    if (!Read().ok()) broken_ = true;
  }
}

Pipeline::Outcome Pipeline::Await() {
  Send(PQpipelineSync(link_.get()));
  ReadForgotten();
  return Read();
}

void Pipeline::Forget() {
  Send(PQpipelineSync(link_.get()));
  ++forgotten_;
}

AnswerPtr Pipeline::Script(const std::string& sql) {
  ReadForgotten();
  Send(PQexitPipelineMode(link_.get()));
  if (!usable()) return nullptr;
  AnswerPtr answer(PQexec(link_.get(), sql.c_str()));
  if (usable()) Send(PQenterPipelineMode(link_.get()));
  return answer;
}

bool Pipeline::CheckIdle() {
  pollfd readable = {PQsocket(link_.get()), POLLIN, 0};
  if (!usable()) return false;
  if (poll(&readable, 1, 0) == 0) return true;
  if (PQconsumeInput(link_.get()) == 0) broken_ = true;
  while (forgotten_ > 0 && usable() && PQisBusy(link_.get()) == 0) {
    --forgotten_;
    if (!Read().ok()) broken_ = true;
  }
  // Has what the server said on its own parsed, and tells Notice.
  if (forgotten_ == 0 && usable()) PQfreemem(PQnotifies(link_.get()));
  // A server that goes away says so, and then closes.
  if (usable() && poll(&readable, 1, 0) != 0 && PQconsumeInput(link_.get()) == 0) broken_ = true;
  return usable();
}

}  // namespace wissel::pg
