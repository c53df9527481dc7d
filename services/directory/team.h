// Teams, and the norms that they have to make.

#ifndef WISSEL_SERVICES_DIRECTORY_TEAM_H_
#define WISSEL_SERVICES_DIRECTORY_TEAM_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::directory {

// Within how many working days a channel is answered; a plain value.
struct Norm {
  common::v1::Channel channel;
  // 0 to 60.
  int working_days;
  // Between 0 and 1; the share must be more than this.
  double target_share;
  bool statutory = false;
  bool first_attempt_counts = false;

  friend bool operator==(const Norm&, const Norm&) = default;
};

// A team; a plain value.
struct Team {
  // Stable; 1 to 80 characters.
  std::string team_id;
  // Unique in its municipality; 1 to 80 characters.
  std::string name;
  // May be empty.
  std::string mailbox;
  std::string transfer_number;
  bool is_kcc = false;
  std::vector<Norm> norms;
};

// What a team gets that brings no norms: 2 working days for phone and callback, 5 for the rest, and
// more than 90 % must make it.
std::vector<Norm> DefaultNorms();

// The first line, which every municipality has.
Team KccTeam();

// OK for the address of one mailbox, or none. INVALID_ARGUMENT `invalid_email` or as CheckLine.
absl::Status CheckMailbox(const std::string& field, const std::string& mailbox);

// What an SOP agreed about teams, as far as it says something: mailbox, transfer number, and of the
// norms working days and share. INVALID_ARGUMENT as NewTeams, with fields in `teams`; NOT_FOUND
// `no_such_team` for one that is not among `existing`.
absl::Status CheckAgreements(const std::vector<Team>& existing, const std::vector<Team>& agreed);

// Norms of `agreed` that differ from those of `held`; what an SOP does not say (the law's terms,
// whether an attempt counts) stays as it is.
std::vector<Norm> ChangedNorms(const std::vector<Norm>& held, const std::vector<Norm>& agreed);

// Those of `wanted` that are not among `existing`, with norms; what is there stays as it is.
// INVALID_ARGUMENT with the field of the first fault: `too_many` over 1,000, `required`,
// `too_long`, `invalid_character`, `invalid_email`, `invalid_phone`, `invalid_channel`,
// `out_of_range`, `duplicate` within the request. FAILED_PRECONDITION `name_taken` by another team,
// or `kcc_exists`, with the fact `team_id` of that team.
absl::StatusOr<std::vector<Team>> NewTeams(const std::vector<Team>& existing,
                                           const std::vector<Team>& wanted);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_TEAM_H_
