#include "services/wissel/commands/text_table.h"

#include <locale.h>
#include <wchar.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/text/utf8.h"

namespace wissel {
namespace {

// Widths are those of Unicode, whatever the language of whoever runs the program.
int WidthOf(int32_t point) {
  static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (unicode == nullptr) return 1;
  const locale_t before = uselocale(unicode);
  const int width = wcwidth(static_cast<wchar_t>(point));
  uselocale(before);
  return std::max(width, 0);
}

}  // namespace

size_t DisplayWidth(absl::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const std::optional<int32_t> point = text::TakeCodePoint(text);
    if (point) {
      width += static_cast<size_t>(WidthOf(*point));
    } else {
      // A terminal shows something for a byte that is none.
      text.remove_prefix(1);
      ++width;
    }
  }
  return width;
}

std::string TextTable::ToString() const {
  std::vector<size_t> widths;
  for (const std::vector<std::string>& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - DisplayWidth(row[i]), ' ');
      absl::StrAppend(&line, i == 0 ? "" : "  ", i < names_ ? row[i] : blanks,
                      i < names_ ? blanks : row[i]);
    }
    absl::StripTrailingAsciiWhitespace(&line);
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

}  // namespace wissel
