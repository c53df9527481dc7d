// Reads what an SOP says of one team.

#ifndef WISSEL_LIBS_SOP_TEAM_READER_H_
#define WISSEL_LIBS_SOP_TEAM_READER_H_

#include "absl/status/statusor.h"
#include "libs/sop/sop.h"
#include "libs/sop/yaml_tree.h"

namespace wissel::sop {

// One item of `teams`, without its comment. InvalidSop for the first thing that is wrong. Pure.
absl::StatusOr<SopTeam> ReadTeam(const YamlNode& node);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_TEAM_READER_H_
