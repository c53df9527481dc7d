// What is different between two SOPs, item by item, and whom it concerns.

#ifndef WISSEL_LIBS_SOP_SOP_DIFF_H_
#define WISSEL_LIBS_SOP_SOP_DIFF_H_

#include <string>
#include <vector>

#include "libs/sop/sop.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::sop {

// One item that differs. YamlFields as in wissel.routing.v1.SopChange.
struct SopChange {
  v1::ChangeKind kind = v1::CHANGE_KIND_UNSPECIFIED;
  std::string part;
  std::string id;
  std::string description;
  std::string before;
  std::string after;
  std::vector<std::string> team_ids;
};

struct SopDiff {
  // In the order of the new document, removed items last.
  std::vector<SopChange> changes;
  // Teams that are concerned, sorted; the KCC always when anything differs.
  std::vector<std::string> team_ids;
};

// From `before` to `after`. Comments and the layout of the document do not count. A rule has moved
// when it is tried earlier or later than others that both SOPs have; as few rules as explain the
// new order are said to have moved. A rule concerns its team, before and after; a topic, area or
// menu choice concerns the teams of the rules that name it. Pure.
SopDiff DiffSops(const Sop& before, const Sop& after);

// As the contract has it.
v1::DiffSopResponse ToProto(const SopDiff& diff);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_SOP_DIFF_H_
