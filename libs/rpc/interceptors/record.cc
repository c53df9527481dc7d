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

bool WorthALine(const Method& method, const Principal* principal, const absl::Status& status) {
  if (!status.ok()) return status.code() != absl::StatusCode::kInvalidArgument;
  if (method.effect != options::v1::EFFECT_WRITE) return false;
  // The call that a person or machine made is logged; the ones that follow from it are not.
  return principal == nullptr || !principal->Has(options::v1::ROLE_SERVICE);
}

}  // namespace

void RecordCall(const Method& method, const Principal* principal, const absl::Status& status,
                absl::Duration took) {
  static auto* metrics = new CallMetrics;
  metrics->Observe(method, static_cast<int>(status.code()), took);
  if (!WorthALine(method, principal, status)) return;
  const std::string micros = absl::StrCat(absl::ToInt64Microseconds(took));
  const std::string code = absl::StatusCodeToString(status.code());
  const bool broken =
      status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kUnknown;
  (broken ? telemetry::LogError : telemetry::LogEvent)(
      "call", {{"tenant", principal ? principal->tenant_id : ""},
               {"account", principal ? principal->account_id : ""},
               {"method", method.path},
               {"result", code},
               {"reason", ReasonOf(status)},
               {"why", broken ? status.message() : ""},
               {"took_us", micros}});
}

}  // namespace wissel::rpc
