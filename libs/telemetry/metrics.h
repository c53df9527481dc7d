// The registry behind /metrics. Label values never hold personal data or a municipality.

#ifndef WISSEL_LIBS_TELEMETRY_METRICS_H_
#define WISSEL_LIBS_TELEMETRY_METRICS_H_

#include <prometheus/registry.h>

#include <string>

namespace wissel::telemetry {

// The one registry of the process; lives as long as it. Thread-safe.
prometheus::Registry& Metrics();

// Everything in the registry, in Prometheus' text format.
std::string MetricsText();

}  // namespace wissel::telemetry

#endif  // WISSEL_LIBS_TELEMETRY_METRICS_H_
