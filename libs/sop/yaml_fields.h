// Values of an SOP document, read from its tree. Each reader answers InvalidSop with the place of
// what is wrong. Pure.

#ifndef WISSEL_LIBS_SOP_YAML_FIELDS_H_
#define WISSEL_LIBS_SOP_YAML_FIELDS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/base/status.h"
#include "libs/sop/sop_vocabulary.h"
#include "libs/sop/yaml_tree.h"

namespace wissel::sop {

// A mapping of which every key is known; absent keys are null. Views: the tree outlives it.
class YamlFields {
 public:
  // Also refuses a mapping with a key that is not in `known`.
  static absl::StatusOr<YamlFields> Of(const YamlNode& node,
                                       const std::vector<absl::string_view>& known);

  const YamlNode* Find(absl::string_view key) const;
  absl::StatusOr<const YamlNode*> Need(absl::string_view key) const;
  SourceLocation location() const { return location_; }

 private:
  explicit YamlFields(SourceLocation location) : location_(location) {}

  SourceLocation location_;
  std::vector<std::pair<absl::string_view, const YamlNode*>> found_;
};

// Not empty, at most 4,000 bytes, without control characters but newline and tab. What has no shape
// goes (libs/text/clean.h): nobody could find it in the document.
absl::StatusOr<std::string> Text(const YamlNode& node);

// A Text for numbers, hours and dates: every kind of dash is `-`, every kind of blank a space.
absl::StatusOr<std::string> PlainText(const YamlNode& node);

// The name by which rules and cases know something: one line of at most 80 letters.
absl::StatusOr<std::string> Id(const YamlNode& node);

// Digits, spaces, + and -; at most 20.
absl::StatusOr<std::string> PhoneNumber(const YamlNode& node);

// A whole number within both bounds.
absl::StatusOr<int> Number(const YamlNode& node, int least, int most);

// `2027-03-01`.
absl::StatusOr<absl::CivilDay> Day(const YamlNode& node);

// A list with at least one item.
absl::StatusOr<const std::vector<YamlNode>*> List(const YamlNode& node);

// One of `words`.
template <typename Value>
absl::StatusOr<Value> Word(const YamlNode& node, const Words<Value>& words) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, Text(node));
  std::vector<absl::string_view> known;
  for (const auto& [word, value] : words) {
    if (word == text) return value;
    known.push_back(word);
  }
  return InvalidSop(node.location,
                    absl::StrCat("\"", text, "\" is niet een van ", absl::StrJoin(known, ", ")));
}

// A list of things that `read` reads, none of them twice.
template <typename Value, typename Read>
absl::Status ReadList(const YamlNode& node, Read read, std::vector<Value>* values) {
  WISSEL_ASSIGN_OR_RETURN(const auto* items, List(node));
  absl::flat_hash_set<Value> seen;
  for (const YamlNode& item : *items) {
    WISSEL_ASSIGN_OR_RETURN(Value value, read(item));
    if (!seen.insert(value).second) {
      return InvalidSop(item.location, absl::StrCat("\"", item.text, "\" staat er twee keer"));
    }
    values->push_back(std::move(value));
  }
  return absl::OkStatus();
}

// Reads the value of `key`, if it is there, into `target`, which has what `read` gives.
template <typename Target, typename Read>
absl::Status ReadIfThere(const YamlFields& fields, absl::string_view key, Read read,
                         Target* target) {
  const YamlNode* node = fields.Find(key);
  if (node == nullptr) return absl::OkStatus();
  WISSEL_ASSIGN_OR_RETURN(*target, read(*node));
  return absl::OkStatus();
}

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_YAML_FIELDS_H_
