// Reads an SOP from YAML. docs/sop.md describes the keys; deploy/demo/sop.yaml is an example.

#ifndef WISSEL_SERVICES_ROUTER_SOP_YAML_H_
#define WISSEL_SERVICES_ROUTER_SOP_YAML_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/router/sop.h"

namespace wissel::router {

// The SOP in `document`. Its shape is right: every value is of its kind and within its range, names
// are unique, every topic, parent, area and menu key that is named exists, each outcome has what it
// needs. Whether what it says is right, is for verify.h.
//
// INVALID_ARGUMENT `invalid_sop` for the first thing that is wrong, with field `document` and its
// line and column in message and facts. Unknown keys are refused, so that a misspelt one is not
// silently left out. Pure: depends on nothing but its arguments.
absl::StatusOr<Sop> ParseSop(const std::string& document);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_SOP_YAML_H_
