// One text as YAML writes it. Pure.

#ifndef WISSEL_LIBS_SOP_YAML_SCALAR_H_
#define WISSEL_LIBS_SOP_YAML_SCALAR_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wissel::sop {

// Lines of a document are no longer than this where words allow it.
inline constexpr size_t kYamlWidth = 100;

// `text` on one line, without quotes where every YAML reader then takes it for a text, also inside
// of brackets.
std::string YamlWord(absl::string_view text);

// `text` as the value of a key, behind its colon. Long texts are folded, texts of several lines
// keep them; such lines stand two spaces in. In the document the value begins at `column`, from 0,
// and the key at `margin`.
std::string YamlValue(absl::string_view text, size_t column, size_t margin);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_YAML_SCALAR_H_
