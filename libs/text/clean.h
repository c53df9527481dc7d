// What is kept of what people and machines write. Residents paste from Word and phones, mail comes
// from any program: nobody's question is refused for a character that no one can see. So:
//
//   - ends of lines in all their kinds (CR, CRLF, vertical tab, form feed, NEL, U+2028, U+2029)
//     become a newline, and a blank where one line is meant; a tab stays in texts of many lines;
//   - other control characters go, NUL among them, and so do code points that are no characters;
//   - what has no shape of its own goes: every control of direction (marks, embeddings, overrides,
//     isolates: they make a text look like another one), byte order marks, soft hyphens, zero-width
//     spaces, fillers, tags;
//   - but a joiner or non-joiner (U+200D, U+200C) stays behind a letter of a script that is written
//     with it (Arabic, Persian, those of India) and inside an emoji, and the choice of a shape
//     (U+FE0E, U+FE0F) behind an emoji;
//   - blanks at both ends go.
//
// Everything else stays as it was typed: accents, the normal form, dashes, quotes. Pure and
// thread-safe; text that is all printable ASCII is only trimmed.

#ifndef WISSEL_LIBS_TEXT_CLEAN_H_
#define WISSEL_LIBS_TEXT_CLEAN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::text {

// Whether it is white space: of any width, or the end of a line.
bool IsBlank(int32_t code_point);

// Whether it leaves no mark on paper, besides white space: a control character, a control of
// direction, a joiner, what is no character at all.
bool HasNoShape(int32_t code_point);

enum class Shape {
  // Of any number of lines.
  kText,
  // One line.
  kLine,
  // One line that is a name, by an allow-list: letters, marks, numbers, punctuation and symbols
  // that Unicode knows, with plain blanks between them.
  kName,
};

// What is kept of `typed`; absent if it is not UTF-8.
std::optional<std::string> Clean(absl::string_view typed, Shape shape);

// As Clean for a text, with the blanks at its ends.
std::optional<std::string> DropHidden(absl::string_view typed);

// What was typed as a number, a postcode or an address, as a program reads it: every dash of
// Unicode is `-`, every blank is a space, and what has no shape goes, as above. For reading only.
// Bytes that are not UTF-8 stay.
std::string PlainDashesAndBlanks(absl::string_view typed);

}  // namespace wissel::text

#endif  // WISSEL_LIBS_TEXT_CLEAN_H_
