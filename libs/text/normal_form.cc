#include "libs/text/normal_form.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "absl/strings/ascii.h"
#include "libs/text/utf8.h"

namespace wissel::text {
namespace {

// Code points up to U+02FF never change in NFC; the first byte of the next one is this.
constexpr unsigned char kFirstByteThatMayChange = 0xCC;

const icu::Normalizer2& NfcForm() {
  static const icu::Normalizer2& form = []() -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFCInstance(error);
    if (U_FAILURE(error)) std::abort();
    return *found;
  }();
  return form;
}

icu::StringPiece Piece(absl::string_view text) {
  return {text.data(), static_cast<int32_t>(text.size())};
}

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    if (!TakeCodePoint(text)) return false;
  }
  return true;
}

}  // namespace

bool IsNfc(absl::string_view text) {
  const bool low = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= kFirstByteThatMayChange;
  });
  if (low || !IsUtf8(text)) return true;
  UErrorCode error = U_ZERO_ERROR;
  return NfcForm().isNormalizedUTF8(Piece(text), error) != 0 && U_SUCCESS(error);
}

std::string Nfc(absl::string_view text) {
  std::string normal;
  if (IsNfc(text)) return normal.assign(text.data(), text.size());
  UErrorCode error = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(&normal);
  NfcForm().normalizeUTF8(0, Piece(text), sink, nullptr, error);
  if (U_FAILURE(error)) normal.assign(text.data(), text.size());
  return normal;
}

std::string FoldCase(absl::string_view text) {
  if (IsAscii(text)) return absl::AsciiStrToLower(text);
  const std::string normal = Nfc(text);
  std::string fold;
  fold.reserve(normal.size());
  for (absl::string_view rest = normal; !rest.empty();) {
    const std::optional<int32_t> point = TakeCodePoint(rest);
    if (point) {
      AppendCodePoint(u_foldCase(*point, U_FOLD_CASE_DEFAULT), &fold);
    } else {
      fold.push_back(rest.front());
      rest.remove_prefix(1);
    }
  }
  return fold;
}

}  // namespace wissel::text
