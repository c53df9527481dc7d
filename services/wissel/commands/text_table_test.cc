#include "services/wissel/commands/text_table.h"

#include <gtest/gtest.h>

namespace wissel {
namespace {

TEST(TextTableTest, KnowsWhatLettersTake) {
  EXPECT_EQ(DisplayWidth("Financien"), 9);
  EXPECT_EQ(DisplayWidth("Financiën"), 9);
  EXPECT_EQ(DisplayWidth("Financie\u0308n"), 9);
  EXPECT_EQ(DisplayWidth("税务"), 4);
  EXPECT_EQ(DisplayWidth("🌳"), 2);
  EXPECT_EQ(DisplayWidth("zero\u200Bwidth"), 9);
  EXPECT_EQ(DisplayWidth("priv\xE9"), 5);
}

// Point 2: "tables line up with diacritics".
TEST(TextTableTest, LinesUp) {
  TextTable table(1);
  table.Add({"team", "met", "share"});
  table.Add({"Financiën", "7", "-"});
  table.Add({"税务", "12", "98.5%"});
  EXPECT_EQ(table.ToString(),
            "team       met  share\n"
            "Financiën    7      -\n"
            "税务        12  98.5%\n");
}

TEST(TextTableTest, NamesToTheLeft) {
  TextTable table(2);
  table.Add({"from", "to", "contacts"});
  table.Add({"kcc", "parkeren", "3"});
  EXPECT_EQ(table.ToString(), "from  to        contacts\nkcc   parkeren         3\n");
  EXPECT_EQ(TextTable(1).ToString(), "");
}

}  // namespace
}  // namespace wissel
