#include "services/insight/dashboard.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "services/insight/forecast.h"
#include "services/insight/norm_table.h"

namespace wissel::insight {
namespace {

constexpr int kMostMonths = 60;
constexpr int kTrendMonths = 13;
constexpr int kMostTopics = 100;

// The first line could answer more of a topic of which it settles this part itself, where it hands
// on enough to be worth a talk. Advice on more topics than these is no advice.
constexpr int64_t kFewestHandedOn = 20;
constexpr double kLeastAtFirst = 0.25;
constexpr double kMostAtFirst = 0.9;
constexpr int kMostAdvised = 5;

absl::StatusOr<absl::CivilMonth> ReadMonth(absl::string_view field, const std::string& text) {
  absl::CivilMonth month;
  const bool written = text.size() == 7 && absl::ParseCivilTime(text, &month) &&
                       month.year() >= 1990 && month.year() <= 2199;
  if (written) return month;
  return InvalidField(std::string(field), "invalid_month",
                      "a month is written as 2026-04, between 1990 and 2199");
}

std::string TextOf(absl::CivilMonth month) {
  return absl::StrFormat("%04d-%02d", month.year(), month.month());
}

// The tables of one set of counts, in the fields of `figures`: a month, or the whole answer.
template <typename Figures>
void FillFigures(const Tallies& tallies, const TableContext& context, Figures* figures) {
  v1::GetFiguresResponse table;
  FillNormTable(tallies, v1::FIGURE_GROUPING_TEAM, context, &table);
  figures->mutable_teams()->Swap(table.mutable_rows());
  table.clear_rows();
  FillNormTable(tallies, v1::FIGURE_GROUPING_CHANNEL, context, &table);
  figures->mutable_channels()->Swap(table.mutable_rows());
  figures->mutable_total()->Swap(table.mutable_total());
}

absl::Time Begin(absl::CivilMonth month, absl::TimeZone zone) {
  return absl::FromCivil(absl::CivilDay(month), zone);
}

void FillMonths(const DashboardCounts& counts, const DashboardMonths& months,
                const municipality::MunicipalitySnapshot& municipality,
                v1::GetDashboardResponse* response) {
  static const auto* const none = new Tallies();
  Tallies asked;
  for (absl::CivilMonth month = months.trend.from; month < months.trend.to; ++month) {
    const auto found = counts.tallies.find(month);
    const Tallies& tallies = found == counts.tallies.end() ? *none : found->second;
    v1::MonthFigures* figures = response->add_months();
    figures->set_month(TextOf(month));
    FillFigures(tallies, ContextAt(municipality, Begin(month, municipality.zone)), figures);
    if (month < months.asked.from) continue;
    for (const auto& [key, tally] : tallies) asked[key].Add(tally);
  }
  FillFigures(asked, ContextAt(municipality, Begin(months.asked.from, municipality.zone)),
              response);
}

void FillOpenWork(const DashboardCounts& counts,
                  const municipality::MunicipalitySnapshot& municipality, absl::Time now,
                  v1::GetDashboardResponse* response) {
  const WorkLeft work(municipality.CalendarFor(false), now, municipality.zone);
  const absl::CivilDay today = work.today();
  const absl::CivilDay sunday = work.EndOfWeek();
  int working_days = 0;
  for (absl::CivilDay day = today - kPaceDays; day < today; ++day) {
    if (work.IsWorkingDay(day)) ++working_days;
  }
  const TableContext context = ContextAt(municipality, now);
  for (const auto& [team_id, open] : counts.open) {
    v1::OpenWork* row = response->add_open_work();
    row->set_team_id(team_id);
    const auto name = context.teams.find(team_id);
    row->set_team_name(name == context.teams.end() ? team_id : name->second.name);
    row->set_late(open.late);
    row->set_open(open.late);
    for (const auto& [day, cases] : open.due) {
      row->set_open(row->open() + cases);
      if (day <= sunday) row->set_due_this_week(row->due_this_week() + cases);
    }
    const auto done = counts.done.find(team_id);
    const auto cases = static_cast<double>(done == counts.done.end() ? 0 : done->second);
    row->set_pace(working_days == 0 ? 0 : cases / working_days);
    row->set_forecast_late(ForecastLate(open, row->pace(), sunday, work));
  }
  std::stable_sort(response->mutable_open_work()->begin(), response->mutable_open_work()->end(),
                   [](const v1::OpenWork& a, const v1::OpenWork& b) {
                     return std::make_pair(a.late(), a.forecast_late()) >
                            std::make_pair(b.late(), b.forecast_late());
                   });
}

int NumberOf(const MarkCount& count) {
  int number = 0;
  // Written by count_store alone.
  return absl::SimpleAtoi(count.value, &number) ? number : 0;
}

int64_t HandedOn(const v1::TopicFigure& topic) { return topic.cases() - topic.at_first_contact(); }

bool FirstLineCould(const v1::TopicFigure& topic) {
  const double share =
      static_cast<double>(topic.at_first_contact()) / static_cast<double>(topic.cases());
  return HandedOn(topic) >= kFewestHandedOn && share >= kLeastAtFirst && share <= kMostAtFirst;
}

// Marks the topics of which the first line hands on most, among those that it could answer.
void Advise(google::protobuf::RepeatedPtrField<v1::TopicFigure>* topics) {
  std::vector<v1::TopicFigure*> could;
  for (v1::TopicFigure& topic : *topics) {
    if (FirstLineCould(topic)) could.push_back(&topic);
  }
  std::stable_sort(could.begin(), could.end(),
                   [](const auto* a, const auto* b) { return HandedOn(*a) > HandedOn(*b); });
  if (could.size() > kMostAdvised) could.resize(kMostAdvised);
  for (v1::TopicFigure* topic : could) topic->set_first_line_could(true);
}

// Working days that at most `share` of the stays lasted longer than.
int QuantileOf(const std::map<int, int64_t>& stays, int64_t total, double share) {
  int64_t seen = 0;
  for (const auto& [days, count] : stays) {
    seen += count;
    if (static_cast<double>(seen) >= share * static_cast<double>(total)) return days;
  }
  return 0;
}

void FillHoldTimes(const std::map<std::string, std::map<int, int64_t>>& stays,
                   v1::GetDashboardResponse* response) {
  for (const auto& [team_id, of_team] : stays) {
    int64_t total = 0;
    for (const auto& [days, count] : of_team) total += count;
    v1::HoldTime* row = response->add_hold_times();
    row->set_team_id(team_id);
    row->set_stays(total);
    row->set_median_working_days(QuantileOf(of_team, total, 0.5));
    row->set_most_working_days(QuantileOf(of_team, total, 0.9));
  }
  std::stable_sort(response->mutable_hold_times()->begin(), response->mutable_hold_times()->end(),
                   [](const v1::HoldTime& a, const v1::HoldTime& b) {
                     return std::make_pair(a.median_working_days(), a.most_working_days()) >
                            std::make_pair(b.median_working_days(), b.most_working_days());
                   });
}

// The most frequent first; those that are as frequent in an order of their own.
template <typename Row>
void SortByNumber(google::protobuf::RepeatedPtrField<Row>* rows, int64_t (Row::*number)() const,
                  const std::function<std::string(const Row&)>& name) {
  std::sort(rows->begin(), rows->end(), [&](const Row& a, const Row& b) {
    if ((a.*number)() != (b.*number)()) return (a.*number)() > (b.*number)();
    return name(a) < name(b);
  });
}

void FillMarks(const DashboardCounts& counts, v1::GetDashboardResponse* response) {
  std::map<int, std::pair<int64_t, int64_t>> answers;
  std::map<int, int64_t> arrivals;
  std::map<std::string, std::map<int, int64_t>> stays;
  for (const MarkCount& count : counts.marks) {
    switch (count.mark) {
      case Mark::kTopic: {
        v1::TopicFigure* topic = response->add_topics();
        topic->set_topic_id(count.value);
        topic->set_cases(count.cases);
        topic->set_at_first_contact(count.at_first_contact);
        const auto before = counts.topics_before.find(count.value);
        if (before != counts.topics_before.end()) topic->set_cases_before(before->second);
        break;
      }
      case Mark::kArrival:
        arrivals[NumberOf(count)] += count.cases;
        break;
      case Mark::kAnsweredAfter:
        answers[NumberOf(count)] = {count.cases, count.at_first_contact};
        break;
      case Mark::kHeld:
        stays[count.team_id][NumberOf(count)] += count.cases;
        break;
      case Mark::kAskedAgain: {
        v1::RepeatedQuestion* repeated = response->add_repeated_questions();
        repeated->set_channel(count.channel);
        repeated->set_again(static_cast<common::v1::Channel>(NumberOf(count)));
        repeated->set_contacts(count.cases);
        break;
      }
      case Mark::kMovedTo: {
        v1::Move* move = response->add_moves();
        move->mutable_teams()->set_from_team_id(count.team_id);
        move->mutable_teams()->set_to_team_id(count.value);
        move->set_cases(count.cases);
        break;
      }
      case Mark::kDone:
      case Mark::kAtFirstContact:
        break;
    }
  }
  for (const auto& [hour, cases] : arrivals) {
    v1::Arrival* arrival = response->add_arrivals();
    arrival->mutable_when()->set_weekday(hour / 24 + 1);
    arrival->mutable_when()->set_hour(hour % 24);
    arrival->set_cases(cases);
  }
  for (const auto& [days, cases] : answers) {
    v1::AnswerTime* answer = response->add_answer_times();
    answer->set_working_days(days);
    answer->set_cases(cases.first);
    answer->set_at_first_contact(cases.second);
  }
  FillHoldTimes(stays, response);
  SortByNumber<v1::TopicFigure>(response->mutable_topics(), &v1::TopicFigure::cases,
                                [](const auto& topic) { return topic.topic_id(); });
  if (response->topics_size() > kMostTopics) {
    response->mutable_topics()->DeleteSubrange(kMostTopics, response->topics_size() - kMostTopics);
  }
  Advise(response->mutable_topics());
  SortByNumber<v1::RepeatedQuestion>(
      response->mutable_repeated_questions(), &v1::RepeatedQuestion::contacts,
      [](const auto& repeated) { return absl::StrCat(repeated.channel(), " ", repeated.again()); });
  SortByNumber<v1::Move>(response->mutable_moves(), &v1::Move::cases, [](const auto& move) {
    return absl::StrCat(move.teams().from_team_id(), " ", move.teams().to_team_id());
  });
}

}  // namespace

absl::StatusOr<DashboardMonths> ReadMonths(const v1::GetDashboardRequest& request) {
  WISSEL_ASSIGN_OR_RETURN(const absl::CivilMonth first,
                          ReadMonth("first_month", request.first_month()));
  WISSEL_ASSIGN_OR_RETURN(const absl::CivilMonth last,
                          ReadMonth("last_month", request.last_month()));
  const auto count = last - first + 1;
  if (count < 1) {
    return InvalidField("last_month", "invalid_period", "the period ends before it begins");
  }
  if (count > kMostMonths) {
    return InvalidField("last_month", "invalid_period",
                        absl::StrCat("choose at most ", kMostMonths, " months"));
  }
  return DashboardMonths{.asked = {first, last + 1},
                         .before = {first - count, first},
                         .trend = {std::min(first, last - (kTrendMonths - 1)), last + 1}};
}

void FillDashboard(const DashboardCounts& counts, const DashboardMonths& months,
                   const municipality::MunicipalitySnapshot& municipality, absl::Time now,
                   v1::GetDashboardResponse* response) {
  *response->mutable_as_of() = ToProto(now);
  FillMonths(counts, months, municipality, response);
  FillOpenWork(counts, municipality, now, response);
  FillMarks(counts, response);
}

}  // namespace wissel::insight
