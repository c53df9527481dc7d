// Reads an SOP from YAML. docs/sop.md describes the keys; deploy/demo/sop.yaml is an example.

#ifndef WISSEL_LIBS_SOP_SOP_READER_H_
#define WISSEL_LIBS_SOP_SOP_READER_H_

#include <string>

#include "absl/status/statusor.h"
#include "libs/sop/sop.h"

namespace wissel::sop {

// The SOP in `document`. Its shape is right: every value is of its kind and within its range, names
// are unique, every topic, parent, area and menu key that is named exists, each outcome has what it
// needs. Whether what it says is right, is for verify.h.
//
// INVALID_ARGUMENT `invalid_sop` for the first thing that is wrong, with field `document` and its
// line and column in message and facts. Unknown keys are refused, so that a misspelt one is not
// silently left out. Pure: depends on nothing but its arguments.
absl::StatusOr<Sop> ParseSop(const std::string& document);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_SOP_READER_H_
