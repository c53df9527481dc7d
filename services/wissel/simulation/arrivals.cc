#include "services/wissel/simulation/arrivals.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_set.h"

namespace wissel::simulation {
namespace {

using common::v1::Channel;

constexpr Channel kChannels[] = {
    common::v1::CHANNEL_PHONE, common::v1::CHANNEL_EMAIL,  common::v1::CHANNEL_FORM,
    common::v1::CHANNEL_CHAT,  common::v1::CHANNEL_SOCIAL, common::v1::CHANNEL_COUNTER,
    common::v1::CHANNEL_POST,
};

// From Monday: calls pile up over the weekend.
constexpr double kWeekdays[] = {1.26, 1.1, 0.98, 1.04, 0.84, 0.4, 0.34};
constexpr double kWeekdaysInAWeek = 5.22;
constexpr double kMonths[] = {1.12, 1.1, 1.08, 1, 0.98, 1.02, 0.88, 0.86, 1.08, 1, 0.98, 0.9};

// By hour, where people write when they like.
constexpr double kWrittenHours[] = {0.3, 0.1, 0.1, 0.1, 0.1, 0.3, 1, 2.5, 5, 8, 9, 8,
                                    6,   7,   7,   7,   6,   4.5, 4, 5,   6, 5, 3, 1};
// By hour, where somebody answers at once: before and after lunch.
constexpr double kSpokenHours[] = {0, 0, 0, 0, 0, 0, 0, 2, 7, 11, 12, 10,
                                   6, 8, 9, 8, 6, 3, 2, 2, 1, 0,  0,  0};

// One day in three weeks something is out of order, and everybody asks about that.
constexpr int kOutageIn = 21;
constexpr double kOutageWeight = 90;
// Of a topic that only this municipality has, like those of the bank.
constexpr double kLeastOwnWeight = 3;
constexpr double kMostOwnWeight = 20;

bool IsSpoken(Channel channel) {
  return channel == common::v1::CHANNEL_PHONE || channel == common::v1::CHANNEL_COUNTER ||
         channel == common::v1::CHANNEL_CHAT;
}

int WeekdayOf(absl::CivilDay day) { return static_cast<int>(absl::GetWeekday(day)); }

template <size_t kSize>
std::vector<double> Sums(const double (&weights)[kSize]) {
  std::vector<double> sums;
  double sum = 0;
  for (const double weight : weights) sums.push_back(sum += weight);
  return sums;
}

}  // namespace

Arrivals::Arrivals(uint64_t seed, int64_t inhabitants,
                   const municipality::MunicipalitySnapshot& municipality, const sop::Sop& sop)
    : seed_(seed), inhabitants_(inhabitants), municipality_(municipality) {
  // Nobody asks about a heading.
  absl::flat_hash_set<std::string> headings;
  for (const sop::SopTopic& topic : sop.topics) headings.insert(topic.parent);
  for (const sop::SopTopic& topic : sop.topics) {
    const KnownTopic* const known = FindKnownTopic(topic.topic_id);
    if (known != nullptr || !headings.contains(topic.topic_id)) topics_.push_back({&topic, known});
  }
}

double Arrivals::InAYear(Channel channel, int64_t inhabitants) {
  const auto people = static_cast<double>(inhabitants);
  switch (channel) {
    case common::v1::CHANNEL_PHONE:
      return 0.78 * people;
    case common::v1::CHANNEL_EMAIL:
      return 0.12 * people;
    case common::v1::CHANNEL_FORM:
      return 0.1 * people;
    case common::v1::CHANNEL_COUNTER:
      return 0.1 * people;
    case common::v1::CHANNEL_SOCIAL:
      return 0.02 * people;
    case common::v1::CHANNEL_POST:
      return 0.02 * people;
    case common::v1::CHANNEL_CHAT:
      return 52 * 6 * std::pow(people / 10'000, 0.818);
    default:
      return 0;
  }
}

bool Arrivals::IsOutage(absl::CivilDay day) const {
  return Dice({seed_, 4, static_cast<uint64_t>(day - absl::CivilDay(2000))}).Below(kOutageIn) == 0;
}

std::vector<double> Arrivals::TopicWeights(absl::CivilDay day) const {
  const bool outage = IsOutage(day);
  std::vector<double> sums;
  double sum = 0;
  uint64_t number = 0;
  for (const AskedTopic& asked : topics_) {
    double weight = 0;
    if (asked.known != nullptr) {
      weight = asked.known->weight * (asked.known->months[day.month() - 1] - '0') / 5;
      if (outage && asked.topic->topic_id == "actueel") weight += kOutageWeight;
    } else {
      weight =
          kLeastOwnWeight + (kMostOwnWeight - kLeastOwnWeight) * Dice({seed_, 5, number}).Share();
    }
    ++number;
    sums.push_back(sum += weight);
  }
  return sums;
}

absl::Time Arrivals::MomentOn(absl::CivilDay day, Channel channel, Dice& dice) const {
  static const auto* const written = new std::vector<double>(Sums(kWrittenHours));
  static const auto* const spoken = new std::vector<double>(Sums(kSpokenHours));
  const size_t hour = dice.ByWeight(IsSpoken(channel) ? *spoken : *written);
  const absl::Time moment =
      absl::FromCivil(absl::CivilSecond(day) + static_cast<int64_t>(hour) * 3600 + dice.Below(3600),
                      municipality_.zone);
  return moment + absl::Milliseconds(dice.Below(1000));
}

std::vector<Arrival> Arrivals::OfDay(absl::CivilDay day) const {
  std::vector<Arrival> arrivals;
  if (topics_.empty()) return arrivals;
  Dice dice({seed_, 6, static_cast<uint64_t>(day - absl::CivilDay(2000))});
  const auto& calendar = municipality_.service_calendar;
  const int weekday = WeekdayOf(day);
  const bool closed = calendar ? !calendar->IsWorkingDay(day) : weekday > 4;
  const std::vector<double> weights = TopicWeights(day);
  const double usual = kWeekdays[weekday] * kMonths[day.month() - 1] / kWeekdaysInAWeek / 52.18;
  for (const Channel channel : kChannels) {
    if (closed && (IsSpoken(channel) || channel == common::v1::CHANNEL_POST)) continue;
    const int64_t count = dice.Count(InAYear(channel, inhabitants_) * usual);
    for (int64_t i = 0; i < count; ++i) {
      absl::Time at = MomentOn(day, channel, dice);
      // Who calls too early or too late calls again while somebody is there.
      for (int tries = 0; IsSpoken(channel) && calendar && !calendar->IsOpen(at) && tries < 20;) {
        at = MomentOn(day, channel, dice);
        ++tries;
      }
      arrivals.push_back({at, channel, &topics_[dice.ByWeight(weights)]});
    }
  }
  std::sort(arrivals.begin(), arrivals.end(),
            [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
  return arrivals;
}

}  // namespace wissel::simulation
