// When customers would like to be called.

#ifndef WISSEL_LIBS_CUSTOMER_PREFERRED_MOMENT_H_
#define WISSEL_LIBS_CUSTOMER_PREFERRED_MOMENT_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "wissel/common/v1/common.pb.h"

namespace wissel::customer {

// OK for moments in order, in the years 2000 to 2099: outside of these a year was written wrong
// (`0026`), since nobody is called back in another century. They need not lie ahead: a sender may
// try again after days, with the same request. INVALID_ARGUMENT `invalid_moment` for
// `<field>.not_before` or `<field>.not_after`. Pure and thread-safe.
absl::Status CheckPreferredMoment(absl::string_view field,
                                  const common::v1::PreferredMoment& moment);

}  // namespace wissel::customer

#endif  // WISSEL_LIBS_CUSTOMER_PREFERRED_MOMENT_H_
