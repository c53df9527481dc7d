#include "libs/pg/result.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "libs/pg/result_rows.h"

namespace wissel::pg {
namespace {

// The value itself may be personal data and stays out of the message.
[[noreturn]] void Fail(absl::string_view column, const char* what) {
  fprintf(stderr, "fatal: column \"%.*s\": %s\n", static_cast<int>(column.size()), column.data(),
          what);
  abort();
}

// "2026-04-01 12:34:56[.ffffff]+00[ BC]", as PostgreSQL writes it with datestyle ISO and timezone
// UTC.
bool ParseTime(absl::string_view text, absl::Time& time) {
  if (text == "infinity") return time = absl::InfiniteFuture(), true;
  if (text == "-infinity") return time = absl::InfinitePast(), true;
  size_t pos = 0;
  auto number = [&](char end) {
    int64_t value = 0;
    const size_t first = pos;
    while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9') {
      value = value * 10 + (text[pos++] - '0');
    }
    if (pos == first) return int64_t{-1};
    if (end != 0 && (pos >= text.size() || text[pos++] != end)) return int64_t{-1};
    return value;
  };
  int64_t year = number('-');
  const int64_t month = number('-'), day = number(' ');
  const int64_t hour = number(':'), minute = number(':'), second = number(0);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return false;
  int64_t micros = 0;
  if (pos < text.size() && text[pos] == '.') {
    ++pos;
    int64_t scale = 100000;
    for (; pos < text.size() && text[pos] >= '0' && text[pos] <= '9'; ++pos, scale /= 10) {
      micros += scale * (text[pos] - '0');
    }
  }
  // There is no year 0: before the year 1 comes 1 BC.
  if (text.substr(pos) == "+00 BC") {
    year = 1 - year;
  } else if (text.substr(pos) != "+00") {
    return false;
  }
  time = absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute, second),
                         absl::UTCTimeZone()) +
         absl::Microseconds(micros);
  return true;
}

}  // namespace

int Result::size() const { return rows_->size; }

int64_t Result::affected() const { return rows_->affected(); }

std::optional<absl::string_view> Result::Row::Find(absl::string_view column) const {
  const Rows& rows = *result_->rows_;
  if (index_ < 0 || index_ >= rows.size) Fail(column, "no such row");
  const int count = static_cast<int>(rows.columns.size());
  for (int tries = 0; tries < count; ++tries, ++next_) {
    if (next_ >= count) next_ = 0;
    if (rows.columns[next_] == column) return rows.Find(index_, next_++);
  }
  Fail(column, "no such column");
}

absl::string_view Result::Row::Cell(absl::string_view column) const {
  const std::optional<absl::string_view> text = Find(column);
  if (!text) Fail(column, "is null");
  return *text;
}

bool Result::Row::IsNull(absl::string_view column) const { return !Find(column).has_value(); }

absl::string_view Result::Row::Text(absl::string_view column) const { return Cell(column); }

std::string Result::Row::TextOrEmpty(absl::string_view column) const {
  return std::string(Find(column).value_or(""));
}

std::string Result::Row::Bytes(absl::string_view column) const {
  const absl::string_view text = Cell(column);
  if (text.substr(0, 2) != "\\x") Fail(column, "is not bytea");
  return absl::HexStringToBytes(text.substr(2));
}

int64_t Result::Row::Int64(absl::string_view column) const {
  int64_t value;
  if (!absl::SimpleAtoi(Cell(column), &value)) Fail(column, "is not a 64-bit integer");
  return value;
}

int32_t Result::Row::Int32(absl::string_view column) const {
  int32_t value;
  if (!absl::SimpleAtoi(Cell(column), &value)) Fail(column, "is not a 32-bit integer");
  return value;
}

double Result::Row::Double(absl::string_view column) const {
  double value;
  if (!absl::SimpleAtod(Cell(column), &value)) Fail(column, "is not a number");
  return value;
}

bool Result::Row::Bool(absl::string_view column) const {
  const absl::string_view text = Cell(column);
  if (text != "t" && text != "f") Fail(column, "is not a boolean");
  return text == "t";
}

absl::Time Result::Row::Time(absl::string_view column) const {
  absl::Time time;
  if (!ParseTime(Cell(column), time)) Fail(column, "is not a timestamptz");
  return time;
}

std::optional<absl::Time> Result::Row::OptionalTime(absl::string_view column) const {
  if (IsNull(column)) return std::nullopt;
  return Time(column);
}

std::optional<int64_t> Result::Row::OptionalInt64(absl::string_view column) const {
  if (IsNull(column)) return std::nullopt;
  return Int64(column);
}

}  // namespace wissel::pg
