#include "libs/sop/sop_writer.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libs/sop/sop_vocabulary.h"
#include "libs/sop/yaml_scalar.h"

namespace wissel::sop {
namespace {

constexpr char kDash[] = "- ";

size_t Letters(absl::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

std::string Flow(const std::vector<std::string>& words) {
  return absl::StrCat("[", absl::StrJoin(words, ", "), "]");
}

// Lines of YAML that will stand some spaces in.
class Lines {
 public:
  explicit Lines(size_t margin) : margin_(margin) {}

  void Add(absl::string_view key, absl::string_view word) {
    absl::StrAppend(&text_, key, ": ", word, "\n");
  }
  // A text of people; left out when empty.
  void AddText(absl::string_view key, absl::string_view text) {
    if (text.empty()) return;
    absl::StrAppend(&text_, key, ":", YamlValue(text, margin_ + key.size() + 1, margin_), "\n");
  }
  // On one line if it fits; left out when empty.
  void AddList(absl::string_view key, const std::vector<std::string>& words) {
    if (words.empty()) return;
    const std::string flow = Flow(words);
    if (Fits(key.size() + 2 + Letters(flow))) return Add(key, flow);
    absl::StrAppend(&text_, key, ":\n");
    for (const std::string& word : words) AddNested(absl::StrCat(kDash, word, "\n"));
  }
  // Lines below a key, or below the dash of an item.
  void AddNested(absl::string_view lines) {
    for (const absl::string_view line : absl::StrSplit(absl::StripSuffix(lines, "\n"), '\n')) {
      absl::StrAppend(&text_, line.empty() ? "" : "  ", line, "\n");
    }
  }
  void AddLine(absl::string_view line) { absl::StrAppend(&text_, line, "\n"); }
  // The first of `lines` behind a dash, the others below it.
  void AddItem(absl::string_view lines) {
    const size_t end = lines.find('\n');
    absl::StrAppend(&text_, kDash, lines.substr(0, end + 1));
    if (end + 1 < lines.size()) AddNested(lines.substr(end + 1));
  }

  bool Fits(size_t letters) const { return margin_ + letters <= kYamlWidth; }
  size_t margin() const { return margin_; }
  std::string Take() { return std::move(text_); }

 private:
  const size_t margin_;
  std::string text_;
};

std::vector<std::string> Quoted(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  for (const std::string& text : texts) words.push_back(YamlWord(text));
  return words;
}

template <typename Value>
std::vector<std::string> Named(const std::vector<Value>& values, const Words<Value>& words) {
  std::vector<std::string> names;
  for (const Value& value : values) names.emplace_back(WordFor(words, value));
  return names;
}

std::string Clock(int minutes) { return absl::StrFormat("%02d:%02d", minutes / 60, minutes % 60); }

// `mon-fri: [...]` for days in a row that are alike.
std::string Week(const WeekHours& hours, size_t margin) {
  Lines lines(margin);
  for (size_t day = 0; day < hours.size();) {
    size_t last = day;
    while (last + 1 < hours.size() && hours[last + 1] == hours[day]) ++last;
    std::vector<std::string> intervals;
    for (const OpenInterval& open : hours[day]) {
      intervals.push_back(absl::StrCat("\"", Clock(open.from), "-", Clock(open.to), "\""));
    }
    std::string days(DayWords()[day].first);
    if (last > day) absl::StrAppend(&days, "-", DayWords()[last].first);
    lines.AddList(days, intervals);
    day = last + 1;
  }
  return lines.Take();
}

std::string Norms(const std::vector<SopNorm>& norms) {
  std::vector<std::string> parts;
  for (const SopNorm& norm : norms) {
    const absl::string_view channel = WordFor(ChannelWords(), norm.channel);
    if (norm.target_share == SopNorm().target_share) {
      parts.push_back(absl::StrCat(channel, ": ", norm.working_days));
      continue;
    }
    // As short as gives the same number again.
    char share[32];
    const auto end =
        std::to_chars(share, share + sizeof(share), norm.target_share, std::chars_format::fixed);
    parts.push_back(absl::StrCat(channel, ": {working_days: ", norm.working_days,
                                 ", target: ", absl::string_view(share, end.ptr - share), "}"));
  }
  return absl::StrCat("{", absl::StrJoin(parts, ", "), "}");
}

std::string TeamLines(const SopTeam& team, size_t margin) {
  Lines lines(margin);
  lines.Add("id", YamlWord(team.team_id));
  lines.AddText("mailbox", team.mailbox);
  lines.AddText("transfer_number", team.transfer_number);
  if (team.hours) {
    const std::string week = Week(*team.hours, margin + 2);
    lines.AddLine(week.empty() ? "hours: {}" : "hours:");
    if (!week.empty()) lines.AddNested(week);
  }
  if (!team.norms.empty()) lines.Add("norms", Norms(team.norms));
  lines.AddText("takes", team.takes);
  if (team.closed_from) lines.Add("closed_from", absl::FormatCivilTime(*team.closed_from));
  return lines.Take();
}

std::string ChoiceLines(const SopMenuChoice& choice, size_t) {
  return absl::StrCat("{key: ", YamlWord(choice.key), ", says: ", YamlWord(choice.says), "}\n");
}

std::string AreaLines(const SopArea& area, size_t margin) {
  Lines lines(margin);
  lines.Add("id", YamlWord(area.area_id));
  lines.AddText("name", area.name);
  lines.AddList("postcodes", Quoted(area.postcodes));
  lines.AddList("neighbourhoods", Quoted(area.neighbourhoods));
  return lines.Take();
}

std::string TopicLines(const SopTopic& topic, size_t) {
  std::string line =
      absl::StrCat("{id: ", YamlWord(topic.topic_id), ", name: ", YamlWord(topic.name));
  if (!topic.upl_uri.empty()) absl::StrAppend(&line, ", upl: ", YamlWord(topic.upl_uri));
  if (!topic.parent.empty()) absl::StrAppend(&line, ", parent: ", YamlWord(topic.parent));
  return absl::StrCat(line, "}\n");
}

// A condition: its words, or one word alone.
struct Condition {
  absl::string_view key;
  std::vector<std::string> words;
  bool is_list = true;
};

std::vector<Condition> ConditionsOf(const Conditions& when) {
  std::vector<Condition> all = {
      {"channels", Named(when.channels, ChannelWords())},
      {"topics", Quoted(when.topics)},
      {"keywords", Quoted(when.keywords)},
  };
  const auto one = [&](absl::string_view key, const auto& value, const auto& words) {
    if (value) all.push_back({key, {std::string(WordFor(words, *value))}, false});
  };
  one("customer", when.customer, CustomerWords());
  one("urgency", when.urgency, UrgencyWords());
  all.push_back({"areas", Quoted(when.areas)});
  one("hours", when.hours, HoursWords());
  all.push_back({"weekdays", Named(when.weekdays, DayWords())});
  all.push_back({"municipalities", Quoted(when.municipalities)});
  all.push_back({"menu", Quoted(when.menu)});
  const auto absent = [](const Condition& condition) { return condition.words.empty(); };
  all.erase(std::remove_if(all.begin(), all.end(), absent), all.end());
  return all;
}

std::string FlowConditions(const Conditions& when) {
  std::vector<std::string> parts;
  for (const Condition& condition : ConditionsOf(when)) {
    parts.push_back(absl::StrCat(
        condition.key, ": ", condition.is_list ? Flow(condition.words) : condition.words.front()));
  }
  return absl::StrCat("{", absl::StrJoin(parts, ", "), "}");
}

std::string BlockConditions(const Conditions& when, size_t margin) {
  Lines lines(margin);
  for (const Condition& condition : ConditionsOf(when)) {
    if (condition.is_list) {
      lines.AddList(condition.key, condition.words);
    } else {
      lines.Add(condition.key, condition.words.front());
    }
  }
  return lines.Take();
}

void AddConditions(const SopRule& rule, Lines& lines) {
  if (!rule.when.empty()) {
    const std::string flow = FlowConditions(rule.when);
    if (lines.Fits(6 + Letters(flow))) {
      lines.Add("when", flow);
    } else {
      lines.AddLine("when:");
      lines.AddNested(BlockConditions(rule.when, lines.margin() + 2));
    }
  }
  if (rule.unless.empty()) return;
  lines.AddLine("unless:");
  for (const Conditions& exception : rule.unless) {
    const std::string flow = FlowConditions(exception);
    Lines item(lines.margin() + 4);
    item.AddItem(item.Fits(Letters(flow)) ? absl::StrCat(flow, "\n")
                                          : BlockConditions(exception, item.margin()));
    lines.AddNested(item.Take());
  }
}

std::string RuleLines(const SopRule& rule, size_t margin) {
  const Agreement& then = rule.then;
  Lines lines(margin);
  lines.Add("id", YamlWord(rule.rule_id));
  if (rule.priority != 0) lines.Add("priority", absl::StrCat(rule.priority));
  AddConditions(rule, lines);
  lines.Add("outcome", WordFor(OutcomeWords(), then.outcome));
  if (then.steer_target != v1::STEER_TARGET_UNSPECIFIED) {
    lines.Add("target", WordFor(TargetWords(), then.steer_target));
  }
  lines.AddText("to", then.steer_to);
  lines.AddText("phone", then.phone_number);
  lines.AddText("team", then.team_id);
  lines.AddText("script", then.script);
  if (!then.questions.empty()) {
    lines.AddLine("questions:");
    for (const std::string& question : then.questions) {
      lines.AddNested(absl::StrCat("-", YamlValue(question, margin + 3, margin + 2), "\n"));
    }
  }
  if (!then.answers.empty()) {
    lines.AddLine("answers:");
    for (const SopAnswer& known : then.answers) {
      Lines pair(margin + 4);
      pair.AddText("question", known.question);
      pair.AddText("answer", known.answer);
      Lines item(margin + 2);
      item.AddItem(pair.Take());
      lines.AddNested(item.Take());
    }
  }
  if (then.review_by) lines.Add("review_by", absl::FormatCivilTime(*then.review_by));
  return lines.Take();
}

std::string CommentLines(absl::string_view comment) {
  std::string lines;
  if (comment.empty()) return lines;
  for (const absl::string_view line : absl::StrSplit(absl::StripSuffix(comment, "\n"), '\n')) {
    absl::StrAppend(&lines, line.empty() ? "#" : "# ", line, "\n");
  }
  return lines;
}

// A section, if it has items; sections stand apart by an empty line.
template <typename Item>
void AddSection(absl::string_view key, const std::vector<Item>& items,
                std::string (*write)(const Item&, size_t), std::string* text) {
  if (items.empty()) return;
  absl::StrAppend(text, text->empty() ? "" : "\n", key, ":\n");
  for (const Item& item : items) {
    Lines lines(0);
    if (!item.source.comment.empty()) lines.AddNested(CommentLines(item.source.comment));
    Lines dashed(2);
    dashed.AddItem(write(item, 4));
    lines.AddNested(dashed.Take());
    absl::StrAppend(text, lines.Take());
  }
}

}  // namespace

std::string WriteSop(const Sop& sop) {
  std::string text = CommentLines(sop.comment);
  AddSection("teams", sop.teams, TeamLines, &text);
  AddSection("menu", sop.menu, ChoiceLines, &text);
  AddSection("areas", sop.areas, AreaLines, &text);
  AddSection("topics", sop.topics, TopicLines, &text);
  AddSection("rules", sop.rules, RuleLines, &text);
  return text;
}

std::string WriteTeam(const SopTeam& team) {
  return CommentLines(team.source.comment) + TeamLines(team, 0);
}

std::string WriteChoice(const SopMenuChoice& choice) {
  return CommentLines(choice.source.comment) + ChoiceLines(choice, 0);
}

std::string WriteArea(const SopArea& area) {
  return CommentLines(area.source.comment) + AreaLines(area, 0);
}

std::string WriteTopic(const SopTopic& topic) {
  return CommentLines(topic.source.comment) + TopicLines(topic, 0);
}

std::string WriteRule(const SopRule& rule) {
  return CommentLines(rule.source.comment) + RuleLines(rule, 0);
}

}  // namespace wissel::sop
