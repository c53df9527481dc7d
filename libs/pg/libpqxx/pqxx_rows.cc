#include "libs/pg/libpqxx/pqxx_rows.h"

#include <utility>

namespace wissel::pg {

PqxxRows::PqxxRows(pqxx::result from) : result(std::move(from)) {
  size = static_cast<int>(result.size());
  const int count = static_cast<int>(result.columns());
  columns.reserve(count);
  for (int i = 0; i < count; ++i) columns.emplace_back(result.column_name(i));
  cells.reserve(static_cast<size_t>(size) * count);
  const auto end = result.end();
  for (auto row = result.begin(); row != end; ++row) {
    const auto row_end = row->end();
    for (auto field = row->begin(); field != row_end; ++field) {
      cells.push_back(field->is_null() ? nullptr : field->c_str());
    }
  }
}

int64_t PqxxRows::affected() const { return static_cast<int64_t>(result.affected_rows()); }

std::optional<absl::string_view> PqxxRows::Find(int row, int column) const {
  const char* const text = cells[static_cast<size_t>(row) * columns.size() + column];
  if (text == nullptr) return std::nullopt;
  return absl::string_view(text);
}

}  // namespace wissel::pg
