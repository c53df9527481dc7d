// Tells the encoding of a text that has no byte order mark.

#ifndef WISSEL_LIBS_IMPORT_ENCODING_GUESS_H_
#define WISSEL_LIBS_IMPORT_ENCODING_GUESS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "libs/import/text_encoding.h"

namespace wissel {

// Tells UTF-8 from Windows-1252 by what a text looks like. Not thread-safe.
class EncodingGuess {
 public:
  // Looks at the next part of the text, in any cut.
  void Add(absl::string_view bytes);
  // UTF-8 unless more bytes cannot be UTF-8 than letters are well-formed. So a file in UTF-8 with a
  // damaged letter stays one.
  TextEncoding Guess() const;

 private:
  std::string rest_;
  int64_t well_formed_ = 0;
  int64_t impossible_ = 0;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_ENCODING_GUESS_H_
