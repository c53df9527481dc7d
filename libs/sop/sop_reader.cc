#include "libs/sop/sop_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "libs/sop/postcode_range.h"
#include "libs/sop/rule_reader.h"
#include "libs/sop/team_reader.h"
#include "libs/sop/yaml_comments.h"
#include "libs/sop/yaml_fields.h"

namespace wissel::sop {
namespace {

constexpr size_t kMostTeams = 500;
constexpr size_t kMostChoices = 10;
constexpr size_t kMostAreas = 500;
constexpr size_t kMostPlaces = 20000;
constexpr size_t kMostTopics = 2000;
constexpr int kMostTopicLevels = 10;
constexpr size_t kMostRules = 10000;
// Topics that rules name, in all.
constexpr size_t kMostTopicsOfRules = 100000;

// An item of the document, or, without a source, the key of a section.
struct Mark {
  size_t begin = 0;
  // Where its last value begins.
  size_t last = 0;
  SopSource* source = nullptr;
};

size_t LastOffset(const YamlNode& node) {
  return node.children.empty() ? node.offset : LastOffset(node.children.back());
}

// Adds each comment to the item in which it stands, or else to the next one; without a next, to the
// last one. What stands above all is the document's.
void Attach(const std::vector<YamlComment>& comments, std::vector<Mark> marks, std::string* head) {
  std::sort(marks.begin(), marks.end(),
            [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
  size_t next = 0;
  for (const YamlComment& comment : comments) {
    while (next < marks.size() && marks[next].begin <= comment.offset) ++next;
    std::string* target = head;
    if (next > 0) {
      const Mark& before = marks[next - 1];
      const bool inside =
          before.source != nullptr && (comment.offset < before.last || !comment.own_line);
      const auto item = [](const Mark& mark) { return mark.source != nullptr; };
      const auto after = std::find_if(marks.begin() + next, marks.end(), item);
      const auto last = std::find_if(marks.rbegin(), marks.rend(), item);
      target = &(inside ? before : after != marks.end() ? *after : *last).source->comment;
    }
    absl::StrAppend(target, comment.text, "\n");
  }
}

class Parser {
 public:
  // Both outlive it.
  Parser(const std::string& document, const YamlNode& root) : document_(document), root_(root) {}

  absl::StatusOr<Sop> Parse();

 private:
  absl::StatusOr<SopMenuChoice> ReadChoice(const YamlNode& node);
  absl::StatusOr<SopArea> ReadArea(const YamlNode& node);
  absl::StatusOr<SopTopic> ReadTopic(const YamlNode& node);
  absl::StatusOr<SopRule> ReadOneRule(const YamlNode& node);

  // Reads the section `key` into `items`, of which `id` gives the name that must be the only one.
  template <typename Item, typename Read>
  absl::Status ReadSection(const YamlFields& fields, absl::string_view key, size_t most, Read read,
                           std::string Item::*id, std::vector<Item>* items);
  template <typename Item>
  void MarkItems(absl::string_view key, std::vector<Item>& items);

  const std::string& document_;
  const YamlNode& root_;
  Sop sop_;
  SopNames names_;
  std::vector<Mark> marks_;
  absl::flat_hash_map<std::string, int> topic_levels_;
  size_t places_ = 0;
  size_t topics_of_rules_ = 0;
};

template <typename Item, typename Read>
absl::Status Parser::ReadSection(const YamlFields& fields, absl::string_view key, size_t most,
                                 Read read, std::string Item::*id, std::vector<Item>* items) {
  const YamlNode* section = fields.Find(key);
  if (section == nullptr) return absl::OkStatus();
  WISSEL_ASSIGN_OR_RETURN(const auto* nodes, List(*section));
  if (nodes->size() > most) {
    return InvalidSop(section->location,
                      absl::StrCat("er kunnen hoogstens ", most, " ", key, " zijn"));
  }
  absl::flat_hash_set<std::string> ids;
  items->reserve(nodes->size());
  for (const YamlNode& node : *nodes) {
    WISSEL_ASSIGN_OR_RETURN(Item item, read(node));
    if (!ids.insert(item.*id).second) {
      return InvalidSop(node.location, absl::StrCat("twee ", key, " heten \"", item.*id, "\""));
    }
    items->push_back(std::move(item));
  }
  return absl::OkStatus();
}

template <typename Item>
void Parser::MarkItems(absl::string_view key, std::vector<Item>& items) {
  for (size_t i = 0; i + 1 < root_.children.size(); i += 2) {
    if (root_.children[i].text != key) continue;
    marks_.push_back({.begin = root_.children[i].offset});
    const std::vector<YamlNode>& nodes = root_.children[i + 1].children;
    for (size_t n = 0; n < items.size(); ++n) {
      marks_.push_back({nodes[n].offset, LastOffset(nodes[n]), &items[n].source});
    }
  }
}

absl::StatusOr<Sop> Parser::Parse() {
  WISSEL_ASSIGN_OR_RETURN(const YamlFields fields,
                          YamlFields::Of(root_, {"teams", "menu", "areas", "topics", "rules"}));
  WISSEL_RETURN_IF_ERROR(fields.Need("rules").status());
  WISSEL_RETURN_IF_ERROR(
      ReadSection(fields, "teams", kMostTeams, ReadTeam, &SopTeam::team_id, &sop_.teams));
  const auto choice = [this](const YamlNode& node) { return ReadChoice(node); };
  WISSEL_RETURN_IF_ERROR(
      ReadSection(fields, "menu", kMostChoices, choice, &SopMenuChoice::key, &sop_.menu));
  const auto area = [this](const YamlNode& node) { return ReadArea(node); };
  WISSEL_RETURN_IF_ERROR(
      ReadSection(fields, "areas", kMostAreas, area, &SopArea::area_id, &sop_.areas));
  const auto topic = [this](const YamlNode& node) { return ReadTopic(node); };
  WISSEL_RETURN_IF_ERROR(
      ReadSection(fields, "topics", kMostTopics, topic, &SopTopic::topic_id, &sop_.topics));
  const auto rule = [this](const YamlNode& node) { return ReadOneRule(node); };
  WISSEL_RETURN_IF_ERROR(
      ReadSection(fields, "rules", kMostRules, rule, &SopRule::rule_id, &sop_.rules));

  MarkItems("teams", sop_.teams);
  MarkItems("menu", sop_.menu);
  MarkItems("areas", sop_.areas);
  MarkItems("topics", sop_.topics);
  MarkItems("rules", sop_.rules);
  Attach(FindYamlComments(document_, root_), std::move(marks_), &sop_.comment);
  return std::move(sop_);
}

absl::StatusOr<SopMenuChoice> Parser::ReadChoice(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const YamlFields fields, YamlFields::Of(node, {"key", "says"}));
  SopMenuChoice choice;
  choice.source.location = node.location;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* key, fields.Need("key"));
  WISSEL_ASSIGN_OR_RETURN(choice.key, Id(*key));
  if (choice.key.size() != 1 || choice.key[0] < '0' || choice.key[0] > '9') {
    return InvalidSop(key->location, "een toets van het menu is één cijfer");
  }
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* says, fields.Need("says"));
  WISSEL_ASSIGN_OR_RETURN(choice.says, Text(*says));
  names_.menu.insert(choice.key);
  return choice;
}

absl::StatusOr<SopArea> Parser::ReadArea(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const YamlFields fields,
                          YamlFields::Of(node, {"id", "name", "postcodes", "neighbourhoods"}));
  const auto postcodes = [](const YamlNode& item) -> absl::StatusOr<std::string> {
    WISSEL_ASSIGN_OR_RETURN(std::string text, Id(item));
    if (ReadPostcodes(text)) return text;
    return InvalidSop(item.location, "postcodes schrijft u als 2511, 2511AB of 2511-2519");
  };
  SopArea area;
  area.source.location = node.location;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* id, fields.Need("id"));
  WISSEL_ASSIGN_OR_RETURN(area.area_id, Id(*id));
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* name, fields.Need("name"));
  WISSEL_ASSIGN_OR_RETURN(area.name, Text(*name));
  if (const YamlNode* items = fields.Find("postcodes")) {
    WISSEL_RETURN_IF_ERROR(ReadList(*items, postcodes, &area.postcodes));
  }
  if (const YamlNode* items = fields.Find("neighbourhoods")) {
    WISSEL_RETURN_IF_ERROR(ReadList(*items, Id, &area.neighbourhoods));
  }
  const size_t places = area.postcodes.size() + area.neighbourhoods.size();
  if (places == 0) return InvalidSop(node.location, "een gebied heeft postcodes of buurten");
  places_ += places;
  if (places_ > kMostPlaces) return InvalidSop(node.location, "te veel postcodes en buurten");
  names_.areas.insert(area.area_id);
  return area;
}

