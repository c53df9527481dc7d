#include "libs/import/csv_writer.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/text/clean.h"
#include "libs/text/utf8.h"

namespace wissel {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What begins a formula, and its full-width and small forms, which Excel takes for the same; and
// the minus sign of mathematics.
constexpr int32_t kFormulaSigns[] = {'=',    '+',    '-',    '@',    0x2212, 0xFE62, 0xFE63,
                                     0xFE66, 0xFE6B, 0xFF0B, 0xFF0D, 0xFF1D, 0xFF20};

bool IsFormula(absl::string_view value) {
  if (!value.empty() && (value[0] == '\t' || value[0] == '\r' || value[0] == '\n')) return true;
  while (!value.empty()) {
    const std::optional<int32_t> point = text::TakeCodePoint(value);
    // A spreadsheet may show anything for bytes that are no text.
    if (!point) return true;
    if (text::IsBlank(*point) || text::HasNoShape(*point)) continue;
    return std::find(std::begin(kFormulaSigns), std::end(kFormulaSigns), *point) !=
           std::end(kFormulaSigns);
  }
  return false;
}

}  // namespace

CsvWriter::CsvWriter(CsvReaderKind reader)
    : is_excel_(reader == CsvReaderKind::kDutchExcel), text_(is_excel_ ? kByteOrderMark : "") {}

CsvWriter& CsvWriter::Text(absl::string_view value) {
  std::string field = absl::StrCat(IsFormula(value) ? "'" : "", value);
  // Quoted for either delimiter, so that a reader that is set up for the other splits nothing.
  if (field.find_first_of(",;\t\"\r\n") != std::string::npos) {
    field = absl::StrCat("\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
  }
  Add(std::move(field));
  return *this;
}

CsvWriter& CsvWriter::Number(absl::string_view value) {
  Add(is_excel_ ? absl::StrReplaceAll(value, {{".", ","}}) : std::string(value));
  return *this;
}

CsvWriter& CsvWriter::Number(int64_t value) { return Number(absl::StrCat(value)); }

void CsvWriter::EndRecord() {
  text_ += is_excel_ ? "\r\n" : "\n";
  is_record_begun_ = false;
}

std::string CsvWriter::Take() { return std::exchange(text_, std::string()); }

void CsvWriter::Add(std::string field) {
  if (is_record_begun_) text_ += is_excel_ ? ';' : ',';
  is_record_begun_ = true;
  text_ += field;
}

}  // namespace wissel
