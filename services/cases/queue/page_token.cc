#include "services/cases/queue/page_token.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"

namespace wissel::cases {
namespace {

constexpr absl::string_view kNoNorm = "none";
// The years 1 to 9999; far beyond them PostgreSQL would refuse the moment.
constexpr int64_t kFirstMicros = -62'135'596'800'000'000;
constexpr int64_t kLastMicros = 253'402'300'799'999'999;

std::string Prefix(absl::string_view tenant_id, absl::string_view team_id) {
  return absl::StrCat("1\n", tenant_id, "\n", team_id, "\n");
}

absl::Status Invalid() {
  return InvalidField("page_token", "invalid_page_token",
                      "this page token is not of this queue; start again without one");
}

}  // namespace

std::string WritePageToken(absl::string_view tenant_id, absl::string_view team_id,
                           const QueuePosition& last) {
  const std::string due = last.due_at == absl::InfiniteFuture()
                              ? std::string(kNoNorm)
                              : absl::StrCat(absl::ToUnixMicros(last.due_at));
  return absl::WebSafeBase64Escape(
      absl::StrCat(Prefix(tenant_id, team_id), due, "\n", last.reference));
}

absl::StatusOr<QueuePosition> ReadPageToken(absl::string_view tenant_id, absl::string_view team_id,
                                            absl::string_view token) {
  std::string text;
  if (!absl::WebSafeBase64Unescape(token, &text)) return Invalid();
  absl::string_view rest = text;
  if (!absl::ConsumePrefix(&rest, Prefix(tenant_id, team_id))) return Invalid();
  const std::vector<absl::string_view> parts = absl::StrSplit(rest, '\n');
  QueuePosition position = {.due_at = absl::InfiniteFuture()};
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[1], &position.reference)) return Invalid();
  if (int64_t micros; parts[0] != kNoNorm) {
    if (!absl::SimpleAtoi(parts[0], &micros) || micros < kFirstMicros || micros > kLastMicros) {
      return Invalid();
    }
    position.due_at = absl::FromUnixMicros(micros);
  }
  // One token for one position: no spaces, signs or leading zeros.
  if (WritePageToken(tenant_id, team_id, position) != token) return Invalid();
  return position;
}

}  // namespace wissel::cases
