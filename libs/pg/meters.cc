#include "libs/pg/meters.h"

#include <string>

#include "libs/telemetry/metrics.h"

namespace wissel::pg {
namespace {

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto* const buckets = new prometheus::Histogram::BucketBoundaries{
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
  return *buckets;
}

}  // namespace

prometheus::Histogram& StatementSeconds(absl::string_view statement) {
  static auto& family = prometheus::BuildHistogram()
                            .Name("wissel_pg_statement_seconds")
                            .Help("From sending a statement to having all its rows")
                            .Register(telemetry::Metrics());
  return family.Add({{"statement", std::string(statement)}}, Buckets());
}

prometheus::Histogram& WaitSeconds() {
  static auto& histogram = prometheus::BuildHistogram()
                               .Name("wissel_pg_wait_seconds")
                               .Help("That a transaction waited for a connection")
                               .Register(telemetry::Metrics())
                               .Add({}, Buckets());
  return histogram;
}

}  // namespace wissel::pg
