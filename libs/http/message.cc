#include "libs/http/message.h"

#include "absl/strings/match.h"

namespace wissel::http {

void Headers::Add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

absl::string_view Headers::Get(absl::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (absl::EqualsIgnoreCase(key, name)) return value;
  }
  return {};
}

int Headers::Count(absl::string_view name) const {
  int count = 0;
  for (const auto& [key, value] : fields_) {
    if (absl::EqualsIgnoreCase(key, name)) ++count;
  }
  return count;
}

}  // namespace wissel::http
