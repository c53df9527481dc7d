#include "libs/pg/session_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::pg {
namespace {

// 15.14 fixes leaks of rows through statistics and views under row-level security.
constexpr int kFirstSafeVersion = 150014;

}  // namespace

absl::Status CheckVersion(int version) {
  if (version >= kFirstSafeVersion) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition, "postgres_too_old",
               absl::StrCat("PostgreSQL ", version / 10000, ".", version % 10000,
                            " leaks rows past row-level security; 15.14 or newer is needed"));
}

absl::StatusOr<std::vector<std::vector<const char*>>> TextsOf(absl::Span<const Query> queries) {
  std::vector<std::vector<const char*>> texts;
  texts.reserve(queries.size());
  for (const Query& query : queries) {
    std::vector<const char*>& of_one = texts.emplace_back();
    of_one.reserve(query.params.size());
    for (const Param& param : query.params) {
      if (param.text() && param.text()->find('\0') != std::string::npos) {
        return InvalidField("", "nul_character", "text holds the character U+0000");
      }
      of_one.push_back(param.text() ? param.text()->c_str() : nullptr);
    }
  }
  return texts;
}

std::string TimeoutText(absl::Duration timeout) {
  if (timeout == absl::InfiniteDuration()) return "0";
  return absl::StrCat(std::clamp<int64_t>(absl::ToInt64Milliseconds(timeout), 1, 1 << 30));
}

absl::Status TransactionEnded() {
  return Error(absl::StatusCode::kInternal, "ended",
               "a statement follows the last one of its transaction");
}

absl::Status CommitUnknown() {
  return Error(absl::StatusCode::kUnavailable, "commit_unknown",
               "the connection was lost during the commit; try again with the same key");
}

absl::Status PrepareError(const absl::Status& status) {
  if (absl::IsUnavailable(status)) return status;
  return Error(absl::StatusCode::kInternal, "sql", status.message());
}

}  // namespace wissel::pg
