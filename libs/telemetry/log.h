// Structured log: one JSON object a line on standard error, with stable event names that
// docs/operations/logging.md lists.
//
//   LogEvent("queue_watch_lost", {{"tenant", tenant_id}, {"reason", reason}});
//
// Never pass personal data or message bodies. Control characters are escaped. Thread-safe.

#ifndef WISSEL_LIBS_TELEMETRY_LOG_H_
#define WISSEL_LIBS_TELEMETRY_LOG_H_

#include <initializer_list>
#include <utility>

#include "absl/strings/string_view.h"

namespace wissel::telemetry {

// A name and its value; written as a JSON string.
using Field = std::pair<absl::string_view, absl::string_view>;

// Something that an operator or auditor may want to know.
void LogEvent(absl::string_view event, std::initializer_list<Field> fields = {});

// Something that needs a person.
void LogError(absl::string_view event, std::initializer_list<Field> fields = {});

// Leaves out events from now on: for commands, whose output is for the person at the terminal.
void LogOnlyErrors();

}  // namespace wissel::telemetry

#endif  // WISSEL_LIBS_TELEMETRY_LOG_H_
