// The one checker of texts, names and ids that come in: whatever is typed passes here, and limits
// count what is left after cleaning (clean.h), in code points. Pure and thread-safe.
//
// Every error is INVALID_ARGUMENT for `field`, and never quotes what was typed:
//   `invalid_text`       not UTF-8
//   `invalid_character`  a name or an id holds something else than its allow-list; facts `position`
//                        (from 1, in code points) and `character` (`U+202E`)
//   `too_long`           facts `length` and `limit`, in code points: a screen says how many are too
//                        many
//   `required`           nothing is left

#ifndef WISSEL_LIBS_TEXT_TYPED_H_
#define WISSEL_LIBS_TEXT_TYPED_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/text/clean.h"

namespace wissel::text {

// Whether a text may be left empty.
enum class Presence { kOptional, kRequired };

// `required` and `too_long` alone, for what is checked in its own way besides.
absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t most,
                         Presence presence);

// What is kept of `typed`, for what residents and their programs write: it is cleaned and not
// refused.
absl::StatusOr<std::string> Read(absl::string_view field, absl::string_view typed, size_t most,
                                 Presence presence, Shape shape);

// OK for a text that Read would return as it is; for what must have been cleaned before.
absl::Status CheckClean(absl::string_view field, absl::string_view text, size_t most,
                        Presence presence, Shape shape);

// OK for a name that Read would return as it is, for what a municipality's own people set up: they
// are told what is wrong with it.
absl::Status CheckName(absl::string_view field, absl::string_view name, size_t most,
                       Presence presence);

// An id of a team, topic, area or rule. It begins with a letter or digit and goes on with letters,
// marks, digits, single blanks between them and . _ - / \ : & ( ) + ' , as names of departments in
// other systems have them; never two dots in a row, so that it is no path to somewhere else. One
// form only: NFC.
absl::Status CheckId(absl::string_view field, absl::string_view id, size_t most);

// 8 to 64 of A-Z a-z 0-9 . _ -; else `required` or `invalid_idempotency_key`, for the field
// `idempotency_key`.
absl::Status CheckIdempotencyKey(absl::string_view key);

}  // namespace wissel::text

#endif  // WISSEL_LIBS_TEXT_TYPED_H_
