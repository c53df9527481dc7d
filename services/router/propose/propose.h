// A draft SOP from past cases: which team answered what.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_PROPOSE_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_PROPOSE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "libs/sop/sop.h"
#include "services/router/propose/backtest.h"
#include "services/router/propose/case_history.h"

namespace wissel::router {

// Limits of a proposal.
struct ProposeOptions {
  // The catch-all is one of them; 0: three for each topic that was seen.
  int most_rules = 0;
  // A rule about areas or a channel that is expected to bring fewer cases right is left out. By
  // cross-validation inside January and February of the Boston file; between 0 and 6 it hardly
  // matters for what is right, only for the number of rules.
  double least_gain = 3;
};

// Cases that the proposal treats alike and that history gave to several teams.
struct Contradiction {
  std::string topic_id;
  // Empty if it does not matter; a district of four digits where there are postcodes only.
  std::string area;
  // Unspecified if it does not matter.
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  // Teams with their cases, the most first.
  std::vector<std::pair<std::string, int64_t>> teams;
};

struct Proposal {
  // Ready for WriteSop: topics, areas, rules by priority and then by what they
  // bring, and at the end the catch-all for the KCC. Each rule has its support as a comment.
  sop::Sop sop;
  // The proposal on the very cases that it was learned from.
  BacktestResult learned;
  // Where the second team has a fifth of the cases or more; the most cases first.
  std::vector<Contradiction> contradictions;
};

// The SOP that gives most of `cases` to the team that answered them, by topic, area and channel,
// the most useful rules first. Topics (with their names and tree), teams and menu of `known` are
// taken over; its rules are not, nor are its areas. Rules at one priority that meet say the same.
//
// FAILED_PRECONDITION `no_history` if no case has a topic and a team. Pure and deterministic: the
// order of the cases does not matter. Takes seconds for 2,000 topics in 100 neighbourhoods.
absl::StatusOr<Proposal> Propose(absl::Span<const PastCase> cases, const sop::Sop& known,
                                 const ProposeOptions& options);

// What a proposal is worth: learned from the first four fifths of the days on which `cases` came,
// scored on the rest, which it has not seen. Errors: as Propose.
absl::StatusOr<BacktestResult> HoldOut(absl::Span<const PastCase> cases, const sop::Sop& known,
                                       const ProposeOptions& options);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_PROPOSE_H_
