#include "libs/text/clean.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>

#include "libs/text/utf8.h"

namespace wissel::text {
namespace {

constexpr int32_t kNonJoiner = 0x200C;
constexpr int32_t kJoiner = 0x200D;
constexpr int32_t kTextShape = 0xFE0E;
constexpr int32_t kEmojiShape = 0xFE0F;

bool IsLineEnd(int32_t point) {
  return (point >= '\n' && point <= '\r') || point == 0x85 || point == 0x2028 || point == 0x2029;
}

bool IsSpace(int32_t point) { return u_charType(point) == U_SPACE_SEPARATOR; }

bool IsDash(int32_t point) {
  // The minus sign counts as a dash and has another property.
  return point == '-' || point == 0x2212 || u_hasBinaryProperty(point, UCHAR_DASH);
}

bool IsUnknown(int32_t point) {
  const int8_t type = u_charType(point);
  return type == U_UNASSIGNED || type == U_PRIVATE_USE_CHAR;
}

}  // namespace

bool IsBlank(int32_t point) { return point == '\t' || IsLineEnd(point) || IsSpace(point); }

bool HasNoShape(int32_t point) {
  constexpr int32_t kFirstAnnotation = 0xFFF9;
  constexpr int32_t kLastAnnotation = 0xFFFB;
  return IsControlCharacter(point) || U_IS_UNICODE_NONCHAR(point) ||
         u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         (point >= kFirstAnnotation && point <= kLastAnnotation);
}

namespace {

// Whether a joiner or non-joiner has a meaning behind `point`.
bool TakesJoiner(int32_t point) {
  switch (u_getIntPropertyValue(point, UCHAR_JOINING_TYPE)) {
    case U_JT_DUAL_JOINING:
    case U_JT_LEFT_JOINING:
    case U_JT_RIGHT_JOINING:
      return true;
    default:
      break;
  }
  // Scripts of India: letters, marks and the virama. ASCII digits are "numbers" there as well.
  return point > 0x7F &&
         u_getIntPropertyValue(point, UCHAR_INDIC_SYLLABIC_CATEGORY) != U_INSC_OTHER;
}

bool TakesEmojiJoiner(int32_t point) {
  return point == kEmojiShape || u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC) ||
         u_hasBinaryProperty(point, UCHAR_EMOJI_MODIFIER);
}

// Whether `point`, which has no shape of its own, has a meaning behind `before`.
bool BelongsTo(int32_t before, int32_t point) {
  switch (point) {
    case kNonJoiner:
      return TakesJoiner(before);
    case kJoiner:
      return TakesJoiner(before) || TakesEmojiJoiner(before);
    case kTextShape:
    case kEmojiShape:
      return u_hasBinaryProperty(before, UCHAR_EMOJI);
    default:
      return false;
  }
}

bool IsPlainAscii(absl::string_view text, Shape shape) {
  return std::all_of(text.begin(), text.end(), [shape](char c) {
    return (c >= ' ' && c <= '~') || (shape == Shape::kText && (c == '\n' || c == '\t'));
  });
}

// What `point` becomes behind `before`; absent: it goes.
std::optional<int32_t> Kept(int32_t point, int32_t before, Shape shape) {
  if (IsLineEnd(point)) return shape == Shape::kText ? '\n' : ' ';
  if (point == '\t') return shape == Shape::kText ? '\t' : ' ';
  if (point >= ' ' && point <= '~') return point;
  // Most of the others that come: none of these is unusual.
  constexpr int32_t kFirstLatinLetter = 0xC0;
  constexpr int32_t kLastLatinLetter = 0x24F;
  if (point >= kFirstLatinLetter && point <= kLastLatinLetter) return point;
  if (HasNoShape(point)) {
    return BelongsTo(before, point) ? std::optional<int32_t>(point) : std::nullopt;
  }
  if (shape != Shape::kName) return point;
  if (IsUnknown(point)) return std::nullopt;
  return IsSpace(point) ? ' ' : point;
}

// `clean`, which is UTF-8, without blanks around it.
absl::string_view Trimmed(absl::string_view clean) {
  for (absl::string_view rest = clean; !rest.empty() && IsBlank(*TakeCodePoint(rest));) {
    clean = rest;
  }
  while (!clean.empty()) {
    size_t last = clean.size() - 1;
    while (last > 0 && (clean[last] & 0xC0) == 0x80) --last;
    absl::string_view character = clean.substr(last);
    if (!IsBlank(*TakeCodePoint(character))) break;
    clean = clean.substr(0, last);
  }
  return clean;
}

std::optional<std::string> Keep(absl::string_view typed, Shape shape) {
  std::string kept;
  kept.reserve(typed.size());
  int32_t before = 0;
  while (!typed.empty()) {
    const std::optional<int32_t> point = TakeCodePoint(typed);
    if (!point) return std::nullopt;
    if (*point == '\r' && !typed.empty() && typed.front() == '\n') continue;
    const std::optional<int32_t> now = Kept(*point, before, shape);
    if (!now) continue;
    AppendCodePoint(*now, &kept);
    before = *now;
  }
  return kept;
}

}  // namespace

std::optional<std::string> Clean(absl::string_view typed, Shape shape) {
  if (IsPlainAscii(typed, shape)) return std::string(Trimmed(typed));
  const std::optional<std::string> kept = Keep(typed, shape);
  if (!kept) return std::nullopt;
  return std::string(Trimmed(*kept));
}

std::optional<std::string> DropHidden(absl::string_view typed) {
  if (IsPlainAscii(typed, Shape::kText)) return std::string(typed);
  return Keep(typed, Shape::kText);
}

std::string PlainDashesAndBlanks(absl::string_view typed) {
  std::string plain;
  plain.reserve(typed.size());
  while (!typed.empty()) {
    const std::optional<int32_t> point = TakeCodePoint(typed);
    if (!point) {
      plain.push_back(typed.front());
      typed.remove_prefix(1);
    } else if (IsBlank(*point)) {
      plain.push_back(' ');
    } else if (*point > ' ' && *point <= '~') {
      plain.push_back(static_cast<char>(*point));
    } else if (IsDash(*point)) {
      plain.push_back('-');
    } else if (!HasNoShape(*point)) {
      AppendCodePoint(*point, &plain);
    }
  }
  return plain;
}

}  // namespace wissel::text
