// What would have been different: past contacts decided by the SOP in force and by another one.

#ifndef WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_TALLY_H_
#define WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_TALLY_H_

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/norms/log_fold.h"
#include "services/router/active/active_sop.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::router {

namespace v1 = ::wissel::routing::v1;

// A contact as routing saw it. Views outlive the call that takes it.
struct PastContact {
  int64_t reference = 0;
  absl::Time received_at;
  // Its moment is set by the replay.
  decision::RoutingRequest request;
};

// Counts. Not thread-safe. Memory: by rules, teams and days, and the contacts that are listed.
//
// Load of a team: all contacts whose decision names it, whatever the outcome, so that before and
// after differ by exactly what the matrix of moves says. Norm pressure: its QUEUE contacts after
// over those before, for that is the work with a norm: to keep its share in time it would have to
// answer so many times as many within the norm as it did. Share in time: as norm figures count, by
// the same verdicts (libs/norms).
class ReplayTally {
 public:
  struct Options {
    // In force, and tried.
    CompiledSopPtr before;
    CompiledSopPtr after;
    // In the zone and calendar of the municipality; outlives the tally.
    const decision::ServiceHours* hours = nullptr;
    // Changed contacts to list.
    size_t most_listed = 200;
  };
  explicit ReplayTally(Options options);

  // Contacts, in any order.
  void Add(const PastContact& contact);
  // Cases of the same period, in any order.
  void AddCase(const norms::JudgedCase& judged);

  // Teams by id, moves by from and to. Decisions have outcome, rule, version, team and target.
  v1::ReplayResult Result();

 private:
  // What a rule comes down to; the last one of each list is for "no rule".
  struct Side {
    CompiledSopPtr sop;
    std::vector<int> team;
    std::vector<v1::Outcome> outcome;
  };
  struct Load {
    std::string team_id;
    int64_t total[2] = {0, 0};
    int64_t queue[2] = {0, 0};
    int64_t met = 0;
    int64_t missed = 0;
  };
  struct Changed {
    int64_t reference;
    common::v1::Channel channel;
    std::string topic_id;
    absl::Time received_at;
    size_t rule[2];

    bool operator>(const Changed& other) const {
      return std::tie(received_at, reference) > std::tie(other.received_at, other.reference);
    }
  };
  // Contacts of one day by team, before and after.
  using DayLoad = std::vector<std::array<int64_t, 2>>;

  int TeamNumber(absl::string_view team_id);
  Side SideOf(CompiledSopPtr sop);
  DayLoad& LoadOf(absl::CivilDay day);
  void List(Changed changed);
  void FillLoads(v1::ReplayResult* result) const;
  v1::Decision DecisionOf(const Side& side, size_t rule) const;

  const Options options_;
  absl::flat_hash_map<std::string, int> team_numbers_;
  std::vector<Load> loads_;
  Side sides_[2];
  // Teams that either SOP names.
  size_t sop_teams_ = 0;
  absl::flat_hash_map<int64_t, DayLoad> days_;
  int64_t contacts_ = 0;
  int64_t moved_ = 0;
  // By team before and after, where they differ.
  absl::flat_hash_map<std::pair<int, int>, int64_t> moves_;
  int64_t outcomes_[v1::Outcome_ARRAYSIZE][2] = {};
  // A heap with the earliest first.
  std::vector<Changed> changed_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_REPLAY_REPLAY_TALLY_H_
