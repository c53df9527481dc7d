#include "services/router/active/active_sop_cache.h"

#include <deque>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "libs/decision/test_compiled_sop.h"

namespace wissel::router {
namespace {

constexpr char kDocument[] = "rules: [{id: overig, outcome: queue, team: kcc}]";

// A database that holds one version, and answers when it is let.
class Source {
 public:
  ActiveSopCache::Source AsSource() {
    return [this](absl::string_view, const ActiveSopPtr& held) -> absl::StatusOr<ActiveSopPtr> {
      absl::MutexLock lock(&mutex_);
      ++reads_;
      const absl::StatusOr<ActiveSopPtr> now = content_;
      mutex_.Await(absl::Condition(&open_));
      if (now.ok() && held != nullptr && held->last_version() == (*now)->last_version() &&
          absl::Now() < held->next_from) {
        return held;
      }
      return now;
    };
  }

  void Holds(absl::StatusOr<ActiveSopPtr> content) {
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
  absl::StatusOr<ActiveSopPtr> content_ ABSL_GUARDED_BY(mutex_) = absl::NotFoundError("none");
  bool open_ ABSL_GUARDED_BY(mutex_) = true;
  int reads_ ABSL_GUARDED_BY(mutex_) = 0;
};

ActiveSopPtr Version(int64_t version, CompiledSopPtr next = nullptr,
                     absl::Time next_from = absl::InfiniteFuture()) {
  auto active = std::make_shared<ActiveSop>();
  active->municipality = std::make_shared<municipality::MunicipalitySnapshot>();
  active->sop = decision::Compiled(kDocument, version);
  active->next = std::move(next);
  active->next_from = next_from;
  return active;
}

// Asks and waits; -1 for an error.
int64_t Ask(ActiveSopCache& cache, absl::Status* status = nullptr, const char* tenant = "GM1") {
  absl::Notification done;
  int64_t version = -1;
  cache.With(tenant, [&](const absl::StatusOr<ActiveSopPtr>& active) {
    const absl::StatusOr<CompiledSopPtr> sop = ActiveCompiledSop(active);
    if (sop.ok()) version = (*sop)->version();
    if (status != nullptr) *status = sop.status();
    done.Notify();
  });
  done.WaitForNotification();
  return version;
}

TEST(ActiveSopCache, ReadsOnceAndThenAnswersAtOnce) {
  Source source;
  source.Holds(Version(1));
  ActiveSopCache cache(source.AsSource());
  EXPECT_FALSE(cache.Has("GM1"));
  EXPECT_EQ(Ask(cache), 1);
  EXPECT_TRUE(cache.Has("GM1"));
  source.SetOpen(false);
  bool answered = false;
  cache.With("GM1", [&](const absl::StatusOr<ActiveSopPtr>&) { answered = true; });
  EXPECT_TRUE(answered);
  source.SetOpen(true);
}

TEST(ActiveSopCache, RemembersThatThereIsNone) {
  Source source;
  auto none = std::make_shared<ActiveSop>();
  none->municipality = std::make_shared<municipality::MunicipalitySnapshot>();
  source.Holds(ActiveSopPtr(none));
  ActiveSopCache cache(source.AsSource());
  absl::Status status;
  EXPECT_EQ(Ask(cache, &status), -1);
  EXPECT_TRUE(absl::IsNotFound(status));
  source.SetOpen(false);
  EXPECT_EQ(Ask(cache), -1);
  source.SetOpen(true);
  cache.Put("GM1", Version(1));
  EXPECT_EQ(Ask(cache), 1);
}

TEST(ActiveSopCache, AsksAgainAfterAnErrorThatPasses) {
  Source source;
  source.Holds(absl::UnavailableError("away"));
  ActiveSopCache cache(source.AsSource());
  absl::Status status;
  EXPECT_EQ(Ask(cache, &status), -1);
  EXPECT_TRUE(absl::IsUnavailable(status));
  source.Holds(Version(1));
  EXPECT_EQ(Ask(cache), 1);
}

TEST(ActiveSopCache, ALateReadDoesNotBringBackAnEarlierVersion) {
  Source source;
  source.Holds(Version(1));
  ActiveSopCache cache(source.AsSource());
  source.SetOpen(false);
  absl::Notification late;
  int64_t got = 0;
  cache.With("GM1", [&](const absl::StatusOr<ActiveSopPtr>& sop) {
    got = (*sop)->sop->version();
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

TEST(ActiveSopCache, ANotificationBringsTheNewVersionAndFailuresKeepTheOld) {
  Source source;
  source.Holds(Version(1));
  ActiveSopCache cache(source.AsSource());
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

TEST(ActiveSopCache, AVersionThatWaitsDecidesFromItsMomentOnAndThenAsksWhatFollows) {
  Source source;
  const absl::Time from = absl::Now() + absl::Milliseconds(200);
  source.Holds(Version(1, decision::Compiled(kDocument, 2), from));
  ActiveSopCache cache(source.AsSource());
  int64_t version = Ask(cache);
  source.Holds(Version(2));
  // No notification comes, and the database need not answer.
  source.SetOpen(false);
  while (version != 2) {
    const absl::Time before = absl::Now();
    version = Ask(cache);
    const absl::Time after = absl::Now();
    if (before >= from) EXPECT_EQ(version, 2);
    if (after < from) EXPECT_EQ(version, 1);
  }
  source.SetOpen(true);
  source.AwaitReads(2);
  EXPECT_EQ(Ask(cache), 2);
}

TEST(ActiveSopCache, WhatWaitsIsKnownAtOnceWhereItWasPut) {
  Source source;
  source.Holds(Version(1));
  ActiveSopCache cache(source.AsSource());
  EXPECT_EQ(Ask(cache), 1);
  const ActiveSopPtr both =
      Version(1, decision::Compiled(kDocument, 2), absl::Now() + absl::Milliseconds(50));
  source.Holds(both);
  cache.Put("GM1", both);
  while (Ask(cache) != 2) absl::SleepFor(absl::Milliseconds(1));
  // A read that began before the change comes late.
  cache.Put("GM1", Version(1));
  EXPECT_EQ(Ask(cache), 2);
}

TEST(ActiveSopCache, ComparingWhatIsHeldNeverKeepsSomebodyWaiting) {
  Source source;
  source.Holds(Version(1));
  ActiveSopCache cache(source.AsSource());
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

TEST(ActiveSopCache, AnswersThoseWhoWaitWhenItStops) {
  Source source;
  source.Holds(Version(1));
  std::deque<absl::Status> answers;
  {
    ActiveSopCache cache(source.AsSource());
    source.SetOpen(false);
    for (const char* tenant : {"GM1", "GM2", "GM3"}) {
      cache.With(tenant,
                 [&](const absl::StatusOr<ActiveSopPtr>& sop) { answers.push_back(sop.status()); });
    }
    source.AwaitReads(1);
    source.SetOpen(true);
  }
  EXPECT_EQ(answers.size(), 3u);
}

}  // namespace
}  // namespace wissel::router
