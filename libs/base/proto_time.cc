#include "libs/base/proto_time.h"

#include <cstdint>

namespace wissel {

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  const absl::Duration rest = time - absl::FromUnixSeconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(absl::ToInt64Microseconds(rest) * 1000));
  return timestamp;
}

absl::Time FromProto(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

bool IsValid(const google::protobuf::Timestamp& timestamp) {
  constexpr int64_t kYear1 = -62135596800;
  constexpr int64_t kYear10000 = 253402300800;
  return timestamp.seconds() >= kYear1 && timestamp.seconds() < kYear10000 &&
         timestamp.nanos() >= 0 && timestamp.nanos() < 1'000'000'000;
}

}  // namespace wissel
