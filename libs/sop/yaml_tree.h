// A YAML text as a tree in which everything knows its location, read without trust in the text.

#ifndef WISSEL_LIBS_SOP_YAML_TREE_H_
#define WISSEL_LIBS_SOP_YAML_TREE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/sop/source_location.h"

namespace wissel::sop {

// A value, a list or a mapping; a plain value without text is written `key:`.
struct YamlNode {
  enum class Kind { kText, kList, kMap };

  Kind kind = Kind::kText;
  SourceLocation location;
  // Where it begins in the text, in bytes.
  size_t offset = 0;
  // Of a kText.
  std::string text;
  // Of a kList: its items. Of a kMap: keys and values in turn.
  std::vector<YamlNode> children;
};

// INVALID_ARGUMENT `invalid_sop` for the field `document`: "regel 3, kolom 7: <message>", with
// facts `line` and `column`.
absl::Status InvalidSop(SourceLocation location, absl::string_view message);

// The one document in `text`. InvalidSop for: more than kMostSopBytes; bytes that are not UTF-8,
// control characters; what YAML does not allow; more than one document; anchors, aliases and tags;
// more than kMostYamlDepth levels, kMostYamlNodes values or kMostYamlColumns in a line; a key twice
// in one mapping; a key that is not plain text. Takes time and memory in proportion to the text.
absl::StatusOr<YamlNode> ReadYamlTree(const std::string& text);

// Ten thousand rules take a third of this.
inline constexpr size_t kMostSopBytes = size_t{4} << 20;
inline constexpr size_t kMostYamlDepth = 12;
inline constexpr size_t kMostYamlNodes = 500000;
// yaml-cpp keeps all of a line that may be a key.
inline constexpr int kMostYamlColumns = 50000;

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_YAML_TREE_H_
