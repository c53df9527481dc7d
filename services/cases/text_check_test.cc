#include "services/cases/text_check.h"

#include <string>

#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::cases {
namespace {

std::string Reason(absl::string_view text, int most = 10, Presence presence = Presence::kRequired) {
  return ReasonOf(CheckText("note", text, most, presence));
}

TEST(CheckText, TakesWhatPeopleType) {
  for (const char* text :
       {"Ja.", "Regel 1\n\tregel 2", "café", "Şükrü", "👍🏽", "<b>'; --", "=1+1"}) {
    EXPECT_EQ(Reason(text, 100), "") << text;
  }
}

TEST(CheckText, CountsCharactersAndNotBytes) {
  EXPECT_EQ(Reason("ééééééé 👍👍"), "");
  EXPECT_EQ(Reason("ééééééé 👍👍👍"), "too_long");
}

TEST(CheckText, RefusesControlCharacters) {
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("a\rb"), std::string("\x1b[31m"), std::string("\x7f"),
        std::string("\xC2\x85"), std::string("\xC2\x9F")}) {
    EXPECT_EQ(Reason(text), "invalid_text");
  }
}

TEST(CheckText, RefusesWhatIsNotUtf8) {
  const char* const broken[] = {
      "\x80",              // continuation without a lead
      "\xC0\xAF",          // overlong
      "\xE0\x80\xAF",      // overlong
      "\xF0\x80\x80\xAF",  // overlong
      "\xED\xA0\x80",      // surrogate
      "\xF4\x90\x80\x80",  // beyond U+10FFFF
      "\xF8\x88\x80\x80",  // no such lead
      "abc\xE2\x82",       // cut off
      "\xE2\x28\xA1",      // broken in the middle
  };
  for (const char* text : broken) EXPECT_EQ(Reason(text), "invalid_text");
}

TEST(CheckText, AsksForMoreThanWhiteSpace) {
  EXPECT_EQ(Reason(""), "required");
  EXPECT_EQ(Reason(" \n\t\u00A0\u200B"), "required");
  EXPECT_EQ(Reason("", 10, Presence::kOptional), "");
}

TEST(CheckText, NamesTheFieldAndNeverTheText) {
  const absl::Status status = CheckText("reason", "0612345678", 5, Presence::kRequired);
  EXPECT_EQ(DetailsOf(status)[0].field, "reason");
  EXPECT_EQ(status.message().find("06"), absl::string_view::npos);
}

}  // namespace
}  // namespace wissel::cases
