// absl::Time <-> google.protobuf.Timestamp.

#ifndef WISSEL_LIBS_BASE_PROTO_TIME_H_
#define WISSEL_LIBS_BASE_PROTO_TIME_H_

#include <google/protobuf/timestamp.pb.h>

#include "absl/time/time.h"

namespace wissel {

// Microseconds are kept, which is what the database keeps; finer parts are cut off.
// An infinite time has no timestamp: leave the field out instead.
google::protobuf::Timestamp ToProto(absl::Time time);

absl::Time FromProto(const google::protobuf::Timestamp& timestamp);

// Whether `timestamp` lies within the years 1 to 9999, which is all that the format can hold.
bool IsValid(const google::protobuf::Timestamp& timestamp);

}  // namespace wissel

#endif  // WISSEL_LIBS_BASE_PROTO_TIME_H_
