// Where contacts went first and where they belonged. Pure.

#ifndef WISSEL_SERVICES_INSIGHT_MISROUTES_H_
#define WISSEL_SERVICES_INSIGHT_MISROUTES_H_

#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "libs/rpc/principal.h"
#include "wissel/insight/v1/insight.pb.h"

namespace wissel::insight {

// A case of a cell; a cell is made of the cases that one rule gave to one team, and that stayed
// there or belonged with one other team.
struct RoutedCase {
  // Empty: no router decided.
  std::string rule_id;
  std::string team_id;
  // It was returned or forwarded.
  bool misrouted = false;
  // Then: the team that was suggested or got it; empty if nobody said.
  std::string to_team_id;
  // Of the whole cell: its cases, and the last version of the SOP under which it happened.
  int64_t cell_cases = 0;
  int64_t cell_version = 0;
  int64_t reference = 0;
  // Team that has it now.
  std::string holder_team_id;
  std::string reason;
};

// Cases of a cell that are listed with it.
inline constexpr int kMostExamples = 20;

// Fills the matrix for `who`, who is told the reason only of cases that it may read. `cases` has
// each cell once at least, those of one cell behind each other, the latest first.
void FillMisroutes(absl::Span<const RoutedCase> cases, const rpc::Principal& who,
                   v1::ListMisroutesResponse* response);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_MISROUTES_H_
