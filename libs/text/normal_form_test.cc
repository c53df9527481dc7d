#include "libs/text/normal_form.h"

#include "gtest/gtest.h"
#include "libs/text/utf8.h"

namespace wissel::text {
namespace {

TEST(Nfc, BothFormsOfALetterAreOne) {
  EXPECT_EQ(Nfc("Zoe\u0308"), "Zo\u00EB");
  EXPECT_EQ(Nfc("Zo\u00EB"), "Zo\u00EB");
  EXPECT_EQ(Nfc("\u212A"), "K");
  EXPECT_TRUE(IsNfc("Zo\u00EB, \u20AC 5 \u2013 \u201Eja\u201D"));
  EXPECT_FALSE(IsNfc("Zoe\u0308"));
  // Ĳ and the ligature stay: they are other letters.
  EXPECT_EQ(Nfc("\u0132"), "\u0132");
  EXPECT_EQ(Nfc("a\xff"
                "e\u0308"),
            "a\xff"
            "e\u0308");
}

TEST(FoldCase, CapitalsAndSmallLettersAreAlike) {
  EXPECT_EQ(FoldCase("PRIVÉ"), "privé");
  EXPECT_EQ(FoldCase("PRIVE\u0301"), "privé");
  EXPECT_EQ(FoldCase("ſK\u212A"), "skk");
  EXPECT_EQ(FoldCase("Straße"), "straße");
  EXPECT_EQ(FoldCase("Ĳ"), FoldCase("ĳ"));
  EXPECT_EQ(FoldCase("A\xff"), "a\xff");
  EXPECT_NE(FoldCase("een"), FoldCase("één"));
}

TEST(Utf8, WritesWhatItReads) {
  for (int32_t point = 1; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 0x101) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::string text;
    AppendCodePoint(point, &text);
    absl::string_view rest = text;
    ASSERT_EQ(TakeCodePoint(rest), point);
    ASSERT_TRUE(rest.empty());
    ASSERT_EQ(IsAscii(text), point < 0x80);
    ASSERT_EQ(IsAscii(std::string(16, 'a') + text), point < 0x80);
    ASSERT_EQ(IsAscii(text + std::string(16, 'a')), point < 0x80);
  }
  EXPECT_EQ(CountCharacters("é€😀a\xff"), 5u);
}

}  // namespace
}  // namespace wissel::text
