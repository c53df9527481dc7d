#include "services/router/keywords.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::router {
namespace {

constexpr int64_t kSetBytes = int64_t{64} << 20;
constexpr int64_t kPatternBytes = int64_t{1} << 20;

RE2::Options Options(int64_t bytes) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(bytes);
  return options;
}

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace

absl::Status CheckKeyword(const std::string& pattern) {
  const RE2 compiled(pattern, Options(kPatternBytes));
  if (!compiled.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("not a valid pattern: ", compiled.error()));
  }
  if (RE2::PartialMatch("", compiled)) {
    return absl::InvalidArgumentError("the pattern is found in every text");
  }
  return absl::OkStatus();
}

Keywords::Keywords() : set_(Options(kSetBytes), RE2::UNANCHORED) {}

void Keywords::Add(const std::string& pattern, size_t rule) {
  std::string error;
  set_.Add(Piece(pattern), &error);
  singles_.push_back(std::make_unique<RE2>(pattern, Options(kPatternBytes)));
  rules_.push_back(rule);
}

absl::Status Keywords::Compile() {
  if (set_.Compile()) return absl::OkStatus();
  return InvalidField("document", "invalid_sop", "the keywords together are too large");
}

void Keywords::Find(absl::string_view text, std::vector<bool>* found) const {
  if (rules_.empty()) return;
  std::vector<int> patterns;
  RE2::Set::ErrorInfo error;
  set_.Match(Piece(text), &patterns, &error);
  if (error.kind == RE2::Set::kNoError) {
    for (const int pattern : patterns) (*found)[rules_[pattern]] = true;
    return;
  }
  for (size_t i = 0; i < singles_.size(); ++i) {
    if (RE2::PartialMatch(Piece(text), *singles_[i])) (*found)[rules_[i]] = true;
  }
}

}  // namespace wissel::router
