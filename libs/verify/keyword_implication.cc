#include "libs/verify/keyword_implication.h"

#include <algorithm>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/text/normal_form.h"

namespace wissel::verify {
namespace {

bool IsLiteral(absl::string_view pattern) {
  return !pattern.empty() && pattern.find_first_of("\\.+*?()|[]{}^$") == absl::string_view::npos;
}

// The literal text that a match contains: the pattern less the edges of words; empty if unknown.
absl::string_view LiteralCore(absl::string_view pattern) {
  while (absl::ConsumePrefix(&pattern, "\\b")) {
  }
  while (absl::ConsumeSuffix(&pattern, "\\b")) {
  }
  return IsLiteral(pattern) ? pattern : absl::string_view();
}

}  // namespace

std::string FoldPattern(absl::string_view pattern) {
  // A class `[A-z]` and a flag `(?-i)` mean something else in small letters.
  if (absl::StrContains(pattern, "[") || absl::StrContains(pattern, "(?")) {
    return text::Nfc(pattern);
  }
  // So do escapes.
  std::string fold;
  while (!pattern.empty()) {
    const size_t plain = std::min(pattern.find('\\'), pattern.size());
    absl::StrAppend(&fold, text::FoldCase(pattern.substr(0, plain)), pattern.substr(plain, 2));
    pattern.remove_prefix(std::min(plain + 2, pattern.size()));
  }
  return fold;
}

std::vector<std::vector<int>> ImpliedPatterns(const std::vector<std::string>& patterns) {
  std::vector<std::vector<int>> implied(patterns.size());
  std::vector<std::string> folds;
  absl::flat_hash_map<absl::string_view, int> literals;
  std::set<size_t> lengths;
  folds.reserve(patterns.size());
  for (const std::string& pattern : patterns) folds.push_back(FoldPattern(pattern));
  for (size_t i = 0; i < folds.size(); ++i) {
    if (!IsLiteral(folds[i])) continue;
    literals[folds[i]] = static_cast<int>(i);
    lengths.insert(folds[i].size());
  }
  for (size_t i = 0; i < folds.size(); ++i) {
    const absl::string_view core = LiteralCore(folds[i]);
    std::set<int> found;
    for (const size_t length : lengths) {
      for (size_t from = 0; from + length <= core.size(); ++from) {
        const auto other = literals.find(core.substr(from, length));
        if (other != literals.end()) found.insert(other->second);
      }
    }
    found.erase(static_cast<int>(i));
    implied[i].assign(found.begin(), found.end());
  }
  return implied;
}

}  // namespace wissel::verify
