// Reads what an SOP says of one team.

#ifndef WISSEL_SERVICES_ROUTER_SOP_TEAM_YAML_H_
#define WISSEL_SERVICES_ROUTER_SOP_TEAM_YAML_H_

#include "absl/status/statusor.h"
#include "services/router/sop.h"
#include "services/router/yaml_tree.h"

namespace wissel::router {

// One item of `teams`, without its comment. InvalidSop for the first thing that is wrong. Pure.
absl::StatusOr<SopTeam> ReadTeam(const YamlNode& node);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_SOP_TEAM_YAML_H_
