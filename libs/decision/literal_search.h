// Words sought in a text with upper and lower case of ASCII letters alike.

#ifndef WISSEL_LIBS_DECISION_LITERAL_SEARCH_H_
#define WISSEL_LIBS_DECISION_LITERAL_SEARCH_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::decision {

// What one pattern asks for in plain characters. Immutable, so thread-safe.
class LiteralSearch {
 public:
  LiteralSearch() = default;
  // ASCII without line ends, not empty.
  explicit LiteralSearch(absl::string_view word);

  bool IsIn(absl::string_view text) const;
  bool empty() const { return word_.empty(); }

 private:
  bool IsAt(const char* text) const;

  // Small letters.
  std::string word_;
  // Offsets of its two least common characters, and these as they are looked for first.
  uint16_t rare_ = 0;
  uint16_t next_rare_ = 0;
  uint8_t rare_byte_ = 0;
  uint8_t next_rare_byte_ = 0;
};

// The longest run of plain ASCII characters that every match of the RE2 pattern contains, in small
// letters; empty if the pattern is not simple enough to tell. `*is_all` tells whether the pattern
// asks for nothing else.
std::string RequiredWord(absl::string_view pattern, bool* is_all);

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_LITERAL_SEARCH_H_
