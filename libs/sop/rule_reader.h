// Reads the rules of an SOP.

#ifndef WISSEL_LIBS_SOP_RULE_READER_H_
#define WISSEL_LIBS_SOP_RULE_READER_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "libs/sop/sop.h"
#include "libs/sop/yaml_tree.h"

namespace wissel::sop {

// What rules can name.
struct SopNames {
  absl::flat_hash_set<std::string> topics;
  absl::flat_hash_set<std::string> areas;
  absl::flat_hash_set<std::string> menu;
};

// One item of `rules`, without its comment. InvalidSop for the first thing that is wrong. Pure.
absl::StatusOr<SopRule> ReadRule(const YamlNode& node, const SopNames& names);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_RULE_READER_H_
