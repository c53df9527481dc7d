// What an SOP says about a team, as plain values.

#ifndef WISSEL_LIBS_SOP_SOP_TEAM_H_
#define WISSEL_LIBS_SOP_SOP_TEAM_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/sop/source_location.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::sop {

using common::v1::Channel;

// What stands in the text beside the model: where an item begins, for findings, and the comment
// lines that belong to it, so that a document that is edited on screen keeps them.
struct SopSource {
  SourceLocation location;
  // Without the leading `# `; lines end in \n. Of the item itself: the lines above it and in it.
  std::string comment;

  // Whether they mean the same: where an item stands does not count.
  bool operator==(const SopSource& other) const { return comment == other.comment; }
};

// Minutes of a local day, [from, to); 0 <= from < to <= 1440.
struct OpenInterval {
  int from = 0;
  int to = 0;

  bool operator==(const OpenInterval&) const = default;
};

// Opening hours by weekday, 0 is Monday. On a closed day of the municipality nothing is open.
using WeekHours = std::array<std::vector<OpenInterval>, 7>;

// The norm of a team for a channel.
struct SopNorm {
  Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  int working_days = 0;
  // The share in time must be more than this; 0..1.
  double target_share = 0.9;

  bool operator==(const SopNorm&) const = default;
};

// What was agreed about one team. What is absent, the directory says.
struct SopTeam {
  SopSource source;
  std::string team_id;
  // Group mailbox.
  std::string mailbox;
  // The one number to put a caller through to.
  std::string transfer_number;
  std::optional<WeekHours> hours;
  std::vector<SopNorm> norms;
  // Plain Dutch: what this team takes.
  std::string takes;
  // From this day on the team takes nothing any more.
  std::optional<absl::CivilDay> closed_from;

  bool operator==(const SopTeam&) const = default;
};

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_SOP_TEAM_H_
