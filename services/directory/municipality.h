// A municipality, and what it starts with.

#ifndef WISSEL_SERVICES_DIRECTORY_MUNICIPALITY_H_
#define WISSEL_SERVICES_DIRECTORY_MUNICIPALITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::directory {

// A plain value.
struct Municipality {
  // CBS code or another short code.
  std::string tenant_id;
  // On screen; 1 to 80 characters.
  std::string name;
  // IANA name.
  std::string time_zone = "Europe/Amsterdam";
  // Group mailbox of the KCC; empty: stays as it is.
  std::string kcc_mailbox;
};

// What a request says. INVALID_ARGUMENT `invalid_tenant_id`, `required`, `too_long`,
// `invalid_character`, `invalid_email` or `invalid_time_zone`, with the field.
absl::StatusOr<Municipality> ReadMunicipality(const v1::EnsureMunicipalityRequest& request);

// The service calendar that municipalities agreed on: Monday to Friday 8:30 to 17:00, less the
// holidays. A municipality changes it with PutCalendar.
v1::Calendar DefaultCalendar();

// OK if due dates can be counted with `calendar` in that zone; otherwise the refusal of
// libs/calendar, with the field. INVALID_ARGUMENT `too_many` beyond 1,000 special days, `too_long`
// for the name of one with more than 100 characters.
absl::Status CheckCalendar(const v1::Calendar& calendar, const std::string& time_zone);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_MUNICIPALITY_H_
