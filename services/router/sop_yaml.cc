#include "services/router/sop_yaml.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/status.h"
#include "libs/base/utf8.h"
#include "services/router/keywords.h"
#include "services/router/yaml_tree.h"

namespace wissel::router {
namespace {

constexpr size_t kMostRules = 10000;
constexpr size_t kMostTopics = 2000;
constexpr size_t kMostIdLetters = 80;
constexpr size_t kMostTextBytes = 4000;

template <typename Value>
using Words = std::vector<std::pair<absl::string_view, Value>>;

const Words<Channel>& ChannelWords() {
  static const auto* words = new Words<Channel>{
      {"phone", common::v1::CHANNEL_PHONE},      {"callback", common::v1::CHANNEL_CALLBACK},
      {"email", common::v1::CHANNEL_EMAIL},      {"form", common::v1::CHANNEL_FORM},
      {"chat", common::v1::CHANNEL_CHAT},        {"social", common::v1::CHANNEL_SOCIAL},
      {"counter", common::v1::CHANNEL_COUNTER},  {"post", common::v1::CHANNEL_POST},
      {"internal", common::v1::CHANNEL_INTERNAL}};
  return *words;
}

const Words<v1::Outcome>& OutcomeWords() {
  static const auto* words = new Words<v1::Outcome>{{"answer", v1::OUTCOME_ANSWER},
                                                    {"steer", v1::OUTCOME_STEER},
                                                    {"transfer", v1::OUTCOME_TRANSFER},
                                                    {"queue", v1::OUTCOME_QUEUE},
                                                    {"reject", v1::OUTCOME_REJECT}};
  return *words;
}

const Words<v1::SteerTarget>& TargetWords() {
  static const auto* words =
      new Words<v1::SteerTarget>{{"self_service", v1::STEER_TARGET_SELF_SERVICE},
                                 {"form", v1::STEER_TARGET_FORM},
                                 {"mor", v1::STEER_TARGET_MOR},
                                 {"counter", v1::STEER_TARGET_COUNTER},
                                 {"own_number", v1::STEER_TARGET_OWN_NUMBER}};
  return *words;
}

const Words<CustomerKind>& CustomerWords() {
  static const auto* words = new Words<CustomerKind>{{"resident", CustomerKind::kResident},
                                                     {"business", CustomerKind::kBusiness}};
  return *words;
}

// A mapping of which every key is known; absent keys are null.
class Fields {
 public:
  static absl::StatusOr<Fields> Of(const YamlNode& node, std::vector<absl::string_view> known) {
    if (node.kind != YamlNode::Kind::kMap) return InvalidSop(node.place, "a mapping is needed");
    Fields fields(node.place);
    for (size_t i = 0; i + 1 < node.children.size(); i += 2) {
      const YamlNode& key = node.children[i];
      if (std::find(known.begin(), known.end(), key.text) == known.end()) {
        return InvalidSop(key.place, absl::StrCat("unknown key \"", key.text, "\"; known are ",
                                                  absl::StrJoin(known, ", ")));
      }
      fields.found_[key.text] = &node.children[i + 1];
    }
    return fields;
  }

  const YamlNode* Find(absl::string_view key) const {
    const auto found = found_.find(key);
    return found == found_.end() ? nullptr : found->second;
  }

  absl::StatusOr<const YamlNode*> Need(absl::string_view key) const {
    if (const YamlNode* node = Find(key)) return node;
    return InvalidSop(place_, absl::StrCat("the key \"", key, "\" is missing"));
  }

  YamlPlace place() const { return place_; }

 private:
  explicit Fields(YamlPlace place) : place_(place) {}

  YamlPlace place_;
  absl::flat_hash_map<std::string, const YamlNode*> found_;
};

absl::StatusOr<std::string> Text(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kText) return InvalidSop(node.place, "a text is needed");
  if (node.text.empty()) return InvalidSop(node.place, "a text is needed here, not nothing");
  if (node.text.size() > kMostTextBytes) return InvalidSop(node.place, "the text is too long");
  return node.text;
}

// The name by which rules and cases know a topic, team or rule.
absl::StatusOr<std::string> Id(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(std::string id, Text(node));
  size_t letters = 0;
  for (absl::string_view rest = id; !rest.empty(); ++letters) TakeCodePoint(rest);
  if (letters > kMostIdLetters || id.find_first_of("\n\t") != std::string::npos) {
    return InvalidSop(node.place,
                      absl::StrCat("a name is one line of at most ", kMostIdLetters, " letters"));
  }
  return id;
}

template <typename Value>
absl::StatusOr<Value> Word(const YamlNode& node, const Words<Value>& words) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, Text(node));
  std::vector<absl::string_view> known;
  for (const auto& [word, value] : words) {
    if (word == text) return value;
    known.push_back(word);
  }
  return InvalidSop(node.place,
                    absl::StrCat("\"", text, "\" is none of ", absl::StrJoin(known, ", ")));
}

