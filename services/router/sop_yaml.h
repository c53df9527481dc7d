// Reads an SOP from YAML. docs/sop.md describes the keys; deploy/demo/sop.yaml is an example.

#ifndef WISSEL_SERVICES_ROUTER_SOP_YAML_H_
#define WISSEL_SERVICES_ROUTER_SOP_YAML_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "services/router/sop.h"

namespace wissel::router {

using TeamIds = absl::flat_hash_set<std::string>;

// The SOP in `document`, whole and sound: names are unique, every topic, parent and team that is
// named exists, every pattern is one, links are https, the last rule applies to everything and no
// other does. `teams` are those of the directory; null takes any team, for a document that was
// checked when it was loaded.
//
// INVALID_ARGUMENT `invalid_sop` for the first thing that is wrong, with field `document` and its
// line and column in message and facts. Unknown keys are refused, so that a misspelt one is not
// silently left out. Pure: depends on nothing but its arguments.
absl::StatusOr<Sop> ParseSop(const std::string& document, const TeamIds* teams);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_SOP_YAML_H_
