// Metrics and the log line of a call that has ended.

#ifndef WISSEL_LIBS_RPC_INTERCEPTORS_RECORD_H_
#define WISSEL_LIBS_RPC_INTERCEPTORS_RECORD_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/rpc/method_table.h"
#include "libs/rpc/principal.h"

namespace wissel::rpc {

// A call that has ended; plain values that live as long as the line that records them.
struct EndedCall {
  const Method& method;
  // Null without one.
  const Principal* principal;
  const absl::Status& status;
  absl::Duration took;
  // It follows from a call that has a line of its own.
  bool follows;
};

// Counts the call by method and code and measures it. Writes a log line `call` with who, what,
// where and the result for each write that a person or machine asked for and for each refusal
// other than wrong input.
void RecordCall(const EndedCall& call);

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_INTERCEPTORS_RECORD_H_
