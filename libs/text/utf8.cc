#include "libs/text/utf8.h"

#include <cstring>

namespace wissel::text {

std::optional<int32_t> TakeCodePoint(absl::string_view& text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  // 0xC0 and 0xC1 could only begin overlong forms.
  const size_t length = lead < 0x80   ? 1
                        : lead < 0xC2 ? 0
                        : lead < 0xE0 ? 2
                        : lead < 0xF0 ? 3
                        : lead < 0xF5 ? 4
                                      : 0;
  if (length == 0 || text.size() < length) return std::nullopt;
  int32_t point = length == 1 ? lead : lead & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    point = (point << 6) | (byte(i) & 0x3F);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (overlong || surrogate || point > 0x10FFFF) return std::nullopt;
  text.remove_prefix(length);
  return point;
}

bool IsControlCharacter(int32_t point) { return point < 0x20 || (point >= 0x7F && point <= 0x9F); }

void AppendCodePoint(int32_t point, std::string* text) {
  const auto tail = [&](int shift) {
    text->push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3F)));
  };
  if (point < 0x80) {
    text->push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    text->push_back(static_cast<char>(0xC0 | (point >> 6)));
    tail(0);
  } else if (point < 0x10000) {
    text->push_back(static_cast<char>(0xE0 | (point >> 12)));
    tail(6);
    tail(0);
  } else {
    text->push_back(static_cast<char>(0xF0 | (point >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool IsAscii(absl::string_view text) {
  uint64_t high = 0;
  size_t at = 0;
  for (; at + 16 <= text.size(); at += 16) {
    uint64_t lanes[2];
    std::memcpy(lanes, text.data() + at, sizeof(lanes));
    high |= lanes[0] | lanes[1];
  }
  unsigned char rest = 0;
  for (; at < text.size(); ++at) rest |= static_cast<unsigned char>(text[at]);
  return (high & 0x8080808080808080) == 0 && rest < 0x80;
}

size_t CountCharacters(absl::string_view text) {
  size_t count = 0;
  for (; !text.empty(); ++count) {
    if (!TakeCodePoint(text)) text.remove_prefix(1);
  }
  return count;
}

}  // namespace wissel::text
