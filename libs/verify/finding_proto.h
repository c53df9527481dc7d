// Findings as the contract has them. Pure.

#ifndef WISSEL_LIBS_VERIFY_FINDING_PROTO_H_
#define WISSEL_LIBS_VERIFY_FINDING_PROTO_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/decision/service_hours.h"
#include "libs/verify/finding.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::verify {

namespace v1 = ::wissel::routing::v1;

// A finding about `sop`. The moment of its example is the first one from `now` on that is such a
// moment in the municipality.
void ToProto(const sop::Sop& sop, const Finding& finding, const decision::ServiceHours& hours,
             absl::Time now, v1::SopFinding* out);

// What ParseSop refused, as the one finding `unreadable`.
void ToProto(const absl::Status& unreadable, v1::SopFinding* out);

// A short text in which `pattern` is found; empty if none could be thought of.
std::string SampleFor(const std::string& pattern);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_FINDING_PROTO_H_
