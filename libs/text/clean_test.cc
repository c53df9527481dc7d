#include "libs/text/clean.h"

#include "gtest/gtest.h"

namespace wissel::text {
namespace {

std::string Kept(absl::string_view typed, Shape shape = Shape::kText) {
  return Clean(typed, shape).value_or("not UTF-8");
}

TEST(Clean, KeepsWhatPeopleType) {
  for (const char* text :
       {"Ja.", "Regel 1\n\tregel 2", "café", "cafe\u0301", "Şükrü", "<b>'; --", "=1+1", "a\u00A0b",
        "„ja”", "5 – 6", "\uF0B7 opsomming", "السلام عليكم", "Ĳsbrand"}) {
    EXPECT_EQ(Kept(text), text);
  }
}

TEST(Clean, KeepsWhatALanguageNeeds) {
  // Persian "I want", a conjunct of Devanagari, a family, a heart, a key cap, a skin colour.
  for (const char* text : {"می\u200Cخواهم", "क्\u200Dष", "👨\u200D👩\u200D👧", "❤\uFE0F",
                           "1\uFE0F\u20E3", "👍🏽", "❤\uFE0F\u200D🔥"}) {
    EXPECT_EQ(Kept(text), text);
    EXPECT_EQ(Kept(text, Shape::kName), text);
  }
}

TEST(Clean, DropsControlsOfDirectionAndWhatHasNoShape) {
  for (const char* gone :
       {"\u200E",     "\u200F",     "\u061C", "\u202A", "\u202B", "\u202C", "\u202D",
        "\u202E",     "\u2066",     "\u2067", "\u2068", "\u2069", "\uFEFF", "\u200B",
        "\u200C",     "\u200D",     "\u2060", "\u00AD", "\u034F", "\u115F", "\u3164",
        "\uFFA0",     "\uFE00",     "\uFFF9", "\uFFFB", "\uFDD0", "\uFFFE", "\U0010FFFF",
        "\U000E0041", "\U000E0100", "\u0001", "\u001B", "\u007F", "\u009F"}) {
    const std::string typed = std::string("gel") + gone + "d";
    EXPECT_EQ(Kept(typed), "geld") << typed;
    EXPECT_EQ(Kept(typed, Shape::kLine), "geld") << typed;
    EXPECT_EQ(Kept(typed, Shape::kName), "geld") << typed;
  }
  EXPECT_EQ(Kept(absl::string_view("a\0b", 3)), "ab");
}

TEST(Clean, MakesOneKindOfLineEnd) {
  for (const char* end : {"\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"}) {
    const std::string typed = std::string("een") + end + "twee" + end;
    EXPECT_EQ(Kept(typed), "een\ntwee");
    EXPECT_EQ(Kept(typed, Shape::kLine), "een twee");
    EXPECT_EQ(Kept(typed, Shape::kName), "een twee");
  }
  EXPECT_EQ(Kept("een\r\r\ntwee"), "een\n\ntwee");
  EXPECT_EQ(Kept("een\ttwee", Shape::kLine), "een twee");
}

TEST(Clean, Trims) {
  EXPECT_EQ(Kept("  een  twee \n"), "een  twee");
  EXPECT_EQ(Kept("\u00a0x\u200b\ufeff"), "x");
  EXPECT_EQ(Kept("\tx"), "x");
  for (const char* blank : {"", "  ", "\n", "\u00a0\u2003\u200b", "\u3000"}) {
    EXPECT_EQ(Kept(blank), "");
  }
}

TEST(Clean, ANameIsByAnAllowList) {
  for (const char* name : {"O'Neil-Çelik", "Bakkerij \"De Vries\" & Zn. (Rijswijk)", "株式会社",
                           "Café ☕", "C++ B.V.", "€uroland"}) {
    EXPECT_EQ(Kept(name, Shape::kName), name);
  }
  EXPECT_EQ(Kept("van\u00A0den\u2009Berg", Shape::kName), "van den Berg");
  EXPECT_EQ(Kept("a\uE000b\u0378c", Shape::kName), "abc");
}

TEST(Clean, TellsWhatIsNotUtf8) {
  for (const char* broken :
       {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80", "abc\xE2\x82", "\xE2\x28\xA1"}) {
    EXPECT_EQ(Clean(broken, Shape::kText), std::nullopt);
  }
}

// (C8) What is pasted from a web page or a phone.
TEST(PlainDashesAndBlanks, EveryKindCountsAsOne) {
  for (const char* dash : {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015",
                           "\u2212", "\uFE63", "\uFF0D"}) {
    EXPECT_EQ(PlainDashesAndBlanks(std::string("06") + dash + "12"), "06-12");
  }
  for (const char* blank :
       {" ", "\t", "\u00A0", "\u2002", "\u2007", "\u2009", "\u202F", "\u3000"}) {
    EXPECT_EQ(PlainDashesAndBlanks(std::string("06") + blank + "12"), "06 12");
  }
  for (const char* gone : {"\u202A", "\u202C", "\u200E", "\u2066", "\uFEFF", "\u200B", "\u00AD"}) {
    EXPECT_EQ(PlainDashesAndBlanks(std::string("06") + gone + "12"), "0612");
  }
  EXPECT_EQ(PlainDashesAndBlanks("é\xff"), "é\xff");
}

}  // namespace
}  // namespace wissel::text
