#include "libs/http/meters.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>

#include "libs/telemetry/metrics.h"

namespace wissel::http {

void CountOpen(const std::string& server, int change) {
  static auto& family = prometheus::BuildGauge()
                            .Name("wissel_http_connections")
                            .Help("Open connections, by server.")
                            .Register(telemetry::Metrics());
  family.Add({{"server", server}}).Increment(change);
}

void CountClosed(const std::string& server, const std::string& reason) {
  static auto& family = prometheus::BuildCounter()
                            .Name("wissel_http_closed_total")
                            .Help("Idle connections closed to make room, by server and limit.")
                            .Register(telemetry::Metrics());
  family.Add({{"server", server}, {"reason", reason}}).Increment();
}

void CountRefused(const std::string& server, int status) {
  static auto& family = prometheus::BuildCounter()
                            .Name("wissel_http_refused_total")
                            .Help("Requests refused before any handler saw them, by status.")
                            .Register(telemetry::Metrics());
  family.Add({{"server", server}, {"status", std::to_string(status)}}).Increment();
}

}  // namespace wissel::http
