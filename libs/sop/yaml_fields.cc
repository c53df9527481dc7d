#include "libs/sop/yaml_fields.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "libs/text/clean.h"
#include "libs/text/utf8.h"

namespace wissel::sop {
namespace {

constexpr size_t kMostIdLetters = 80;
constexpr size_t kMostTextBytes = 4000;
constexpr size_t kMostPhoneBytes = 20;

}  // namespace

absl::StatusOr<YamlFields> YamlFields::Of(const YamlNode& node,
                                          const std::vector<absl::string_view>& known) {
  if (node.kind != YamlNode::Kind::kMap) {
    return InvalidSop(node.location, "hier horen sleutels met waarden");
  }
  YamlFields fields(node.location);
  for (size_t i = 0; i + 1 < node.children.size(); i += 2) {
    const YamlNode& key = node.children[i];
    if (std::find(known.begin(), known.end(), key.text) == known.end()) {
      return InvalidSop(key.location, absl::StrCat("onbekende sleutel \"", key.text,
                                                   "\"; bekend zijn ", absl::StrJoin(known, ", ")));
    }
    fields.found_.emplace_back(key.text, &node.children[i + 1]);
  }
  return fields;
}

const YamlNode* YamlFields::Find(absl::string_view key) const {
  for (const auto& [name, node] : found_) {
    if (name == key) return node;
  }
  return nullptr;
}

absl::StatusOr<const YamlNode*> YamlFields::Need(absl::string_view key) const {
  if (const YamlNode* node = Find(key)) return node;
  return InvalidSop(location_, absl::StrCat("de sleutel \"", key, "\" ontbreekt"));
}

absl::StatusOr<std::string> Text(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kText) return InvalidSop(node.location, "hier hoort een tekst");
  if (node.text.empty()) return InvalidSop(node.location, "hier hoort een tekst, niet niets");
  if (node.text.size() > kMostTextBytes) return InvalidSop(node.location, "de tekst is te lang");
  // Escapes in double quotes can make what the document itself may not have.
  for (absl::string_view rest = node.text; !rest.empty();) {
    const std::optional<int32_t> point = text::TakeCodePoint(rest);
    if (!point || (text::IsControlCharacter(*point) && *point != '\n' && *point != '\t')) {
      return InvalidSop(node.location, "een stuurteken mag hier niet");
    }
  }
  std::string text = text::DropHidden(node.text).value_or("");
  if (text.empty()) return InvalidSop(node.location, "hier hoort een tekst, niet niets");
  return text;
}

absl::StatusOr<std::string> Id(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(std::string id, Text(node));
  size_t letters = 0;
  for (absl::string_view rest = id; !rest.empty(); ++letters) text::TakeCodePoint(rest);
  if (letters > kMostIdLetters || id.find_first_of("\n\t") != std::string::npos) {
    return InvalidSop(node.location, absl::StrCat("een naam is één regel van hoogstens ",
                                                  kMostIdLetters, " letters"));
  }
  return id;
}

absl::StatusOr<std::string> PlainText(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, Text(node));
  return text::PlainDashesAndBlanks(text);
}

absl::StatusOr<std::string> PhoneNumber(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(std::string number, PlainText(node));
  const bool sound = number.size() <= kMostPhoneBytes &&
                     number.find_first_not_of("+0123456789 -") == std::string::npos &&
                     number.find_first_of("0123456789") != std::string::npos;
  if (!sound) return InvalidSop(node.location, "een telefoonnummer heeft cijfers, spaties, + en -");
  return number;
}

absl::StatusOr<int> Number(const YamlNode& node, int least, int most) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, Text(node));
  int number = 0;
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || !absl::SimpleAtoi(text, &number) || number < least || number > most) {
    return InvalidSop(node.location, absl::StrCat("hier hoort een geheel getal van ", least,
                                                  " tot en met ", most));
  }
  return number;
}

absl::StatusOr<absl::CivilDay> Day(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, PlainText(node));
  absl::CivilDay day;
  // Strictly as people write it: reading is more lenient than we want to be.
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day) ||
      absl::FormatCivilTime(day) != text) {
    return InvalidSop(node.location, "hier hoort een datum, zoals 2027-03-01");
  }
  return day;
}

absl::StatusOr<const std::vector<YamlNode>*> List(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kList) return InvalidSop(node.location, "hier hoort een lijst");
  if (node.children.empty()) return InvalidSop(node.location, "de lijst is leeg");
  return &node.children;
}

}  // namespace wissel::sop
