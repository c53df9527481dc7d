#include "libs/sop/rule_reader.h"

#include <utility>
#include <vector>

#include "libs/sop/yaml_fields.h"

namespace wissel::sop {
namespace {

constexpr int kHighestPriority = 99;
constexpr size_t kMostExceptions = 50;
constexpr size_t kMostAnswers = 50;

// Reads a name that must be in `names`, which holds what a document has of `kind`.
auto Known(absl::string_view kind, const absl::flat_hash_set<std::string>& names) {
  return [kind, &names](const YamlNode& node) -> absl::StatusOr<std::string> {
    WISSEL_ASSIGN_OR_RETURN(std::string name, Id(node));
    if (names.contains(name)) return name;
    return InvalidSop(node.location, absl::StrCat("er is geen ", kind, " \"", name, "\""));
  };
}

template <typename Value>
auto OneOf(const Words<Value>& words) {
  return [&words](const YamlNode& node) { return Word(node, words); };
}

absl::StatusOr<Conditions> ReadConditions(const YamlNode& node, const SopNames& names) {
  WISSEL_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Of(node, {"channels", "topics", "keywords", "customer", "urgency", "areas",
                            "hours", "weekdays", "municipalities", "menu"}));
  Conditions when;
  const auto list = [&](absl::string_view key, auto read, auto* values) {
    const YamlNode* items = fields.Find(key);
    return items == nullptr ? absl::OkStatus() : ReadList(*items, read, values);
  };
  WISSEL_RETURN_IF_ERROR(list("channels", OneOf(ChannelWords()), &when.channels));
  WISSEL_RETURN_IF_ERROR(list("topics", Known("thema", names.topics), &when.topics));
  WISSEL_RETURN_IF_ERROR(list("keywords", Text, &when.keywords));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "customer", OneOf(CustomerWords()), &when.customer));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "urgency", OneOf(UrgencyWords()), &when.urgency));
  WISSEL_RETURN_IF_ERROR(list("areas", Known("gebied", names.areas), &when.areas));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "hours", OneOf(HoursWords()), &when.hours));
  WISSEL_RETURN_IF_ERROR(list("weekdays", OneOf(DayWords()), &when.weekdays));
  WISSEL_RETURN_IF_ERROR(list("municipalities", Id, &when.municipalities));
  WISSEL_RETURN_IF_ERROR(list("menu", Known("menukeuze", names.menu), &when.menu));
  if (when.empty()) return InvalidSop(node.location, "er staat geen voorwaarde");
  return when;
}

absl::StatusOr<std::vector<SopAnswer>> ReadAnswers(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const auto* items, List(node));
  if (items->size() > kMostAnswers) return InvalidSop(node.location, "te veel antwoorden");
  std::vector<SopAnswer> answers;
  for (const YamlNode& item : *items) {
    WISSEL_ASSIGN_OR_RETURN(const YamlFields fields, YamlFields::Of(item, {"question", "answer"}));
    SopAnswer answer;
    WISSEL_ASSIGN_OR_RETURN(const YamlNode* question, fields.Need("question"));
    WISSEL_ASSIGN_OR_RETURN(answer.question, Text(*question));
    WISSEL_ASSIGN_OR_RETURN(const YamlNode* given, fields.Need("answer"));
    WISSEL_ASSIGN_OR_RETURN(answer.answer, Text(*given));
    answers.push_back(std::move(answer));
  }
  return answers;
}

// The keys that go with some outcomes only, or must be there with some.
absl::Status CheckKeys(const YamlFields& fields, const Agreement& then) {
  const bool is_steer = then.outcome == v1::OUTCOME_STEER;
  const bool is_answer = then.outcome == v1::OUTCOME_ANSWER;
  const bool is_reject = then.outcome == v1::OUTCOME_REJECT;
  const bool own_number = then.steer_target == v1::STEER_TARGET_OWN_NUMBER;
  const struct {
    const char* key;
    bool may;
    bool must;
    const char* where;
  } kKeys[] = {
      {"team", true, then.outcome == v1::OUTCOME_QUEUE, ""},
      {"target", is_steer, is_steer, "steer"},
      {"to", is_steer, is_steer && !own_number, "steer"},
      {"phone", is_steer || then.outcome == v1::OUTCOME_TRANSFER, own_number, "transfer of steer"},
      {"script", true, is_reject || (is_answer && then.answers.empty()), ""},
      {"questions", is_reject, false, "reject"},
      {"answers", is_answer || is_steer, false, "answer of steer"},
  };
  for (const auto& [key, may, must, where] : kKeys) {
    const YamlNode* node = fields.Find(key);
    if (node == nullptr && must) return fields.Need(key).status();
    if (node != nullptr && !may) {
      return InvalidSop(node->location,
                        absl::StrCat("`", key, "` hoort alleen bij uitkomst ", where));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Agreement> ReadAgreement(const YamlFields& fields) {
  Agreement then;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* outcome, fields.Need("outcome"));
  WISSEL_ASSIGN_OR_RETURN(then.outcome, Word(*outcome, OutcomeWords()));
  then.team_id = kDefaultTeam;
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "team", Id, &then.team_id));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "target", OneOf(TargetWords()), &then.steer_target));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "to", Text, &then.steer_to));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "phone", PhoneNumber, &then.phone_number));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "script", Text, &then.script));
  if (const YamlNode* questions = fields.Find("questions")) {
    WISSEL_RETURN_IF_ERROR(ReadList(*questions, Text, &then.questions));
  }
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "answers", ReadAnswers, &then.answers));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "review_by", Day, &then.review_by));
  WISSEL_RETURN_IF_ERROR(CheckKeys(fields, then));
  return then;
}

}  // namespace

absl::StatusOr<SopRule> ReadRule(const YamlNode& node, const SopNames& names) {
  WISSEL_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Of(node, {"id", "priority", "when", "unless", "outcome", "team", "target", "to",
                            "phone", "script", "questions", "answers", "review_by"}));
  SopRule rule;
  rule.source.location = node.location;
  const auto priority = [](const YamlNode& value) { return Number(value, 0, kHighestPriority); };
  const auto conditions = [&](const YamlNode& value) { return ReadConditions(value, names); };
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* id, fields.Need("id"));
  WISSEL_ASSIGN_OR_RETURN(rule.rule_id, Id(*id));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "priority", priority, &rule.priority));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "when", conditions, &rule.when));
  if (const YamlNode* unless = fields.Find("unless")) {
    WISSEL_ASSIGN_OR_RETURN(const auto* items, List(*unless));
    if (items->size() > kMostExceptions) {
      return InvalidSop(unless->location, "te veel uitzonderingen");
    }
    for (const YamlNode& item : *items) {
      WISSEL_ASSIGN_OR_RETURN(rule.unless.emplace_back(), conditions(item));
    }
  }
  WISSEL_ASSIGN_OR_RETURN(rule.then, ReadAgreement(fields));
  return rule;
}

}  // namespace wissel::sop
