// Puts counts of judged cases together into the table that a manager reads.

#ifndef WISSEL_SERVICES_INSIGHT_NORM_TABLE_H_
#define WISSEL_SERVICES_INSIGHT_NORM_TABLE_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "libs/municipality/municipality_snapshot.h"
#include "services/insight/figures.h"

namespace wissel::insight {

// What a team is called, and its place among all names in Dutch alphabetical order, from 1.
struct TeamName {
  int64_t place = 0;
  std::string name;
};

// What the table needs beside the cases.
struct TableContext {
  // By team id; a team without a name is shown by its id.
  std::map<std::string, TeamName> teams;
  // By team and channel.
  std::map<GroupKey, double> targets;
};

// Names of the teams, and the shares that had to be exceeded at `moment`: of the norm that held
// then, or of the first that was ever set where the period begins before it.
TableContext ContextAt(const municipality::MunicipalitySnapshot& municipality, absl::Time moment);

// Fills `rows` and `total`. The target of a row that covers several norms is the strictest of those
// that its cases fall under, so that a mixed row is never called on target by its easiest part.
void FillNormTable(const Tallies& finest, v1::FigureGrouping grouping, const TableContext& context,
                   v1::GetFiguresResponse* response);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_NORM_TABLE_H_
