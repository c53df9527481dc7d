// UTF-8, one code point at a time. Pure and thread-safe.

#ifndef WISSEL_LIBS_TEXT_UTF8_H_
#define WISSEL_LIBS_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::text {

// Takes one code point off the front of `text`, which must not be empty. Absent, with `text` as it
// was, for anything that is not well-formed UTF-8: overlong forms, surrogates, code points beyond
// U+10FFFF, a sequence that is cut off.
std::optional<int32_t> TakeCodePoint(absl::string_view& text);

// REQUIRES: `code_point` is one that TakeCodePoint gives.
void AppendCodePoint(int32_t code_point, std::string* text);

// Category Cc, newline and tab included.
bool IsControlCharacter(int32_t code_point);

// Looks at 16 bytes at a time where it can.
bool IsAscii(absl::string_view text);

// Code points, which is what every limit "in characters" counts and what `[...text].length` gives
// in a browser. Bytes that are not UTF-8 count as one each.
size_t CountCharacters(absl::string_view text);

}  // namespace wissel::text

#endif  // WISSEL_LIBS_TEXT_UTF8_H_
