// What a due moment costs. It is computed once for each registration: aim under 1 µs.

#include <vector>

#include "benchmark/benchmark.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::calendar {
namespace {

constexpr size_t kReceipts = 1024;

// Receipts spread over 17 years, so that no branch is learnt by heart.
std::vector<absl::Time> Receipts() {
  std::vector<absl::Time> receipts;
  for (size_t i = 0; i < kReceipts; ++i) {
    receipts.push_back(At("2024-01-01 00:00") + absl::Minutes(8731) * static_cast<int>(i));
  }
  return receipts;
}

// A municipality with a few years of own closing days.
Definition WithSpecialDays(Kind kind) {
  Definition definition = OfficeHours(kind);
  for (int i = 0; i < 50; ++i) definition.special_days[Day("2024-02-01") + 47 * i] = {};
  return definition;
}

void MeasureDue(benchmark::State& state, Kind kind) {
  const Calendar calendar = MakeCalendar(WithSpecialDays(kind));
  const std::vector<absl::Time> receipts = Receipts();
  const int working_days = static_cast<int>(state.range(0));
  size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(calendar.Due(receipts[next++ % kReceipts], working_days));
  }
}

void BM_DueService(benchmark::State& state) { MeasureDue(state, Kind::kService); }
void BM_DueStatutory(benchmark::State& state) { MeasureDue(state, Kind::kStatutory); }
BENCHMARK(BM_DueService)->Arg(2)->Arg(5)->Arg(60);
BENCHMARK(BM_DueStatutory)->Arg(2)->Arg(5)->Arg(60);

void BM_IsOpen(benchmark::State& state) {
  const Calendar calendar = MakeCalendar(WithSpecialDays(Kind::kService));
  const std::vector<absl::Time> receipts = Receipts();
  size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(calendar.IsOpen(receipts[next++ % kReceipts]));
}
BENCHMARK(BM_IsOpen);

}  // namespace
}  // namespace wissel::calendar

BENCHMARK_MAIN();
