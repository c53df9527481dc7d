#include "libs/base/proto_time.h"

#include <gtest/gtest.h>

namespace wissel {
namespace {

TEST(ProtoTimeTest, KeepsMicroseconds) {
  for (const absl::Time time :
       {absl::UnixEpoch(), absl::FromUnixMicros(1'790'000'000'123'456), absl::FromUnixMicros(-1)}) {
    EXPECT_EQ(FromProto(ToProto(time)), time);
    EXPECT_TRUE(IsValid(ToProto(time)));
  }
}

TEST(ProtoTimeTest, RefusesWhatTheFormatCannotHold) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_nanos(-1);
  EXPECT_FALSE(IsValid(timestamp));
  timestamp.set_nanos(0);
  timestamp.set_seconds(300'000'000'000);
  EXPECT_FALSE(IsValid(timestamp));
  timestamp.set_seconds(-100'000'000'000);
  EXPECT_FALSE(IsValid(timestamp));
}

}  // namespace
}  // namespace wissel
