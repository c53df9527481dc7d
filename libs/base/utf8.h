// UTF-8, one code point at a time: what limits "in characters" count. Pure and thread-safe.

#ifndef WISSEL_LIBS_BASE_UTF8_H_
#define WISSEL_LIBS_BASE_UTF8_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace wissel {

// Takes one code point off the front of `text`, which must not be empty. Absent, with `text` as it
// was, for anything that is not well-formed UTF-8: overlong forms, surrogates, code points beyond
// U+10FFFF, a sequence that is cut off.
std::optional<int32_t> TakeCodePoint(absl::string_view& text);

// Whether it is a control character (category Cc), newline and tab included.
bool IsControlCharacter(int32_t code_point);

// Whether it is a space that a reader does not see: those of Unicode, and zero-width ones.
bool IsBlankCharacter(int32_t code_point);

}  // namespace wissel

#endif  // WISSEL_LIBS_BASE_UTF8_H_
