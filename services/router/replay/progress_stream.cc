#include "services/router/replay/progress_stream.h"

#include <utility>

#include "absl/time/time.h"

namespace wissel::router {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(250);

}  // namespace

ReplayProgressStream::ReplayProgressStream(Stream stream)
    : stream_(std::move(stream)), task_(kPause, [this] { Repeat(); }) {}

bool ReplayProgressStream::Tell(const routing::v1::ReplayProgress& progress) {
  absl::MutexLock lock(&mutex_);
  const bool is_end = !progress_.has_value() || progress.done() == progress.total();
  progress_ = progress;
  if (is_end) Push();
  return is_heard_;
}

void ReplayProgressStream::Push() {
  routing::v1::ReplaySopResponse message;
  *message.mutable_progress() = *progress_;
  is_heard_ = stream_->Push(std::move(message));
}

void ReplayProgressStream::Repeat() {
  absl::MutexLock lock(&mutex_);
  if (progress_.has_value()) Push();
}

}  // namespace wissel::router
