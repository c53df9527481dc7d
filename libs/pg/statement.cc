#include "libs/pg/statement.h"

#include <type_traits>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace wissel::pg {
namespace {

// What a timestamptz can hold, whole years only.
constexpr absl::civil_year_t kFirstYear = -4712;
constexpr absl::civil_year_t kLastYear = 294275;

// With the year in four digits, since PostgreSQL takes one of two for a year of this century. It
// counts no year 0: that is the year 1 BC.
std::string TimeText(absl::Time value) {
  const absl::CivilSecond civil = absl::ToCivilSecond(value, absl::UTCTimeZone());
  if (civil.year() < kFirstYear) return "-infinity";
  if (civil.year() > kLastYear) return "infinity";
  const bool before_christ = civil.year() < 1;
  const int64_t micros =
      absl::ToInt64Microseconds(value - absl::FromCivil(civil, absl::UTCTimeZone()));
  return absl::StrFormat("%04d-%02d-%02d %02d:%02d:%02d.%06d+00%s",
                         before_christ ? 1 - civil.year() : civil.year(), civil.month(),
                         civil.day(), civil.hour(), civil.minute(), civil.second(), micros,
                         before_christ ? " BC" : "");
}

std::string BytesText(const Bytes& value) {
  return absl::StrCat("\\x", absl::BytesToHexString(value.value));
}

// Always quoted, so that neither `null` nor a comma, brace or space in a value has a meaning.
void AppendQuoted(absl::string_view value, std::string& out) {
  out += '"';
  for (char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

void AppendElement(const std::string& value, std::string& out) { AppendQuoted(value, out); }
void AppendElement(int64_t value, std::string& out) { absl::StrAppend(&out, value); }
void AppendElement(int32_t value, std::string& out) { absl::StrAppend(&out, value); }
void AppendElement(bool value, std::string& out) { out += value ? 't' : 'f'; }
void AppendElement(absl::Time value, std::string& out) { AppendQuoted(TimeText(value), out); }
void AppendElement(const Bytes& value, std::string& out) { AppendQuoted(BytesText(value), out); }
template <typename T>
void AppendElement(const std::optional<T>& value, std::string& out) {
  if (value) {
    AppendElement(*value, out);
  } else {
    out += "NULL";
  }
}

template <typename T>
std::string ArrayText(const std::vector<T>& values) {
  std::string out = "{";
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    AppendElement(static_cast<const T&>(values[i]), out);
  }
  out += '}';
  return out;
}

}  // namespace

// 17 digits: what goes in comes out the same.
Param::Param(double value) {
  char buffer[40];
  snprintf(buffer, sizeof(buffer), "%.17g", value);
  text_ = buffer;
}
Param::Param(absl::Time value) : text_(TimeText(value)) {}
Param::Param(const Bytes& value) : text_(BytesText(value)) {}
Param::Param(const std::vector<std::string>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<int64_t>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<int32_t>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<bool>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<absl::Time>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<Bytes>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<std::optional<std::string>>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<std::optional<int64_t>>& values) : text_(ArrayText(values)) {}
Param::Param(const std::vector<std::optional<absl::Time>>& values) : text_(ArrayText(values)) {}

}  // namespace wissel::pg
