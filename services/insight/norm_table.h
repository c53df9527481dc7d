// Puts judged cases together into the table that a manager reads.

#ifndef WISSEL_SERVICES_INSIGHT_NORM_TABLE_H_
#define WISSEL_SERVICES_INSIGHT_NORM_TABLE_H_

#include <map>
#include <string>

#include "absl/types/span.h"
#include "services/insight/figures.h"

namespace wissel::insight {

// What the table needs beside the cases.
struct TableContext {
  // By team id; a team without a name is shown by its id.
  std::map<std::string, std::string> team_names;
  // By team and channel.
  std::map<GroupKey, double> targets;
};

// Fills `rows` and `total`. The target of a row that covers several norms is the strictest of those
// that its cases fall under, so that a mixed row is never called on target by its easiest part.
void FillNormTable(absl::Span<const CaseFigure> cases, v1::FigureGrouping grouping,
                   const TableContext& context, v1::GetFiguresResponse* response);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_NORM_TABLE_H_
