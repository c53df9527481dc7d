#include "libs/import/encoding_guess.h"

#include "absl/strings/str_cat.h"
#include "libs/text/utf8.h"

namespace wissel {

void EncodingGuess::Add(absl::string_view bytes) {
  absl::StrAppend(&rest_, bytes);
  absl::string_view text = rest_;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      text.remove_prefix(1);
    } else if (text::TakeCodePoint(text)) {
      ++well_formed_;
    } else if (text.size() < 4) {
      // It may go on in the next part.
      break;
    } else {
      ++impossible_;
      text.remove_prefix(1);
    }
  }
  rest_.erase(0, rest_.size() - text.size());
}

TextEncoding EncodingGuess::Guess() const {
  const int64_t impossible = impossible_ + static_cast<int64_t>(rest_.empty() ? 0 : 1);
  return impossible > well_formed_ ? TextEncoding::kWindows1252 : TextEncoding::kUtf8;
}

}  // namespace wissel
