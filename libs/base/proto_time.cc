#include "libs/base/proto_time.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

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

absl::StatusOr<absl::Time> ReadTime(absl::string_view field,
                                    const google::protobuf::Timestamp& timestamp) {
  if (IsValid(timestamp)) return FromProto(timestamp);
  return InvalidField(field, "invalid_moment",
                      absl::StrCat(field, " is not a moment in the years 1 to 9999"));
}

}  // namespace wissel
