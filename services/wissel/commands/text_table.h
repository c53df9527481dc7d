// Tables on a terminal that line up, whatever the letters.

#ifndef WISSEL_SERVICES_WISSEL_COMMANDS_TEXT_TABLE_H_
#define WISSEL_SERVICES_WISSEL_COMMANDS_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wissel {

// Columns of a terminal that a UTF-8 text takes: two for wide letters, none for combining marks.
size_t DisplayWidth(absl::string_view text);

// Rows with a column of names, to the left, and columns of figures, to the right; each as wide as
// its widest cell. Not thread-safe.
class TextTable {
 public:
  // How many columns of every row, from the first, are names.
  explicit TextTable(size_t names) : names_(names) {}
  // REQUIRES: as many cells as the other rows.
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  // The rows, a line each, without blanks at their ends.
  std::string ToString() const;

 private:
  const size_t names_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMANDS_TEXT_TABLE_H_
