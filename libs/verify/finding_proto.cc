#include "libs/verify/finding_proto.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/decision/keyword_matcher.h"
#include "libs/verify/finding_text.h"

namespace wissel::verify {

using ::wissel::ToProto;

namespace {

// In the order of Finding::Kind.
constexpr const char* kKinds[] = {
    "no_outcome",   "unreachable",       "contradiction", "unknown_team", "no_mailbox",
    "no_members",   "no_lead",           "no_norm",       "no_hours",     "no_transfer_number",
    "closed_team",  "personal_mailbox",  "steering_loop", "not_https",    "review_passed",
    "slow_keyword", "keyword_takes_all", "invalid_name",  "unsettled"};

// Long enough to meet every weekday on a holiday.
constexpr int kDaysAhead = 7 * 60;

// The first moment from today on that is as the example says.
absl::Time MomentOf(const Example& example, const decision::ServiceHours& hours, absl::Time now) {
  const absl::CivilDay today = hours.DayOf(now);
  absl::Time usual = now;
  for (int ahead = kDaysAhead; ahead >= 0; --ahead) {
    const absl::Time moment =
        absl::FromCivil(absl::CivilMinute(today + ahead) + example.minute, hours.zone());
    decision::RoutingRequest request;
    hours.SetMoment(moment, &request);
    if (request.weekday == example.weekday && request.closed_day == example.closed_day) {
      usual = moment;
    }
  }
  return usual;
}

void FillInquiry(const Example& example, const decision::ServiceHours& hours, absl::Time now,
                 v1::DecideRequest* out) {
  out->set_channel(example.channel == common::v1::CHANNEL_UNSPECIFIED ? common::v1::CHANNEL_PHONE
                                                                      : example.channel);
  out->set_topic_id(example.topic_id);
  std::string text;
  for (const std::string& pattern : example.with_keywords) {
    absl::StrAppend(&text, text.empty() ? "" : " ", SampleFor(pattern));
  }
  out->set_text(text);
  out->set_is_business(example.customer == sop::CustomerKind::kBusiness);
  out->set_is_urgent(example.urgency == sop::Urgency::kUrgent);
  out->set_neighbourhood(example.neighbourhood);
  out->set_postcode(example.postcode);
  out->set_municipality(example.municipality);
  out->set_menu_key(example.menu_key);
  *out->mutable_at() = ToProto(MomentOf(example, hours, now));
}

void DropLastCharacter(std::string* text) {
  while (!text->empty()) {
    const bool is_tail = (text->back() & 0xC0) == 0x80;
    text->pop_back();
    if (!is_tail) return;
  }
}

}  // namespace

void ToProto(const sop::Sop& sop, const Finding& finding, const decision::ServiceHours& hours,
             absl::Time now, v1::SopFinding* out) {
  out->set_kind(kKinds[static_cast<int>(finding.kind)]);
  out->set_severity(finding.severity == Finding::Severity::kError ? v1::SEVERITY_ERROR
                                                                  : v1::SEVERITY_WARNING);
  out->set_line(finding.location.line);
  out->set_column(finding.location.column);
  out->set_rule_id(finding.rule_id);
  out->set_team_id(finding.team_id);
  for (const std::string& rule_id : finding.other_rules) out->add_other_rules(rule_id);
  out->set_message(finding.message);
  if (!finding.example) return;
  out->set_example(ExampleText(sop, *finding.example));
  FillInquiry(*finding.example, hours, now, out->mutable_example_inquiry());
}

void ToProto(const absl::Status& unreadable, v1::SopFinding* out) {
  out->set_kind("unreadable");
  out->set_severity(v1::SEVERITY_ERROR);
  out->set_line(1);
  out->set_column(1);
  for (const ErrorDetail& detail : DetailsOf(unreadable)) {
    int32_t number = 0;
    const auto fact = [&](const char* name) {
      const auto found = detail.facts.find(name);
      return found != detail.facts.end() && absl::SimpleAtoi(found->second, &number);
    };
    if (fact("line")) out->set_line(number);
    if (fact("column")) out->set_column(number);
  }
  out->set_message(std::string(unreadable.message()));
}

// Of each choice the first, of what may be there nothing, of what repeats once.
std::string SampleFor(const std::string& pattern) {
  std::string sample;
  size_t group = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char escaped = pattern[++i];
      if (escaped == 's') {
        sample += ' ';
      } else if (escaped == 'd') {
        sample += '1';
      } else if (escaped == 'w') {
        sample += 'a';
      } else if (!absl::ascii_isalpha(escaped)) {
        sample += escaped;
      }
    } else if (c == '(') {
      group = sample.size();
      if (pattern.compare(i, 3, "(?:") == 0) i += 2;
    } else if (c == '|') {
      // What follows is another choice, up to the end of the group.
      while (i + 1 < pattern.size() && pattern[i + 1] != ')') ++i;
    } else if (c == '[') {
      if (i + 1 < pattern.size()) sample += pattern[i + 1];
      while (i + 1 < pattern.size() && pattern[i] != ']') ++i;
    } else if (c == '?' || c == '*') {
      if (i > 0 && pattern[i - 1] == ')') {
        sample.resize(group);
      } else {
        DropLastCharacter(&sample);
      }
    } else if (c == '.') {
      sample += ' ';
    } else if (c != ')' && c != '+' && c != '^' && c != '$') {
      sample += c;
    }
  }
  decision::KeywordMatcher keywords;
  const absl::StatusOr<uint32_t> number = keywords.Add(pattern);
  return number.ok() && decision::KeywordMatcher::Search(keywords, "", sample).Finds(*number)
             ? sample
             : "";
}

}  // namespace wissel::verify
