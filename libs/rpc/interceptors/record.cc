#include "libs/rpc/interceptors/record.h"

#include <prometheus/counter.h>
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

// Wissel itself is at fault.
bool IsBroken(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInternal ||
         status.code() == absl::StatusCode::kUnknown;
}

// A call that follows has the line of the call that it follows from; but only here is it known what
// is broken.
bool WorthALine(const EndedCall& call) {
  if (IsBroken(call.status)) return true;
  if (call.follows || call.status.code() == absl::StatusCode::kInvalidArgument) return false;
  return !call.status.ok() || call.method.effect == options::v1::EFFECT_WRITE;
}

void CountRefusal(absl::string_view code, const std::string& reason) {
  static auto& family = prometheus::BuildCounter()
                            .Name("wissel_refusals_total")
                            .Help("Calls that ended with an error, by code and reason.")
                            .Register(telemetry::Metrics());
  family.Add({{"code", std::string(code)}, {"reason", reason}}).Increment();
}

}  // namespace

void RecordCall(const EndedCall& call) {
  static auto* metrics = new CallMetrics;
  metrics->Observe(call.method, static_cast<int>(call.status.code()), call.took);
  const std::string code = absl::StatusCodeToString(call.status.code());
  const std::string reason = ReasonOf(call.status);
  if (!call.status.ok()) CountRefusal(code, reason);
  if (!WorthALine(call)) return;
  const std::string micros = absl::StrCat(absl::ToInt64Microseconds(call.took));
  const bool broken = IsBroken(call.status);
  const std::string tenant = call.principal ? call.principal->tenant_id : "";
  const std::string account = call.principal ? call.principal->account_id : "";
  const std::initializer_list<telemetry::Field> fields = {
      {"tenant", tenant},
      {"account", account},
      {"address", call.address},
      {"method", call.method.path},
      {"result", code},
      {"reason", reason},
      {"why", broken ? call.status.message() : absl::string_view()},
      {"took_us", micros}};
  if (call.status.ok()) return telemetry::LogEvent("call", fields);
  telemetry::LogCapped(broken ? telemetry::Level::kError : telemetry::Level::kInfo, "call",
                       absl::StrCat(code, " ", reason), fields);
}

}  // namespace wissel::rpc
