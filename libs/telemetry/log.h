// Structured log: one JSON object a line, on standard error or in a file, with stable event names
// that docs/operations/logging.md lists.
//
//   LogEvent("queue_watch_lost", {{"tenant", tenant_id}, {"reason", reason}});
//
// Never pass personal data or message bodies. Control characters are escaped. Thread-safe.

#ifndef WISSEL_LIBS_TELEMETRY_LOG_H_
#define WISSEL_LIBS_TELEMETRY_LOG_H_

#include <initializer_list>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel::telemetry {

// A name and its value; written as a JSON string.
using Field = std::pair<absl::string_view, absl::string_view>;

// Something that an operator or auditor may want to know.
void LogEvent(absl::string_view event, std::initializer_list<Field> fields = {});

// Something that needs a person.
void LogError(absl::string_view event, std::initializer_list<Field> fields = {});

// For what somebody outside can cause as often as they like, such as refusals: at most
// CappedLines() of each `kind` a minute. A line `lines_left_out` tells how many were not written,
// once their minute is over. Kinds are few: names from the code, nothing that was sent.
enum class Level { kInfo, kError };
void LogCapped(Level level, absl::string_view event, absl::string_view kind,
               std::initializer_list<Field> fields);

// The same with one line a minute, for a state that lasts.
void LogOnceAMinute(absl::string_view event, absl::string_view kind,
                    std::initializer_list<Field> fields);

// Lines of a kind that LogCapped writes in a minute; 60 until it is set.
void SetCappedLines(int per_minute);

// Writes what is known to have been left out and is not told yet. LogCapped does so too; this is
// for when nothing more comes.
void TellLeftOut();

// Writes to the file `path` from now on, which only its owner can read. At `max_bytes` it becomes
// `<name>.1.<extension>`, and so on up to `max_files` in all; older ones go. Call it before threads
// start. UNAVAILABLE `cannot_log` if the file cannot be written.
absl::Status LogToFile(const std::string& path, size_t max_bytes, size_t max_files);

// Leaves out events from now on: for commands, whose output is for the person at the terminal.
void LogOnlyErrors();

}  // namespace wissel::telemetry

#endif  // WISSEL_LIBS_TELEMETRY_LOG_H_