absl::StatusOr<SopTopic> Parser::ReadTopic(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const YamlFields fields,
                          YamlFields::Of(node, {"id", "name", "upl", "parent"}));
  SopTopic topic;
  topic.source.location = node.location;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* id, fields.Need("id"));
  WISSEL_ASSIGN_OR_RETURN(topic.topic_id, Id(*id));
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* name, fields.Need("name"));
  WISSEL_ASSIGN_OR_RETURN(topic.name, Text(*name));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "upl", Text, &topic.upl_uri));
  if (!topic.upl_uri.empty() &&
      !absl::StartsWith(topic.upl_uri, "http://standaarden.overheid.nl/owms/terms/")) {
    return InvalidSop(fields.Find("upl")->location,
                      "dit is geen adres in de landelijke lijst van producten (UPL)");
  }
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "parent", Id, &topic.parent));
  int level = 1;
  if (const YamlNode* parent = fields.Find("parent")) {
    const auto above = topic_levels_.find(topic.parent);
    if (above == topic_levels_.end()) {
      return InvalidSop(parent->location,
                        absl::StrCat("geen thema hierboven heeft de naam \"", topic.parent, "\""));
    }
    level = above->second + 1;
    if (level > kMostTopicLevels) return InvalidSop(parent->location, "te veel lagen van thema's");
  }
  topic_levels_.emplace(topic.topic_id, level);
  names_.topics.insert(topic.topic_id);
  return topic;
}

absl::StatusOr<SopRule> Parser::ReadOneRule(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(SopRule rule, ReadRule(node, names_));
  topics_of_rules_ += rule.when.topics.size();
  for (const Conditions& exception : rule.unless) topics_of_rules_ += exception.topics.size();
  if (topics_of_rules_ > kMostTopicsOfRules) {
    return InvalidSop(node.location, "de afspraken noemen te veel thema's; noem het thema erboven");
  }
  return rule;
}

}  // namespace

absl::StatusOr<Sop> ParseSop(const std::string& document) {
  WISSEL_ASSIGN_OR_RETURN(const YamlNode root, ReadYamlTree(document));
  return Parser(document, root).Parse();
}

}  // namespace wissel::sop
