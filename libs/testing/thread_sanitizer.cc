// Makes ThreadSanitizer see the locks of Debian's Abseil.
//
// ThreadSanitizer learns about synchronisation from instrumented code, and the packaged Abseil is
// not instrumented: without this, everything that an absl::Mutex guards looks like a race. In a
// build with ThreadSanitizer these definitions come before those of the library, for our code and
// for gRPC; they call the library's own and tell what it orders. In any other build this is empty.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

#include <dlfcn.h>

#include <cstdint>

extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
}

namespace {

// As absl::Duration and absl::Time are passed.
struct Span {
  int64_t high;
  uint32_t low;
};

// While the library runs it may evaluate the conditions of other threads, under a lock that
// ThreadSanitizer takes for released: those reads are no races.
struct IgnoreReads {
  IgnoreReads() { AnnotateIgnoreReadsBegin(__FILE__, __LINE__); }
  ~IgnoreReads() { AnnotateIgnoreReadsEnd(__FILE__, __LINE__); }
};

}  // namespace

// A method of Abseil, by its mangled name. `mutex` is what it releases before and takes after.
#define WISSEL_METHOD(symbol, result, before, after, parameters, ...)             \
  extern "C" result symbol parameters {                                           \
    using Real = result parameters;                                               \
    static auto* const real = reinterpret_cast<Real*>(dlsym(RTLD_NEXT, #symbol)); \
    before;                                                                       \
    struct After {                                                                \
      void* mutex;                                                                \
      ~After() { after; }                                                         \
    } run_after{mutex};                                                           \
    const IgnoreReads ignore;                                                     \
    return real(__VA_ARGS__);                                                     \
  }
#define WISSEL_NOTHING static_cast<void>(mutex)
#define WISSEL_TAKE __tsan_acquire(mutex)
#define WISSEL_GIVE __tsan_release(mutex)

#define WISSEL_LOCKS(symbol) \
  WISSEL_METHOD(symbol, void, WISSEL_NOTHING, WISSEL_TAKE, (void* mutex), mutex)
#define WISSEL_UNLOCKS(symbol) \
  WISSEL_METHOD(symbol, void, WISSEL_GIVE, WISSEL_NOTHING, (void* mutex), mutex)
#define WISSEL_WAITS(symbol, result, ...) \
  WISSEL_METHOD(symbol, result, WISSEL_GIVE, WISSEL_TAKE, __VA_ARGS__)

// Mutex.
WISSEL_LOCKS(_ZN4absl7debian35Mutex4LockEv)
WISSEL_LOCKS(_ZN4absl7debian35Mutex10ReaderLockEv)
WISSEL_UNLOCKS(_ZN4absl7debian35Mutex6UnlockEv)
WISSEL_UNLOCKS(_ZN4absl7debian35Mutex12ReaderUnlockEv)
WISSEL_METHOD(_ZN4absl7debian35Mutex7TryLockEv, bool, WISSEL_NOTHING, WISSEL_TAKE, (void* mutex),
              mutex)
WISSEL_METHOD(_ZN4absl7debian35Mutex13ReaderTryLockEv, bool, WISSEL_NOTHING, WISSEL_TAKE,
              (void* mutex), mutex)
WISSEL_WAITS(_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE, void,
             (void* mutex, const void* condition), mutex, condition)
WISSEL_WAITS(_ZN4absl7debian35Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE, bool,
             (void* mutex, const void* condition, Span span), mutex, condition, span)
WISSEL_WAITS(_ZN4absl7debian35Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE, bool,
             (void* mutex, const void* condition, Span span), mutex, condition, span)
WISSEL_WAITS(_ZN4absl7debian35Mutex8LockWhenERKNS0_9ConditionE, void,
             (void* mutex, const void* condition), mutex, condition)
WISSEL_WAITS(_ZN4absl7debian35Mutex14ReaderLockWhenERKNS0_9ConditionE, void,
             (void* mutex, const void* condition), mutex, condition)
WISSEL_WAITS(_ZN4absl7debian35Mutex19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE, bool,
             (void* mutex, const void* condition, Span span), mutex, condition, span)
WISSEL_WAITS(_ZN4absl7debian35Mutex20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE, bool,
             (void* mutex, const void* condition, Span span), mutex, condition, span)

// CondVar.
WISSEL_WAITS(_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE, void, (void* condition, void* mutex),
             condition, mutex)
WISSEL_WAITS(_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE, bool,
             (void* condition, void* mutex, Span span), condition, mutex, span)
WISSEL_WAITS(_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE, bool,
             (void* condition, void* mutex, Span span), condition, mutex, span)

// Notification and BlockingCounter: what happened before Notify is seen after the wait.
WISSEL_UNLOCKS(_ZN4absl7debian312Notification6NotifyEv)
WISSEL_LOCKS(_ZNK4absl7debian312Notification19WaitForNotificationEv)
WISSEL_METHOD(_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE, bool,
              WISSEL_NOTHING, WISSEL_TAKE, (void* mutex, Span span), mutex, span)
WISSEL_METHOD(_ZNK4absl7debian312Notification31WaitForNotificationWithDeadlineENS0_4TimeE, bool,
              WISSEL_NOTHING, WISSEL_TAKE, (void* mutex, Span span), mutex, span)
WISSEL_METHOD(_ZN4absl7debian315BlockingCounter14DecrementCountEv, bool, WISSEL_GIVE, WISSEL_TAKE,
              (void* mutex), mutex)
WISSEL_LOCKS(_ZN4absl7debian315BlockingCounter4WaitEv)

#endif
#endif
