// Metrics and the log line of a call that has ended.

#ifndef WISSEL_LIBS_RPC_INTERCEPTORS_RECORD_H_
#define WISSEL_LIBS_RPC_INTERCEPTORS_RECORD_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/rpc/method_table.h"
#include "libs/rpc/principal.h"

namespace wissel::rpc {

// A call that has ended; plain values that live as long as the line that records them.
struct EndedCall {
  const Method& method;
  // Null without one.
  const Principal* principal;
  // Network address of who made it; empty if it is not known.
  absl::string_view address;
  const absl::Status& status;
  absl::Duration took;
  // A nested call: the call that it follows from is logged already.
  bool follows;
};

// Counts the call by method and code, and a refused one by reason, and measures it. Writes a log
// line `call` with who, what, where and the result for each write that a person or machine asked
// for, and for refusals other than wrong input. Of refusals for one reason only so many lines a
// minute are written (telemetry::LogCapped): a client can cause as many as it likes.
void RecordCall(const EndedCall& call);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_INTERCEPTORS_RECORD_H_
