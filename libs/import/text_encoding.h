// Encodings in which tables are saved, and UTF-8 made of them.

#ifndef WISSEL_LIBS_IMPORT_TEXT_ENCODING_H_
#define WISSEL_LIBS_IMPORT_TEXT_ENCODING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel {

// What Excel and exports of other systems write.
enum class TextEncoding { kUtf8, kUtf16LittleEndian, kUtf16BigEndian, kWindows1252 };

// By the names utf-8, utf-16le, utf-16be and windows-1252, in any case; nothing for another.
std::optional<TextEncoding> TextEncodingOf(absl::string_view name);
absl::string_view NameOf(TextEncoding encoding);

// A mark at the start of a file that tells its encoding.
struct ByteOrderMark {
  TextEncoding encoding;
  size_t size;
};

// Nothing if `bytes` begins with none.
std::optional<ByteOrderMark> FindByteOrderMark(absl::string_view bytes);

// Makes UTF-8 of a stream of bytes. What cannot be read becomes the byte 0xFF, which no UTF-8 has,
// so that whoever checks the text finds the place; UTF-8 itself passes as it is. Not thread-safe.
class TextDecoder {
 public:
  explicit TextDecoder(TextEncoding encoding) : encoding_(encoding) {}
  // Appends to `text` what the next `bytes` stand for.
  void Decode(absl::string_view bytes, std::string* text);
  // Appends what an end in the middle of a character stands for.
  void Finish(std::string* text);

 private:
  void TakeUnit(uint32_t unit, std::string* text);

  const TextEncoding encoding_;
  // First byte of a cut unit of UTF-16, and first unit of a cut pair.
  std::optional<unsigned char> odd_byte_;
  std::optional<uint32_t> high_surrogate_;
};

// Whether `text` is well-formed UTF-8.
bool IsUtf8(absl::string_view text);

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_TEXT_ENCODING_H_
