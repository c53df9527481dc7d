#include "services/cases/queue/page_token.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::cases {
namespace {

const absl::Time kDue = absl::FromUnixMicros(1'775'000'000'123'456);

TEST(PageToken, LeadsBackToItsPlace) {
  for (const absl::Time due : {kDue, absl::InfiniteFuture(), absl::FromUnixMicros(-5)}) {
    const std::string token = WritePageToken("GM0603", "Parkeren & zo\n1", {due, 4711});
    const auto position = ReadPageToken("GM0603", "Parkeren & zo\n1", token);
    ASSERT_TRUE(position.ok());
    EXPECT_EQ(position->due_at, due);
    EXPECT_EQ(position->reference, 4711);
  }
}

TEST(PageToken, HoldsForOneQueueOnly) {
  const std::string token = WritePageToken("GM0603", "groen", {kDue, 4711});
  for (const auto& [tenant, team] :
       {std::pair("GM0034", "groen"), std::pair("GM0603", "parkeren"), std::pair("GM0603", "")}) {
    EXPECT_EQ(ReasonOf(ReadPageToken(tenant, team, token).status()), "invalid_page_token");
  }
}

TEST(PageToken, RefusesWhatItDidNotWrite) {
  const auto reason = [](absl::string_view token) {
    return ReasonOf(ReadPageToken("GM0603", "groen", token).status());
  };
  EXPECT_EQ(reason("x"), "invalid_page_token");
  EXPECT_EQ(reason("' or 1=1 --"), "invalid_page_token");
  const std::string start = "1\nGM0603\ngroen\n";
  for (const char* end : {"", "1", "1\n", "1\n2\n3", " 1\n2", "+1\n2", "01\n2", "x\n2", "1\nx",
                          "9223372036854775807\n1", "-9223372036854775808\n1"}) {
    EXPECT_EQ(reason(absl::WebSafeBase64Escape(start + end)), "invalid_page_token") << end;
  }
  std::string token = WritePageToken("GM0603", "groen", {kDue, 4711});
  EXPECT_EQ(reason(token.substr(0, token.size() - 3)), "invalid_page_token");
}

}  // namespace
}  // namespace wissel::cases
