#include "libs/base/proto_time.h"

#include <gtest/gtest.h>

#include "libs/base/status.h"

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

// (C1)
TEST(ProtoTimeTest, ReadsWhatComesFromOutside) {
  google::protobuf::Timestamp timestamp;
  const absl::Time long_ago = absl::FromCivil(absl::CivilDay(26, 3, 1), absl::UTCTimeZone());
  timestamp = ToProto(long_ago);
  EXPECT_EQ(ReadTime("from", timestamp).value(), long_ago);
  for (const int32_t nanos : {-1, 1'000'000'000}) {
    timestamp.set_nanos(nanos);
    const absl::Status status = ReadTime("from", timestamp).status();
    EXPECT_EQ(ReasonOf(status), "invalid_moment");
    EXPECT_EQ(DetailsOf(status)[0].field, "from");
  }
}

}  // namespace
}  // namespace wissel
