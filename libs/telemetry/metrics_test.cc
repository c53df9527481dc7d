#include "libs/telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/counter.h>

#include "libs/telemetry/log.h"

namespace wissel::telemetry {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MetricsTest, TextHoldsWhatWasCounted) {
  prometheus::BuildCounter().Name("wissel_test_total").Register(Metrics()).Add({}).Increment(3);
  EXPECT_THAT(MetricsText(), HasSubstr("wissel_test_total 3"));
}

TEST(LogTest, OneLineWhateverTheValueHolds) {
  ::testing::internal::CaptureStderr();
  LogEvent("test_event", {{"field", "a\"b\\c\nd\x01"}});
  const std::string line = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(line, HasSubstr(R"("event":"test_event","field":"a\"b\\c\u000ad\u0001"})"));
  EXPECT_THAT(line.substr(0, line.size() - 1), Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace wissel::telemetry
