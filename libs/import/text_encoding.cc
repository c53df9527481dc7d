#include "libs/import/text_encoding.h"

#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/text/utf8.h"

namespace wissel {
namespace {

constexpr char kUnreadable = '\xFF';

struct Name {
  TextEncoding encoding;
  absl::string_view name;
};

constexpr Name kNames[] = {{TextEncoding::kUtf8, "utf-8"},
                           {TextEncoding::kUtf16LittleEndian, "utf-16le"},
                           {TextEncoding::kUtf16BigEndian, "utf-16be"},
                           {TextEncoding::kWindows1252, "windows-1252"}};

// Windows-1252 from 0x80 to 0x9F; 0 where it has nothing. The rest is as in Unicode.
constexpr std::array<uint16_t, 32> kWindows1252High = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void DecodeWindows1252(absl::string_view bytes, std::string* text) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const uint32_t point = byte >= 0x80 && byte < 0xA0 ? kWindows1252High[byte - 0x80] : byte;
    if (byte != 0 && point == 0) {
      *text += kUnreadable;
    } else {
      text::AppendCodePoint(static_cast<int32_t>(point), text);
    }
  }
}

}  // namespace

std::optional<TextEncoding> TextEncodingOf(absl::string_view name) {
  for (const Name& known : kNames) {
    if (absl::EqualsIgnoreCase(known.name, name)) return known.encoding;
  }
  return std::nullopt;
}

absl::string_view NameOf(TextEncoding encoding) {
  for (const Name& known : kNames) {
    if (known.encoding == encoding) return known.name;
  }
  return "";
}

std::optional<ByteOrderMark> FindByteOrderMark(absl::string_view bytes) {
  if (absl::StartsWith(bytes, "\xEF\xBB\xBF")) return ByteOrderMark{TextEncoding::kUtf8, 3};
  if (absl::StartsWith(bytes, "\xFF\xFE")) {
    return ByteOrderMark{TextEncoding::kUtf16LittleEndian, 2};
  }
  if (absl::StartsWith(bytes, "\xFE\xFF")) return ByteOrderMark{TextEncoding::kUtf16BigEndian, 2};
  return std::nullopt;
}

void TextDecoder::Decode(absl::string_view bytes, std::string* text) {
  if (encoding_ == TextEncoding::kUtf8) {
    absl::StrAppend(text, bytes);
    return;
  }
  if (encoding_ == TextEncoding::kWindows1252) {
    DecodeWindows1252(bytes, text);
    return;
  }
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!odd_byte_) {
      odd_byte_ = byte;
      continue;
    }
    const uint32_t first = *odd_byte_;
    odd_byte_.reset();
    const bool little = encoding_ == TextEncoding::kUtf16LittleEndian;
    TakeUnit(little ? byte << 8 | first : first << 8 | byte, text);
  }
}

void TextDecoder::TakeUnit(uint32_t unit, std::string* text) {
  const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
  if (high_surrogate_) {
    const uint32_t high = *high_surrogate_;
    high_surrogate_.reset();
    if (low) {
      text::AppendCodePoint(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00), text);
      return;
    }
    *text += kUnreadable;
  }
  if (unit >= 0xD800 && unit < 0xDC00) {
    high_surrogate_ = unit;
  } else if (low) {
    *text += kUnreadable;
  } else {
    text::AppendCodePoint(static_cast<int32_t>(unit), text);
  }
}

void TextDecoder::Finish(std::string* text) {
  if (odd_byte_ || high_surrogate_) *text += kUnreadable;
  odd_byte_.reset();
  high_surrogate_.reset();
}

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    if (!text::TakeCodePoint(text)) return false;
  }
  return true;
}

}  // namespace wissel
