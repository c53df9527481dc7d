#include "libs/telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/counter.h>

namespace wissel::telemetry {
namespace {

using ::testing::HasSubstr;

TEST(MetricsTest, TextHoldsWhatWasCounted) {
  prometheus::BuildCounter().Name("wissel_test_total").Register(Metrics()).Add({}).Increment(3);
  EXPECT_THAT(MetricsText(), HasSubstr("wissel_test_total 3"));
}

}  // namespace
}  // namespace wissel::telemetry
