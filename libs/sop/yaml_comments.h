// The comments of a YAML text, which a YAML reader leaves out.

#ifndef WISSEL_LIBS_SOP_YAML_COMMENTS_H_
#define WISSEL_LIBS_SOP_YAML_COMMENTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libs/sop/yaml_tree.h"

namespace wissel::sop {

struct YamlComment {
  // Of its `#`, in bytes.
  size_t offset = 0;
  // Nothing but spaces before it on its line.
  bool own_line = false;
  // Without `#` and one space after it, and without spaces at the end.
  std::string text;
};

// The comments of `text`, in order. `root` is what ReadYamlTree made of it. Pure; takes time in
// proportion to the text.
std::vector<YamlComment> FindYamlComments(absl::string_view text, const YamlNode& root);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_YAML_COMMENTS_H_
