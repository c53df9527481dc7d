// What people may type. Pure and thread-safe.

#ifndef WISSEL_SERVICES_CASES_TEXT_CHECK_H_
#define WISSEL_SERVICES_CASES_TEXT_CHECK_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel::cases {

// Whether a text may be left empty.
enum class Presence { kRequired, kOptional };

// OK for valid UTF-8 of at most `most` characters (code points) without control characters other
// than newline and tab. Else INVALID_ARGUMENT with `field` and, in this order: `invalid_text`;
// `too_long`; `required` where nothing but white space is there. The message never quotes the text.
absl::Status CheckText(absl::string_view field, absl::string_view text, int most,
                       Presence presence);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_TEXT_CHECK_H_
