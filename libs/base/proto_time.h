// absl::Time <-> google.protobuf.Timestamp.

#ifndef WISSEL_LIBS_BASE_PROTO_TIME_H_
#define WISSEL_LIBS_BASE_PROTO_TIME_H_

#include <google/protobuf/timestamp.pb.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel {

// Microseconds are kept, which is what the database keeps; finer parts are cut off.
// An infinite time has no timestamp: leave the field out instead.
google::protobuf::Timestamp ToProto(absl::Time time);

// Of what we wrote ourselves. What comes from outside is read with ReadTime.
absl::Time FromProto(const google::protobuf::Timestamp& timestamp);

// Whether `timestamp` lies within the years 1 to 9999, which is all that the format can hold.
bool IsValid(const google::protobuf::Timestamp& timestamp);

// The moment that a request has in `field`; INVALID_ARGUMENT `invalid_moment` unless IsValid.
// JSON cannot hold such a one, a binary request can.
absl::StatusOr<absl::Time> ReadTime(absl::string_view field,
                                    const google::protobuf::Timestamp& timestamp);

}  // namespace wissel

#endif  // WISSEL_LIBS_BASE_PROTO_TIME_H_