// A list with at least one item.
absl::StatusOr<const std::vector<YamlNode>*> List(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kList) return InvalidSop(node.place, "a list is needed");
  if (node.children.empty()) return InvalidSop(node.place, "the list is empty");
  return &node.children;
}

class Parser {
 public:
  absl::StatusOr<Sop> Parse(const YamlNode& root);

 private:
  absl::Status AddTopic(const YamlNode& node);
  absl::Status AddRule(const YamlNode& node, bool is_last);
  absl::StatusOr<Conditions> ReadConditions(const YamlNode& node);
  absl::StatusOr<Agreement> ReadAgreement(const Fields& fields);
  absl::Status ReadSteering(const Fields& fields, Agreement* agreement);

  Sop sop_;
  absl::flat_hash_set<std::string> topic_ids_;
  absl::flat_hash_set<std::string> rule_ids_;
};

absl::StatusOr<Sop> Parser::Parse(const YamlNode& root) {
  WISSEL_ASSIGN_OR_RETURN(const Fields fields, Fields::Of(root, {"topics", "rules"}));
  if (const YamlNode* topics = fields.Find("topics")) {
    WISSEL_ASSIGN_OR_RETURN(const auto* items, List(*topics));
    if (items->size() > kMostTopics) return InvalidSop(topics->place, "too many topics");
    for (const YamlNode& item : *items) WISSEL_RETURN_IF_ERROR(AddTopic(item));
  }
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* rules, fields.Need("rules"));
  WISSEL_ASSIGN_OR_RETURN(const auto* items, List(*rules));
  if (items->size() > kMostRules) return InvalidSop(rules->place, "too many rules");
  for (const YamlNode& item : *items) {
    WISSEL_RETURN_IF_ERROR(AddRule(item, &item == &items->back()));
  }
  return std::move(sop_);
}

absl::Status Parser::AddTopic(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const Fields fields, Fields::Of(node, {"id", "name", "upl", "parent"}));
  SopTopic topic;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* id, fields.Need("id"));
  WISSEL_ASSIGN_OR_RETURN(topic.topic_id, Id(*id));
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* name, fields.Need("name"));
  WISSEL_ASSIGN_OR_RETURN(topic.name, Text(*name));
  if (const YamlNode* upl = fields.Find("upl")) {
    WISSEL_ASSIGN_OR_RETURN(topic.upl_uri, Text(*upl));
    if (!absl::StartsWith(topic.upl_uri, "http://standaarden.overheid.nl/owms/terms/")) {
      return InvalidSop(upl->place, "not an address in the national list of products (UPL)");
    }
  }
  if (const YamlNode* parent = fields.Find("parent")) {
    WISSEL_ASSIGN_OR_RETURN(topic.parent, Id(*parent));
    if (!topic_ids_.contains(topic.parent)) {
      return InvalidSop(parent->place,
                        absl::StrCat("no topic above this one has the id \"", topic.parent, "\""));
    }
  }
  if (!topic_ids_.insert(topic.topic_id).second) {
    return InvalidSop(id->place, absl::StrCat("two topics have the id \"", topic.topic_id, "\""));
  }
  sop_.topics.push_back(std::move(topic));
  return absl::OkStatus();
}

absl::Status Parser::AddRule(const YamlNode& node, bool is_last) {
  WISSEL_ASSIGN_OR_RETURN(
      const Fields fields,
      Fields::Of(node, {"id", "when", "outcome", "team", "target", "to", "phone", "script"}));
  SopRule rule;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* id, fields.Need("id"));
  WISSEL_ASSIGN_OR_RETURN(rule.rule_id, Id(*id));
  if (!rule_ids_.insert(rule.rule_id).second) {
    return InvalidSop(id->place, absl::StrCat("two rules have the id \"", rule.rule_id, "\""));
  }
  if (const YamlNode* when = fields.Find("when")) {
    WISSEL_ASSIGN_OR_RETURN(rule.when, ReadConditions(*when));
  }
  if (is_last && !rule.when.empty()) {
    return InvalidSop(fields.place(), "the last rule must apply to everything: leave out `when`");
  }
  if (!is_last && rule.when.empty()) {
    return InvalidSop(fields.place(),
                      "only the last rule may go without `when`: it hides those below");
  }
  WISSEL_ASSIGN_OR_RETURN(rule.then, ReadAgreement(fields));
  sop_.rules.push_back(std::move(rule));
  return absl::OkStatus();
}

