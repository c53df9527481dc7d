// One form for texts that are compared. What is stored stays as it was typed.
//
// `é` is one code point or two (a letter and an accent), depending on the machine that wrote it;
// NFC is the form with the fewest. Pure and thread-safe; text that is ASCII is returned at once,
// and so is any other that is in its form already.

#ifndef WISSEL_LIBS_TEXT_NORMAL_FORM_H_
#define WISSEL_LIBS_TEXT_NORMAL_FORM_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wissel::text {

// Whether Nfc would return it as it is. True for what is not UTF-8.
bool IsNfc(absl::string_view text);

// What is not UTF-8 is returned as it is.
std::string Nfc(absl::string_view text);

// The NFC form with capitals and small letters alike: a code point becomes the one that stands for
// all of its cases, `ß` stays one letter. Texts with the same fold differ in case only. What is not
// UTF-8 keeps its bytes.
std::string FoldCase(absl::string_view text);

}  // namespace wissel::text

#endif  // WISSEL_LIBS_TEXT_NORMAL_FORM_H_
