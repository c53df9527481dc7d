// An open screen of a queue, as a browser keeps it: for the tests of watching.

#ifndef WISSEL_SERVICES_CASES_TEST_SCREEN_H_
#define WISSEL_SERVICES_CASES_TEST_SCREEN_H_

#include <grpcpp/client_context.h>

#include <map>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "wissel/cases/v1/cases.grpc.pb.h"

namespace wissel::cases {

// What a person sees of a queue: each case with its version, holder, due moment and what may be
// done with it, and counts.
inline std::string TextOf(const std::map<int64_t, v1::CaseSummary>& rows,
                          const v1::QueueCounts& counts) {
  std::string text =
      absl::StrCat("open ", counts.open(), " claimed ", counts.claimed(), " overdue ",
                   counts.overdue(), " today ", counts.due_today(), "\n");
  for (const auto& [reference, row] : rows) {
    absl::StrAppend(&text, reference, " v", row.version(), " ", row.claimed_by(), " ",
                    row.due_at().seconds(), " may ", absl::StrJoin(row.allowed_actions(), ","),
                    "\n");
  }
  return text;
}

inline std::string TextOf(const v1::ListQueueResponse& page) {
  std::map<int64_t, v1::CaseSummary> rows;
  for (const v1::CaseSummary& row : page.cases()) rows[row.reference()] = row;
  return TextOf(rows, page.counts());
}

// Watches from construction until it is closed; a thread of its own reads the stream. Fails the
// test when the stream breaks its promises: a snapshot first, and no older row after a newer one.
class Screen {
 public:
  Screen(const std::shared_ptr<grpc::Channel>& channel, const std::string& team_id)
      : stub_(v1::CaseService::NewStub(channel)) {
    v1::WatchQueueRequest request;
    request.set_team_id(team_id);
    request.set_page_size(200);
    reader_ = stub_->WatchQueue(&context_, request);
    thread_ = std::thread([this] { Read(); });
  }
  ~Screen() { Close(); }

  // Waits until it shows `text`; false after half a minute.
  bool Shows(const std::string& text) {
    absl::MutexLock lock(&mutex_);
    const auto same = [&] {
      mutex_.AssertHeld();
      return TextOf(rows_, counts_) == text;
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&same), kTimeout);
  }

  // Waits until the version of a case is `version`; 0: until it is not there.
  bool ShowsVersion(int64_t reference, int64_t version) {
    absl::MutexLock lock(&mutex_);
    const auto same = [&] {
      mutex_.AssertHeld();
      const auto row = rows_.find(reference);
      return version == (row == rows_.end() ? 0 : row->second.version());
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&same), kTimeout);
  }

  std::string text() {
    absl::MutexLock lock(&mutex_);
    return TextOf(rows_, counts_);
  }

  int messages() {
    absl::MutexLock lock(&mutex_);
    return messages_;
  }

  bool AwaitFirst() {
    absl::MutexLock lock(&mutex_);
    const auto any = [&] {
      mutex_.AssertHeld();
      return messages_ > 0 || over_;
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&any), kTimeout) && !over_;
  }

  // Waits until the other side ends the stream.
  grpc::Status End() {
    if (thread_.joinable()) thread_.join();
    return status_;
  }

  void Close() {
    context_.TryCancel();
    End();
  }

 private:
  static constexpr absl::Duration kTimeout = absl::Seconds(30);

  void Read() {
    v1::WatchQueueResponse message;
    while (reader_->Read(&message)) Apply(message);
    status_ = reader_->Finish();
    absl::MutexLock lock(&mutex_);
    over_ = true;
  }

  void Apply(const v1::WatchQueueResponse& message) {
    absl::MutexLock lock(&mutex_);
    EXPECT_EQ(message.has_snapshot(), ++messages_ == 1);
    for (const v1::CaseSummary& row : message.snapshot().cases()) Put(row);
    for (const v1::CaseSummary& row : message.changed()) Put(row);
    for (const int64_t reference : message.removed()) rows_.erase(reference);
    if (message.has_snapshot()) counts_ = message.snapshot().counts();
    if (message.has_counts()) counts_ = message.counts();
  }

  void Put(const v1::CaseSummary& row) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    int64_t& newest = newest_[row.reference()];
    EXPECT_GE(row.version(), newest) << "an older row of " << row.reference();
    newest = row.version();
    rows_[row.reference()] = row;
  }

  std::unique_ptr<v1::CaseService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchQueueResponse>> reader_;
  absl::Mutex mutex_;
  std::map<int64_t, v1::CaseSummary> rows_ ABSL_GUARDED_BY(mutex_);
  std::map<int64_t, int64_t> newest_ ABSL_GUARDED_BY(mutex_);
  v1::QueueCounts counts_ ABSL_GUARDED_BY(mutex_);
  int messages_ ABSL_GUARDED_BY(mutex_) = 0;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status status_;
  std::thread thread_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_TEST_SCREEN_H_
