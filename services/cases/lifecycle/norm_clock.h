// When an answer is due. The clock starts at the moment of first receipt and never restarts. Pure.

#ifndef WISSEL_SERVICES_CASES_LIFECYCLE_NORM_CLOCK_H_
#define WISSEL_SERVICES_CASES_LIFECYCLE_NORM_CLOCK_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/municipality/municipality_snapshot.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::cases {

// The clock of one case, as it is stored: with what made it, so that a later calendar can move it.
struct NormClock {
  // Answered at exactly this moment is in time. InfiniteFuture: no norm holds, or there is no
  // calendar to count in.
  absl::Time due_at = absl::InfiniteFuture();
  // Nothing: no norm holds.
  std::optional<municipality::Norm> norm;
  // Version of the calendars that `due_at` was counted in; 0 if it was counted in none.
  int64_t calendar_version = 0;
};

// The clock of a case that `team_id` holds, by the norm that held on the local date of receipt.
NormClock StartClock(const municipality::MunicipalitySnapshot& municipality,
                     absl::string_view team_id, common::v1::Channel channel,
                     absl::Time received_at);

// The same norm counted in the calendars of `municipality`. Whatever changed in them, it is due
// later than the receipt (calendar::Calendar::Due).
NormClock Recount(const municipality::MunicipalitySnapshot& municipality,
                  std::optional<municipality::Norm> norm, absl::Time received_at);

// Moments of receipt, from `from` up to, not including, `before`, that all start the same clocks.
struct ReceiptWindow {
  absl::Time from;
  absl::Time before;
};

// The window that `moment` lies in: the local day, up to or from the end of the hours of a
// calendar.
ReceiptWindow WindowAround(const municipality::MunicipalitySnapshot& municipality,
                           absl::Time moment);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_LIFECYCLE_NORM_CLOCK_H_
