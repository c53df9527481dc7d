#include "libs/telemetry/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/telemetry/line_cap.h"

namespace wissel::telemetry {
namespace {

spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("wissel",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    return made;
  }();
  return *logger;
}

LineCap& Cap() {
  static auto* cap = new LineCap(Clock::System());
  return *cap;
}

std::atomic<bool> only_errors = false;
std::atomic<int> capped_lines = 60;

void AppendQuoted(std::string& out, absl::string_view text) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void Write(absl::string_view level, absl::string_view event, std::initializer_list<Field> fields) {
  std::string line = absl::StrFormat(
      R"({"at":"%s","level":"%s","event":)",
      absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone()), level);
  AppendQuoted(line, event);
  for (const auto& [name, value] : fields) {
    line += ',';
    AppendQuoted(line, name);
    line += ':';
    AppendQuoted(line, value);
  }
  line += '}';
  Logger().log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void LogEvent(absl::string_view event, std::initializer_list<Field> fields) {
  if (only_errors.load(std::memory_order_relaxed)) return;
  Write("info", event, fields);
}

void LogError(absl::string_view event, std::initializer_list<Field> fields) {
  Write("error", event, fields);
}

void LogCapped(Level level, absl::string_view event, absl::string_view kind,
               std::initializer_list<Field> fields) {
  const bool may_be_written =
      Cap().Take(absl::StrCat(event, " ", kind), capped_lines.load(std::memory_order_relaxed));
  TellLeftOut();
  if (may_be_written) (level == Level::kError ? LogError : LogEvent)(event, fields);
}

void LogOnceAMinute(absl::string_view event, absl::string_view kind,
                    std::initializer_list<Field> fields) {
  const bool may_be_written = Cap().Take(absl::StrCat(event, " ", kind), 1);
  TellLeftOut();
  if (may_be_written) LogEvent(event, fields);
}

void SetCappedLines(int per_minute) { capped_lines = per_minute; }

void TellLeftOut() {
  for (const LineCap::LeftOut& left_out : Cap().TakeLeftOut()) {
    LogEvent("lines_left_out", {{"of", left_out.kind}, {"count", absl::StrCat(left_out.count)}});
  }
}

absl::Status LogToFile(const std::string& path, size_t max_bytes, size_t max_files) {
  spdlog::file_event_handlers handlers;
  handlers.after_open = [](const spdlog::filename_t&, std::FILE* file) {
    fchmod(fileno(file), S_IRUSR | S_IWUSR);
  };
  try {
    auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        path, max_bytes, max_files - 1, /*rotate_on_open=*/false, handlers);
    sink->set_pattern("%v");
    Logger().sinks() = {std::move(sink)};
    Logger().flush_on(spdlog::level::info);
  } catch (const spdlog::spdlog_ex&) {
    return Error(absl::StatusCode::kUnavailable, "cannot_log",
                 absl::StrCat("cannot write the log file ", path), "log_file");
  }
  return absl::OkStatus();
}

void LogOnlyErrors() { only_errors = true; }

}  // namespace wissel::telemetry
