#include "libs/text/typed.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/status.h"
#include "libs/text/normal_form.h"
#include "libs/text/utf8.h"

namespace wissel::text {
namespace {

absl::Status Wrong(absl::string_view field, absl::string_view reason, absl::string_view message,
                   std::map<std::string, std::string> facts = {}) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message, field, std::move(facts));
}

absl::Status NotUtf8(absl::string_view field) {
  return Wrong(field, "invalid_text", absl::StrCat(field, " is not UTF-8"));
}

// Of the character of `text` at its byte `offset`.
absl::Status WrongCharacter(absl::string_view field, absl::string_view text, size_t offset) {
  absl::string_view rest = text.substr(offset);
  const std::string character = absl::StrFormat("U+%04X", TakeCodePoint(rest).value_or(0xFFFD));
  const size_t position = CountCharacters(text.substr(0, offset)) + 1;
  return Wrong(field, "invalid_character",
               absl::StrCat(field, " may not have ", character, " as character ", position),
               {{"position", absl::StrCat(position)}, {"character", character}});
}

// Where `text` differs from what is kept of it.
size_t FirstGone(absl::string_view text, absl::string_view kept) {
  size_t whole = 0;
  for (absl::string_view rest = text; !rest.empty(); whole = text.size() - rest.size()) {
    TakeCodePoint(rest);
    const size_t end = text.size() - rest.size();
    if (kept.substr(0, end) != text.substr(0, end)) return whole;
  }
  return whole;
}

bool IsIdCharacter(int32_t point, bool first) {
  if (point < 0x80) {
    return absl::ascii_isalnum(static_cast<unsigned char>(point)) ||
           (!first && absl::string_view(" ._-/\\:&()+',").find(static_cast<char>(point)) !=
                          absl::string_view::npos);
  }
  // Some that nobody sees are letters and marks to Unicode.
  if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return false;
  const uint32_t type = U_GET_GC_MASK(point);
  return (type & (U_GC_L_MASK | U_GC_ND_MASK)) != 0 || (!first && (type & U_GC_M_MASK) != 0);
}

}  // namespace

absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t most,
                         Presence presence) {
  if (text.empty() && presence == Presence::kRequired) {
    return Wrong(field, "required", absl::StrCat(field, " is required"));
  }
  // No character is shorter than a byte.
  const size_t length = text.size() <= most ? text.size() : CountCharacters(text);
  if (length <= most) return absl::OkStatus();
  return Wrong(field, "too_long",
               absl::StrCat(field, " has ", length, " characters and may have ", most),
               {{"length", absl::StrCat(length)}, {"limit", absl::StrCat(most)}});
}

absl::StatusOr<std::string> Read(absl::string_view field, absl::string_view typed, size_t most,
                                 Presence presence, Shape shape) {
  std::optional<std::string> kept = Clean(typed, shape);
  if (!kept) return NotUtf8(field);
  WISSEL_RETURN_IF_ERROR(CheckLength(field, *kept, most, presence));
  return *std::move(kept);
}

absl::Status CheckClean(absl::string_view field, absl::string_view text, size_t most,
                        Presence presence, Shape shape) {
  const std::optional<std::string> kept = Clean(text, shape);
  if (!kept) return NotUtf8(field);
  if (*kept != text) return WrongCharacter(field, text, FirstGone(text, *kept));
  return CheckLength(field, text, most, presence);
}

absl::Status CheckName(absl::string_view field, absl::string_view name, size_t most,
                       Presence presence) {
  return CheckClean(field, name, most, presence, Shape::kName);
}

absl::Status CheckId(absl::string_view field, absl::string_view id, size_t most) {
  WISSEL_RETURN_IF_ERROR(CheckLength(field, id, most, Presence::kRequired));
  int32_t before = 0;
  for (absl::string_view rest = id; !rest.empty();) {
    const size_t offset = id.size() - rest.size();
    const std::optional<int32_t> point = TakeCodePoint(rest);
    if (!point) return NotUtf8(field);
    const bool twice = (*point == ' ' || *point == '.') && before == *point;
    if (twice || !IsIdCharacter(*point, offset == 0)) return WrongCharacter(field, id, offset);
    before = *point;
  }
  if (before == ' ') return WrongCharacter(field, id, id.size() - 1);
  const std::string normal = Nfc(id);
  if (normal != id) return WrongCharacter(field, id, FirstGone(id, normal));
  return absl::OkStatus();
}

absl::Status CheckIdempotencyKey(absl::string_view key) {
  constexpr absl::string_view kField = "idempotency_key";
  if (key.empty()) return Wrong(kField, "required", "an idempotency key is required");
  const bool known = std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
  });
  if (known && key.size() >= 8 && key.size() <= 64) return absl::OkStatus();
  return Wrong(kField, "invalid_idempotency_key",
               "idempotency_key has 8 to 64 characters from A-Z a-z 0-9 . _ -");
}

}  // namespace wissel::text
