#include "libs/customer/preferred_moment.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel::customer {
namespace {

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2099;

absl::Status CheckEnd(const std::string& field, bool given,
                      const google::protobuf::Timestamp& timestamp) {
  if (!given) return absl::OkStatus();
  WISSEL_ASSIGN_OR_RETURN(const absl::Time moment, ReadTime(field, timestamp));
  const absl::civil_year_t year = absl::ToCivilYear(moment, absl::UTCTimeZone()).year();
  if (year >= kFirstYear && year <= kLastYear) return absl::OkStatus();
  return InvalidField(
      field, "invalid_moment",
      absl::StrCat(field, " is not a moment in the years ", kFirstYear, " to ", kLastYear));
}

}  // namespace

absl::Status CheckPreferredMoment(absl::string_view field,
                                  const common::v1::PreferredMoment& moment) {
  const std::string not_before = absl::StrCat(field, ".not_before");
  const std::string not_after = absl::StrCat(field, ".not_after");
  WISSEL_RETURN_IF_ERROR(CheckEnd(not_before, moment.has_not_before(), moment.not_before()));
  WISSEL_RETURN_IF_ERROR(CheckEnd(not_after, moment.has_not_after(), moment.not_after()));
  if (moment.has_not_before() && moment.has_not_after() &&
      FromProto(moment.not_after()) <= FromProto(moment.not_before())) {
    return InvalidField(not_after, "invalid_moment", "not_after must be later than not_before");
  }
  return absl::OkStatus();
}

}  // namespace wissel::customer
