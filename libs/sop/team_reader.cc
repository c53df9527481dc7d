#include "libs/sop/team_reader.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "libs/sop/yaml_fields.h"

namespace wissel::sop {
namespace {

constexpr int kMostWorkingDays = 60;
constexpr size_t kMostIntervalsADay = 8;

absl::StatusOr<std::string> Mailbox(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(std::string address, Id(node));
  const size_t at = address.find('@');
  const bool sound = at != std::string::npos && at > 0 && at + 1 < address.size() &&
                     address.find('@', at + 1) == std::string::npos &&
                     address.find_first_of(" ,;<>\"") == std::string::npos;
  if (!sound) return InvalidSop(node.location, "hier hoort een e-mailadres");
  return address;
}

// Minutes since midnight; -1 if `text` is not `08:30`. 24:00 is the end of the day.
int Minutes(absl::string_view text) {
  const auto digit = [&](size_t i) { return absl::ascii_isdigit(text[i]) ? text[i] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') return -1;
  const int hour = digit(0) * 10 + digit(1);
  const int minute = digit(3) * 10 + digit(4);
  const bool sound = (hour < 24 && minute < 60) || (hour == 24 && minute == 0);
  return sound ? hour * 60 + minute : -1;
}

absl::StatusOr<OpenInterval> Interval(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, PlainText(node));
  const std::pair<absl::string_view, absl::string_view> ends = absl::StrSplit(text, '-');
  const OpenInterval interval = {Minutes(ends.first), Minutes(ends.second)};
  if (interval.from < 0 || interval.to <= interval.from) {
    return InvalidSop(node.location, "openingstijden schrijft u als \"08:30-17:00\"");
  }
  return interval;
}

// A day `mon`, or days `mon-fri`, as first and last.
absl::StatusOr<std::pair<int, int>> Days(const YamlNode& key) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, PlainText(key));
  const std::pair<std::string, std::string> ends = absl::StrSplit(text, absl::MaxSplits('-', 1));
  YamlNode first = key;
  first.text = ends.first;
  YamlNode last = key;
  last.text = text.find('-') == std::string::npos ? ends.first : ends.second;
  WISSEL_ASSIGN_OR_RETURN(const int from, Word(first, DayWords()));
  WISSEL_ASSIGN_OR_RETURN(const int to, Word(last, DayWords()));
  if (to < from) return InvalidSop(key.location, "de laatste dag komt voor de eerste");
  return std::make_pair(from, to);
}

absl::StatusOr<WeekHours> Week(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kMap) {
    return InvalidSop(node.location, "hier horen sleutels met waarden");
  }
  WeekHours hours;
  std::array<bool, 7> given{};
  for (size_t i = 0; i + 1 < node.children.size(); i += 2) {
    WISSEL_ASSIGN_OR_RETURN(const auto days, Days(node.children[i]));
    WISSEL_ASSIGN_OR_RETURN(const auto* items, List(node.children[i + 1]));
    if (items->size() > kMostIntervalsADay) {
      return InvalidSop(node.children[i + 1].location, "te veel openingstijden voor één dag");
    }
    std::vector<OpenInterval> intervals;
    for (const YamlNode& item : *items) {
      WISSEL_ASSIGN_OR_RETURN(const OpenInterval interval, Interval(item));
      if (!intervals.empty() && interval.from <= intervals.back().to) {
        return InvalidSop(item.location, "deze tijden komen niet na de vorige");
      }
      intervals.push_back(interval);
    }
    for (int day = days.first; day <= days.second; ++day) {
      if (std::exchange(given[day], true)) {
        return InvalidSop(node.children[i].location,
                          absl::StrCat("\"", DayWords()[day].first, "\" staat er twee keer"));
      }
      hours[day] = intervals;
    }
  }
  return hours;
}

absl::StatusOr<double> Share(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const std::string text, Text(node));
  double share = 0;
  const bool digits = text.find_first_not_of("0123456789.") == std::string::npos;
  if (!digits || !absl::SimpleAtod(text, &share) || share < 0 || share >= 1) {
    return InvalidSop(node.location, "hier hoort een getal van 0 tot minder dan 1, zoals 0.9");
  }
  return share;
}

// `2`, or `{working_days: 2, target: 0.95}`.
absl::StatusOr<SopNorm> Norm(const YamlNode& channel, const YamlNode& node) {
  SopNorm norm;
  WISSEL_ASSIGN_OR_RETURN(norm.channel, Word(channel, ChannelWords()));
  const YamlNode* days = &node;
  if (node.kind == YamlNode::Kind::kMap) {
    WISSEL_ASSIGN_OR_RETURN(const YamlFields fields,
                            YamlFields::Of(node, {"working_days", "target"}));
    WISSEL_ASSIGN_OR_RETURN(days, fields.Need("working_days"));
    WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "target", Share, &norm.target_share));
  }
  WISSEL_ASSIGN_OR_RETURN(norm.working_days, Number(*days, 0, kMostWorkingDays));
  return norm;
}

absl::StatusOr<std::vector<SopNorm>> Norms(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kMap) {
    return InvalidSop(node.location, "hier horen sleutels met waarden");
  }
  std::vector<SopNorm> norms;
  for (size_t i = 0; i + 1 < node.children.size(); i += 2) {
    WISSEL_ASSIGN_OR_RETURN(norms.emplace_back(), Norm(node.children[i], node.children[i + 1]));
  }
  if (norms.empty()) return InvalidSop(node.location, "er staat geen norm");
  return norms;
}

}  // namespace

absl::StatusOr<SopTeam> ReadTeam(const YamlNode& node) {
  WISSEL_ASSIGN_OR_RETURN(const YamlFields fields,
                          YamlFields::Of(node, {"id", "mailbox", "transfer_number", "hours",
                                                "norms", "takes", "closed_from"}));
  SopTeam team;
  team.source.location = node.location;
  WISSEL_ASSIGN_OR_RETURN(const YamlNode* id, fields.Need("id"));
  WISSEL_ASSIGN_OR_RETURN(team.team_id, Id(*id));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "mailbox", Mailbox, &team.mailbox));
  WISSEL_RETURN_IF_ERROR(
      ReadIfThere(fields, "transfer_number", PhoneNumber, &team.transfer_number));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "hours", Week, &team.hours));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "norms", Norms, &team.norms));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "takes", Text, &team.takes));
  WISSEL_RETURN_IF_ERROR(ReadIfThere(fields, "closed_from", Day, &team.closed_from));
  return team;
}

}  // namespace wissel::sop
