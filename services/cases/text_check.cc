#include "services/cases/text_check.h"

#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/utf8.h"

namespace wissel::cases {
namespace {

bool MayStand(int32_t point) {
  return !IsControlCharacter(point) || point == '\n' || point == '\t';
}

}  // namespace

absl::Status CheckText(absl::string_view field, absl::string_view text, int most,
                       Presence presence) {
  int characters = 0;
  bool blank = true;
  for (absl::string_view rest = text; !rest.empty(); ++characters) {
    const std::optional<int32_t> point = TakeCodePoint(rest);
    if (!point || !MayStand(*point)) {
      return InvalidField(field, "invalid_text",
                          absl::StrCat(field, " holds a character that cannot be shown"));
    }
    blank = blank && IsBlankCharacter(*point);
  }
  if (characters > most) {
    return InvalidField(field, "too_long",
                        absl::StrCat(field, " has more than ", most, " characters"));
  }
  if (presence == Presence::kRequired && blank) {
    return InvalidField(field, "required", absl::StrCat(field, " is required"));
  }
  return absl::OkStatus();
}

}  // namespace wissel::cases
