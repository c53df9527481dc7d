#include "libs/telemetry/metrics.h"

#include <prometheus/text_serializer.h>

namespace wissel::telemetry {

prometheus::Registry& Metrics() {
  static auto* registry = new prometheus::Registry;
  return *registry;
}

std::string MetricsText() { return prometheus::TextSerializer().Serialize(Metrics().Collect()); }

}  // namespace wissel::telemetry