absl::StatusOr<Conditions> Parser::ReadConditions(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const Fields fields,
                          Fields::Of(node, {"channels", "topics", "keywords", "customer"}));
  Conditions when;
  if (const YamlNode* channels = fields.Find("channels")) {
    WISSEL_ASSIGN_OR_RETURN(const auto* items, List(*channels));
    for (const YamlNode& item : *items) {
      WISSEL_ASSIGN_OR_RETURN(when.channels.emplace_back(), Word(item, ChannelWords()));
    }
  }
  if (const YamlNode* topics = fields.Find("topics")) {
    WISSEL_ASSIGN_OR_RETURN(const auto* items, List(*topics));
    for (const YamlNode& item : *items) {
      WISSEL_ASSIGN_OR_RETURN(const std::string topic, Id(item));
      if (!topic_ids_.contains(topic)) {
        return InvalidSop(item.place, absl::StrCat("there is no topic \"", topic, "\""));
      }
      when.topics.push_back(topic);
    }
  }
  if (const YamlNode* keywords = fields.Find("keywords")) {
    WISSEL_ASSIGN_OR_RETURN(const auto* items, List(*keywords));
    for (const YamlNode& item : *items) {
      WISSEL_ASSIGN_OR_RETURN(const std::string keyword, Text(item));
      if (absl::Status status = CheckKeyword(keyword); !status.ok()) {
        return InvalidSop(item.place, status.message());
      }
      when.keywords.push_back(keyword);
    }
  }
  if (const YamlNode* customer = fields.Find("customer")) {
    WISSEL_ASSIGN_OR_RETURN(when.customer, Word(*customer, CustomerWords()));
  }
  if (when.empty()) return InvalidSop(node.place, "no condition is given");
  return when;
}

absl::StatusOr<Agreement> Parser::ReadAgreement(const Fields& fields) {
  Agreement then;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* outcome, fields.Need("outcome"));
  WISSEL_ASSIGN_OR_RETURN(then.outcome, Word(*outcome, OutcomeWords()));
  then.team_id = kDefaultTeam;
  if (then.outcome == v1::OUTCOME_QUEUE) WISSEL_RETURN_IF_ERROR(fields.Need("team").status());
  if (const YamlNode* team = fields.Find("team")) {
    WISSEL_ASSIGN_OR_RETURN(then.team_id, Id(*team));
  }
  if (const YamlNode* script = fields.Find("script")) {
    WISSEL_ASSIGN_OR_RETURN(then.script, Text(*script));
  } else if (then.outcome == v1::OUTCOME_ANSWER || then.outcome == v1::OUTCOME_REJECT) {
    return fields.Need("script").status();
  }
  if (then.outcome == v1::OUTCOME_STEER) {
    WISSEL_RETURN_IF_ERROR(ReadSteering(fields, &then));
  } else {
    for (const char* key : {"target", "to"}) {
      const YamlNode* node = fields.Find(key);
      if (node != nullptr) {
        return InvalidSop(node->place, absl::StrCat("`", key, "` goes with outcome steer only"));
      }
    }
  }
  const bool dialled =
      then.outcome == v1::OUTCOME_TRANSFER || then.steer_target == v1::STEER_TARGET_OWN_NUMBER;
  if (dialled) WISSEL_RETURN_IF_ERROR(fields.Need("phone").status());
  if (const YamlNode* phone = fields.Find("phone")) {
    if (!dialled && then.outcome != v1::OUTCOME_STEER) {
      return InvalidSop(phone->place, "`phone` goes with outcome transfer or steer only");
    }
    WISSEL_ASSIGN_OR_RETURN(then.phone_number, Text(*phone));
    const bool sound = then.phone_number.size() <= 20 &&
                       then.phone_number.find_first_not_of("+0123456789 -") == std::string::npos;
    if (!sound) return InvalidSop(phone->place, "a phone number has digits, spaces, + and -");
  }
  return then;
}

absl::Status Parser::ReadSteering(const Fields& fields, Agreement* agreement) {
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* target, fields.Need("target"));
  WISSEL_ASSIGN_OR_RETURN(agreement->steer_target, Word(*target, TargetWords()));
  if (const YamlNode* to = fields.Find("to")) {
    WISSEL_ASSIGN_OR_RETURN(agreement->steer_to, Text(*to));
  } else if (agreement->steer_target != v1::STEER_TARGET_OWN_NUMBER) {
    return fields.Need("to").status();
  }
  const bool is_page = agreement->steer_target == v1::STEER_TARGET_SELF_SERVICE ||
                       agreement->steer_target == v1::STEER_TARGET_FORM;
  const bool is_link = absl::StrContains(agreement->steer_to, "://");
  if ((is_page || is_link) && !absl::StartsWith(agreement->steer_to, "https://")) {
    return InvalidSop(fields.Find("to")->place, "a link must begin with https://");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Sop> ParseSop(const std::string& document) {
  WISSEL_ASSIGN_OR_RETURN(const YamlNode root, ReadYamlTree(document));
  return Parser().Parse(root);
}

}  // namespace wissel::router
