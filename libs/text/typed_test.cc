#include "libs/text/typed.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::text {
namespace {

std::string Repeated(absl::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) absl::StrAppend(&text, piece);
  return text;
}

std::string WhyNot(absl::string_view typed, size_t most = 10,
                   Presence presence = Presence::kOptional) {
  return ReasonOf(Read("f", typed, most, presence, Shape::kText).status());
}

TEST(Read, CountsCodePointsAfterCleaning) {
  for (const char* piece : {"a", "é", "€", "😀", "ﷺ"}) {
    EXPECT_EQ(WhyNot(Repeated(piece, 10)), "") << piece;
    EXPECT_EQ(WhyNot(Repeated(piece, 11)), "too_long") << piece;
  }
  EXPECT_EQ(WhyNot("  0123456789 \u202E "), "");
  EXPECT_EQ(WhyNot("01234 56789"), "too_long");
}

// (C10) A screen says "61 tekens te lang".
TEST(Read, TellsHowMuchIsTooLong) {
  const absl::Status status =
      Read("f", Repeated("é", 261) + "  ", 200, Presence::kOptional, Shape::kLine).status();
  const std::vector<ErrorDetail> details = DetailsOf(status);
  ASSERT_EQ(details.size(), 1u);
  EXPECT_EQ(details[0].field, "f");
  EXPECT_EQ(details[0].facts.at("length"), "261");
  EXPECT_EQ(details[0].facts.at("limit"), "200");
}

TEST(Read, AsksForMoreThanWhatNobodySees) {
  for (const char* blank : {"", " ", "\u00A0\u200B", "\u202E\n"}) {
    EXPECT_EQ(WhyNot(blank, 10, Presence::kRequired), "required");
    EXPECT_EQ(WhyNot(blank), "");
  }
  EXPECT_EQ(WhyNot("a\xff"), "invalid_text");
}

TEST(CheckName, TellsWhereItIsWrongAndNeverWhatWasTyped) {
  EXPECT_TRUE(CheckName("name", "Zoë Ĳssel", 20, Presence::kRequired).ok());
  const absl::Status status = CheckName("name", "geheim\u00EB\u202Exe", 20, Presence::kRequired);
  const std::vector<ErrorDetail> details = DetailsOf(status);
  ASSERT_EQ(details.size(), 1u);
  EXPECT_EQ(details[0].reason, "invalid_character");
  EXPECT_EQ(details[0].facts.at("position"), "8");
  EXPECT_EQ(details[0].facts.at("character"), "U+202E");
  EXPECT_EQ(status.message().find("geheim"), absl::string_view::npos);
  for (const char* wrong :
       {" a", "a ", "a\nb", "a\tb", "a\u2028b", "a\u200Bb", "a\uFEFF", "a\uFFFF"}) {
    EXPECT_EQ(ReasonOf(CheckName("name", wrong, 20, Presence::kRequired)), "invalid_character")
        << wrong;
  }
  EXPECT_EQ(ReasonOf(CheckName("name", "", 20, Presence::kRequired)), "required");
}

// (B11)
TEST(CheckId, IsByAnAllowList) {
  for (const char* id :
       {"kcc", "a", "9", "regel 3", "Burgerzaken", "PWDx_Missed Trash\\Recycling", "Groen / Grijs",
        "INFO09: Events (x)", "één", "Ĳssel", "Water & Riool", "v1.2", "O'Hare, A+B"}) {
    EXPECT_TRUE(CheckId("team_id", id, 80).ok()) << id;
  }
  for (const char* id : {"../../x",  "x/../../y", "..",       ".",        "/etc",
                         " a",       "a ",        "a  b",     "a\nb",     "a\tb",
                         "<b>",      "a\"b",      "a;b",      "a%2e",     "a\u202Eb",
                         "a\u200Bb", "a\u200Cb",  "a\u034Fb", "a\uFE0Fb", "a\u3164b",
                         "a\u2028b", "a\u00A0b",  "\uFEFFa",  "a\uFFFF",  "e\u0301e\u0301n",
                         "\u0301a",  "👍",        "a=b",      "a\u2013b"}) {
    EXPECT_EQ(ReasonOf(CheckId("team_id", id, 80)), "invalid_character") << id;
  }
  EXPECT_EQ(ReasonOf(CheckId("team_id", absl::string_view("a\0b", 3), 80)), "invalid_character");
  EXPECT_EQ(ReasonOf(CheckId("team_id", "", 80)), "required");
  EXPECT_EQ(ReasonOf(CheckId("team_id", std::string(81, 'x'), 80)), "too_long");
  EXPECT_TRUE(CheckId("team_id", Repeated("é", 80), 80).ok());
}

TEST(CheckIdempotencyKey, Format) {
  EXPECT_EQ(ReasonOf(CheckIdempotencyKey("")), "required");
  for (const std::string& key :
       {std::string("12345678"), std::string("a.B_c-0123"), std::string(64, 'x')}) {
    EXPECT_TRUE(CheckIdempotencyKey(key).ok()) << key;
  }
  for (const std::string& key :
       {std::string("1234567"), std::string(65, 'x'), std::string("1234 5678"),
        std::string("12345678\n"), std::string("sleutel-é"), std::string("a/b/c/d/e"),
        std::string("1234567\0", 8), std::string("1234567\u202E")}) {
    EXPECT_EQ(ReasonOf(CheckIdempotencyKey(key)), "invalid_idempotency_key") << key;
  }
}

}  // namespace
}  // namespace wissel::text
