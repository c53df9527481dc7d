#include "services/router/sop_cache.h"

#include <deque>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "services/router/test_sops.h"

namespace wissel::router {
namespace {

constexpr char kDocument[] = "rules: [{id: overig, outcome: queue, team: kcc}]";

// A database that holds one version, and answers when it is let.
class Source {
 public:
  SopCache::Source AsSource() {
    return [this](absl::string_view, const SopPtr& held) -> absl::StatusOr<SopPtr> {
      absl::MutexLock lock(&mutex_);
      ++reads_;
      const absl::StatusOr<SopPtr> now = content_;
      mutex_.Await(absl::Condition(&open_));
      if (now.ok() && held != nullptr && held->version() == (*now)->version()) return held;
      return now;
    };
  }

  void Holds(absl::StatusOr<SopPtr> content) {
    absl::MutexLock lock(&mutex_);
    content_ = std::move(content);
  }
  void SetOpen(bool open) {
    absl::MutexLock lock(&mutex_);
    open_ = open;
  }
  void AwaitReads(int reads) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [this, reads] {
      mutex_.AssertHeld();
      return reads_ >= reads;
    };
    mutex_.Await(absl::Condition(&enough));
  }

 private:
  absl::Mutex mutex_;
  absl::StatusOr<SopPtr> content_ ABSL_GUARDED_BY(mutex_) = absl::NotFoundError("none");
  bool open_ ABSL_GUARDED_BY(mutex_) = true;
  int reads_ ABSL_GUARDED_BY(mutex_) = 0;
};

SopPtr Version(int64_t version) { return Compiled(kDocument, version); }

// Asks and waits; -1 for an error.
int64_t Ask(SopCache& cache, absl::Status* status = nullptr, const char* tenant = "GM1") {
  absl::Notification done;
  int64_t version = -1;
  cache.With(tenant, [&](const absl::StatusOr<SopPtr>& sop) {
    if (sop.ok()) version = (*sop)->version();
    if (status != nullptr) *status = sop.status();
    done.Notify();
  });
  done.WaitForNotification();
  return version;
}

TEST(SopCache, ReadsOnceAndThenAnswersAtOnce) {
  Source source;
  source.Holds(Version(1));
  SopCache cache(source.AsSource());
  EXPECT_EQ(Ask(cache), 1);
  source.SetOpen(false);
  bool answered = false;
  cache.With("GM1", [&](const absl::StatusOr<SopPtr>&) { answered = true; });
  EXPECT_TRUE(answered);
  source.SetOpen(true);
}

TEST(SopCache, RemembersThatThereIsNone) {
  Source source;
  SopCache cache(source.AsSource());
  absl::Status status;
  EXPECT_EQ(Ask(cache, &status), -1);
  EXPECT_TRUE(absl::IsNotFound(status));
  source.SetOpen(false);
  EXPECT_EQ(Ask(cache), -1);
  source.SetOpen(true);
  cache.Put("GM1", Version(1));
  EXPECT_EQ(Ask(cache), 1);
}

TEST(SopCache, AsksAgainAfterAnErrorThatPasses) {
  Source source;
  source.Holds(absl::UnavailableError("away"));
  SopCache cache(source.AsSource());
  absl::Status status;
  EXPECT_EQ(Ask(cache, &status), -1);
  EXPECT_TRUE(absl::IsUnavailable(status));
  source.Holds(Version(1));
  EXPECT_EQ(Ask(cache), 1);
}

TEST(SopCache, ALateReadDoesNotBringBackAnEarlierVersion) {
  Source source;
  source.Holds(Version(1));
  SopCache cache(source.AsSource());
  source.SetOpen(false);
  absl::Notification late;
  int64_t got = 0;
  cache.With("GM1", [&](const absl::StatusOr<SopPtr>& sop) {
    got = (*sop)->version();
    late.Notify();
  });
  source.AwaitReads(1);
  // Whoever waits is served by what comes first.
  cache.Put("GM1", Version(2));
  late.WaitForNotification();
  EXPECT_EQ(got, 2);
  source.SetOpen(true);
  cache.Refresh();
  source.AwaitReads(2);
  EXPECT_EQ(Ask(cache), 2);
}

TEST(SopCache, ARingBringsTheNewVersionAndFailuresKeepTheOld) {
  Source source;
  source.Holds(Version(1));
  SopCache cache(source.AsSource());
  EXPECT_EQ(Ask(cache), 1);
  source.Holds(absl::UnavailableError("away"));
  cache.Refresh();
  source.AwaitReads(2);
  EXPECT_EQ(Ask(cache), 1);
  source.Holds(absl::InternalError("unreadable"));
  cache.Refresh();
  source.AwaitReads(3);
  EXPECT_EQ(Ask(cache), 1);
  source.Holds(Version(5));
  cache.Refresh();
  while (Ask(cache) != 5) absl::SleepFor(absl::Milliseconds(1));
}

TEST(SopCache, ComparingWhatIsHeldNeverKeepsSomebodyWaiting) {
  Source source;
  source.Holds(Version(1));
  SopCache cache(source.AsSource());
  EXPECT_EQ(Ask(cache), 1);
  source.Holds(absl::UnavailableError("away"));
  cache.Refresh();
  source.AwaitReads(2);
  // GM1 is due again and again meanwhile; whichever comes first in some order, all are answered.
  for (const char* tenant : {"GM2", "GM3", "GM4", "GM5", "GM6", "GM7", "GM8", "GM9"}) {
    absl::Status status;
    EXPECT_EQ(Ask(cache, &status, tenant), -1);
    EXPECT_TRUE(absl::IsUnavailable(status));
  }
  EXPECT_EQ(Ask(cache), 1);
}

TEST(SopCache, AnswersThoseWhoWaitWhenItStops) {
  Source source;
  source.Holds(Version(1));
  std::deque<absl::Status> answers;
  {
    SopCache cache(source.AsSource());
    source.SetOpen(false);
    for (const char* tenant : {"GM1", "GM2", "GM3"}) {
      cache.With(tenant,
                 [&](const absl::StatusOr<SopPtr>& sop) { answers.push_back(sop.status()); });
    }
    source.AwaitReads(1);
    source.SetOpen(true);
  }
  EXPECT_EQ(answers.size(), 3u);
}

}  // namespace
}  // namespace wissel::router
