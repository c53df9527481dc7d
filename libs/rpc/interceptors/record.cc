#include "libs/rpc/interceptors/record.h"

#include <prometheus/histogram.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"
#include "libs/telemetry/metrics.h"

namespace wissel::rpc {
namespace {

constexpr int kCodes = 17;

// One histogram a method and code, made when first seen.
class CallMetrics {
 public:
  CallMetrics()
      : family_(prometheus::BuildHistogram()
                    .Name("wissel_call_seconds")
                    .Help("Calls by method and result")
                    .Register(telemetry::Metrics())) {
    for (const Method& method : MethodTable::Get().methods()) {
      for (auto& slot : slots_[&method]) slot.store(nullptr);
    }
  }

  void Observe(const Method& method, int code, absl::Duration took) {
    auto& slot = slots_.at(&method)[code < kCodes ? code : 2];
    prometheus::Histogram* histogram = slot.load(std::memory_order_acquire);
    if (histogram == nullptr) {
      histogram = &family_.Add(
          {{"method", method.path},
           {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}},
          prometheus::Histogram::BucketBoundaries{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10});
      slot.store(histogram, std::memory_order_release);
    }
    histogram->Observe(absl::ToDoubleSeconds(took));
  }

 private:
  prometheus::Family<prometheus::Histogram>& family_;
  std::unordered_map<const Method*, std::array<std::atomic<prometheus::Histogram*>, kCodes>> slots_;
};

bool WorthALine(const EndedCall& call) {
  if (!call.status.ok()) return call.status.code() != absl::StatusCode::kInvalidArgument;
  return call.method.effect == options::v1::EFFECT_WRITE && !call.follows;
}

}  // namespace

void RecordCall(const EndedCall& call) {
  static auto* metrics = new CallMetrics;
  metrics->Observe(call.method, static_cast<int>(call.status.code()), call.took);
  if (!WorthALine(call)) return;
  const std::string micros = absl::StrCat(absl::ToInt64Microseconds(call.took));
  const std::string code = absl::StatusCodeToString(call.status.code());
  const bool broken = call.status.code() == absl::StatusCode::kInternal ||
                      call.status.code() == absl::StatusCode::kUnknown;
  (broken ? telemetry::LogError : telemetry::LogEvent)(
      "call", {{"tenant", call.principal ? call.principal->tenant_id : ""},
               {"account", call.principal ? call.principal->account_id : ""},
               {"method", call.method.path},
               {"result", code},
               {"reason", ReasonOf(call.status)},
               {"why", broken ? call.status.message() : ""},
               {"took_us", micros}});
}

}  // namespace wissel::rpc
