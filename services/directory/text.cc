#include "services/directory/text.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/utf8.h"

namespace wissel::directory {
namespace {

// What the limits are about.
struct Line {
  size_t characters = 0;
  bool has_control = false;
  bool begins_blank = false;
  bool ends_blank = false;
};

Line Measure(absl::string_view text) {
  Line line;
  while (!text.empty()) {
    const std::optional<int32_t> code_point = TakeCodePoint(text);
    if (!code_point) {
      // Not UTF-8, which protobuf lets through nowhere: no character of it is welcome.
      line.has_control = true;
      return line;
    }
    line.has_control |= IsControlCharacter(*code_point);
    line.ends_blank = IsBlankCharacter(*code_point);
    if (line.characters == 0) line.begins_blank = line.ends_blank;
    ++line.characters;
  }
  return line;
}

}  // namespace

size_t CountCharacters(absl::string_view text) { return Measure(text).characters; }

absl::Status CheckLine(absl::string_view field, absl::string_view text, size_t max) {
  const Line line = Measure(text);
  if (line.characters > max) {
    return InvalidField(field, "too_long", absl::StrCat("at most ", max, " characters"));
  }
  if (line.has_control || line.begins_blank || line.ends_blank) {
    return InvalidField(field, "invalid_character",
                        "one line, without control characters or blanks around it");
  }
  return absl::OkStatus();
}

absl::Status CheckName(absl::string_view field, absl::string_view text, size_t max) {
  if (text.empty()) return InvalidField(field, "required", "this field is needed");
  return CheckLine(field, text, max);
}

}  // namespace wissel::directory
