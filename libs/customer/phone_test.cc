#include "libs/customer/phone.h"

#include <optional>
#include <string>

#include "absl/strings/str_format.h"
#include "gtest/gtest.h"

namespace wissel::customer {
namespace {

struct Typed {
  const char* typed;
  // Null: not a number of a customer.
  const char* stored;
};

TEST(Phone, IsStoredInOneForm) {
  const Typed kTable[] = {
      // Dutch mobile.
      {"06 12345678", "+31612345678"},
      {"06-12345678", "+31612345678"},
      {"0612345678", "+31612345678"},
      {"+31 6 1234 5678", "+31612345678"},
      {"0031 6 12345678", "+31612345678"},
      {"+31 (0)6 12345678", "+31612345678"},
      {"(06) 12.34.56.78", "+31612345678"},
      // (C8) As copied from a web page, a letter or a phone.
      {"06\u201112345678", "+31612345678"},
      {"06\u201312345678", "+31612345678"},
      {"06\u221212345678", "+31612345678"},
      {"06\u00A01234\u202F5678", "+31612345678"},
      {"\u202A+31 6 12345678\u202C", "+31612345678"},
      {"\u200E06\u200B12345678\uFEFF", "+31612345678"},
      {"06\t12345678", "+31612345678"},
      // Dutch land line, with three and four digits of area, and a number of a company.
      {"020 123 4567", "+31201234567"},
      {"0182-123456", "+31182123456"},
      {"+31 70 123 4567", "+31701234567"},
      {"088 000 0100", "+31880000100"},
      {"085 0123456", "+31850123456"},
      {"0800 1234", "+318001234"},
      // Belgian, German, others.
      {"+32 470 12 34 56", "+32470123456"},
      {"0032 2 279 22 11", "+3222792211"},
      {"+49 30 123456", "+4930123456"},
      {"+49 1512 3456789", "+4915123456789"},
      {"+44 20 7946 0000", "+442079460000"},
      {"+90 532 123 45 67", "+905321234567"},
      // Menus, short and paid numbers.
      {"14070", nullptr},
      {"14 070", nullptr},
      {"14 0182", nullptr},
      {"112", nullptr},
      {"1888", nullptr},
      {"0900 8844", nullptr},
      {"0906 1234567", nullptr},
      // Too short, too long, of another country without saying so.
      {"06 1234567", nullptr},
      {"06 123456789", nullptr},
      {"0470 12 34 56", nullptr},
      {"123456", nullptr},
      {"+31", nullptr},
      {"+", nullptr},
      {"+999 123456789", nullptr},
      // Junk.
      {"", nullptr},
      {"geen", nullptr},
      {"bel 0612345678", nullptr},
      {"0612345678 of 0687654321", nullptr},
      {"020 1234567 tst 12", nullptr},
      {"0800-BELMIJ", nullptr},
      {"0612345678\r\nBcc: x@y.example", nullptr},
      {"06123456\u062A78", nullptr},
      {"06123456780612345678061234567806123456780612345678", nullptr},
      {"\xef\xbc\x90\xef\xbc\x96", nullptr},
  };
  for (const Typed& row : kTable) {
    const std::optional<std::string> stored = NormalisePhone(row.typed);
    EXPECT_EQ(stored.value_or("refused"), row.stored == nullptr ? "refused" : row.stored)
        << row.typed;
  }
}

// Behind 00 31 the library is always asked, so it says what each Dutch number is, and how its
// shorter way must be written.
TEST(Phone, DutchNumbersAreWhatTheLibrarySays) {
  int customers = 0;
  for (int prefix = 0; prefix < 10000; ++prefix) {
    const std::string digits = absl::StrFormat("%04d%05d", prefix, prefix * 7919 % 100000);
    const std::optional<std::string> said = NormalisePhone("00 31 " + digits);
    customers += said.has_value();
    EXPECT_EQ(NormalisePhone("+31" + digits), said) << digits;
    if (prefix >= 1000) EXPECT_EQ(NormalisePhone("0" + digits), said) << digits;
  }
  EXPECT_GT(customers, 3000);
  EXPECT_LT(customers, 8000);
}

}  // namespace
}  // namespace wissel::customer
