#include "services/intake/contact_rules.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// "field: reason" of everything that is wrong.
std::vector<std::string> WrongIn(const ContactRules& rules) {
  std::vector<std::string> wrong;
  for (const ErrorDetail& detail : DetailsOf(rules.status())) {
    wrong.push_back(absl::StrCat(detail.field, ": ", detail.reason));
  }
  return wrong;
}

std::string Repeated(absl::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) absl::StrAppend(&text, piece);
  return text;
}

// What is wrong with a text of one optional field.
std::string WrongWith(const std::string& typed, int most = 10, Lines lines = Lines::kMany) {
  ContactRules rules;
  rules.Text("f", typed, most, Presence::kOptional, lines);
  return ReasonOf(rules.status());
}

TEST(Text, IsTrimmed) {
  ContactRules rules;
  const auto kept = [&](const std::string& typed) {
    return rules.Text("f", typed, 20, Presence::kRequired, Lines::kMany);
  };
  EXPECT_EQ(kept("  een  twee \n"), "een  twee");
  EXPECT_EQ(kept("a\r\nb\r\n"), "a\nb");
  EXPECT_EQ(kept("\u00a0x\u200b\ufeff"), "x");
  EXPECT_EQ(kept("\tx"), "x");
  EXPECT_TRUE(rules.status().ok());
}

TEST(Text, CountsCharactersNotBytes) {
  for (const char* piece : {"a", "é", "€", "😀", "ﷺ"}) {
    EXPECT_EQ(WrongWith(Repeated(piece, 10)), "") << piece;
    EXPECT_EQ(WrongWith(Repeated(piece, 11)), "too_long") << piece;
  }
  // White space around it does not count, inside it does.
  EXPECT_EQ(WrongWith("  0123456789  "), "");
  EXPECT_EQ(WrongWith("01234 56789"), "too_long");
}

TEST(Text, RefusesWhatCannotBeShown) {
  EXPECT_EQ(WrongWith("a\xff"), "invalid_text");
  EXPECT_EQ(WrongWith("\xc0\xaf"), "invalid_text");
  EXPECT_EQ(WrongWith("\xed\xa0\x80"), "invalid_text");
  EXPECT_EQ(WrongWith("\xf4\x90\x80\x80"), "invalid_text");
  EXPECT_EQ(WrongWith("\xe2\x82"), "invalid_text");
  EXPECT_EQ(WrongWith(std::string("a\0b", 3)), "invalid_text");
  EXPECT_EQ(WrongWith("a\x1b[31m"), "invalid_text");
  EXPECT_EQ(WrongWith("a\x7f"), "invalid_text");
  EXPECT_EQ(WrongWith("a\u0085"), "invalid_text");
  EXPECT_EQ(WrongWith("a\rb"), "invalid_text");
  EXPECT_EQ(WrongWith("a\tb\nc"), "");
}

TEST(Text, OneLineHasNoNewline) {
  EXPECT_EQ(WrongWith("a\nb", 10, Lines::kOne), "invalid_text");
  EXPECT_EQ(WrongWith("a\r\nBcc: b", 20, Lines::kOne), "invalid_text");
  EXPECT_EQ(WrongWith("a\n", 10, Lines::kOne), "");
}

TEST(Text, BlankIsNotThere) {
  for (const char* blank : {"", "  ", "\n", "\u00a0\u2003\u200b"}) {
    ContactRules rules;
    rules.Text("f", blank, 10, Presence::kRequired, Lines::kOne);
    EXPECT_EQ(ReasonOf(rules.status()), "required");
  }
}

TEST(IdempotencyKey, Format) {
  const auto reason = [](const std::string& key) {
    ContactRules rules;
    rules.IdempotencyKey(key);
    return ReasonOf(rules.status());
  };
  EXPECT_EQ(reason("12345678"), "");
  EXPECT_EQ(reason("a.B_c-0123"), "");
  EXPECT_EQ(reason(std::string(64, 'x')), "");
  for (const std::string& key :
       std::vector<std::string>{"", "1234567", std::string(65, 'x'), "1234 5678", "12345678\n",
                                "sleutel-é", "a/b/c/d/e"}) {
    EXPECT_EQ(reason(key), "invalid_idempotency_key") << key;
  }
}

TEST(Customer, PlaceIsKeptInOneForm) {
  ContactRules rules;
  common::v1::Customer typed;
  typed.set_postcode(" 2511 ab ");
  typed.set_neighbourhood(" Centrum ");
  const common::v1::Customer kept = rules.Customer(typed, Reach::kNone);
  EXPECT_TRUE(rules.status().ok());
  EXPECT_EQ(kept.postcode(), "2511AB");
  EXPECT_EQ(kept.neighbourhood(), "Centrum");
  typed.set_postcode("2511");
  rules.Customer(typed, Reach::kNone);
  EXPECT_THAT(WrongIn(rules), ElementsAre("customer.postcode: invalid_postcode"));
}

TEST(Customer, LimitsAtNAndNPlusOne) {
  struct Limit {
    const char* field;
    std::string* (common::v1::Customer::*text)();
    int most;
  };
  using common::v1::Customer;
  const Limit kLimits[] = {
      {"customer.given_name", &Customer::mutable_given_name, 100},
      {"customer.name_prefix", &Customer::mutable_name_prefix, 20},
      {"customer.family_name", &Customer::mutable_family_name, 200},
      {"customer.organisation", &Customer::mutable_organisation, 200},
  };
  for (const Limit& limit : kLimits) {
    Customer typed;
    *(typed.*limit.text)() = Repeated("ë", limit.most);
    ContactRules fits;
    fits.Customer(typed, Reach::kNone);
    EXPECT_THAT(WrongIn(fits), IsEmpty());
    *(typed.*limit.text)() += "ë";
    ContactRules over;
    over.Customer(typed, Reach::kNone);
    EXPECT_THAT(WrongIn(over), ElementsAre(absl::StrCat(limit.field, ": too_long")));
  }
}

TEST(Question, LimitsAtNAndNPlusOne) {
  common::v1::Question typed;
  typed.set_subject(Repeated("é", 200));
  typed.set_text(Repeated("😀", 1000));
  typed.set_internal_note(Repeated("ü", 1000));
  ContactRules fits;
  fits.Question(typed);
  EXPECT_THAT(WrongIn(fits), IsEmpty());
  typed.mutable_subject()->append("é");
  typed.mutable_text()->append("x");
  typed.mutable_internal_note()->append("x");
  ContactRules over;
  over.Question(typed);
  EXPECT_THAT(WrongIn(over), ElementsAre("question.subject: too_long", "question.text: too_long",
                                         "question.internal_note: too_long"));
}

TEST(Customer, MustBeReachableWhereAnAnswerIsOwed) {
  const auto wrong = [](const char* phone, const char* email, Reach reach) {
    common::v1::Customer typed;
    typed.set_phone(phone);
    typed.set_email(email);
    ContactRules rules;
    rules.Customer(typed, reach);
    return WrongIn(rules);
  };
  EXPECT_THAT(wrong("", "a@b.example", Reach::kPhone), ElementsAre("customer.phone: required"));
  EXPECT_THAT(wrong("0612345678", "", Reach::kEmail), ElementsAre("customer.email: required"));
  EXPECT_THAT(wrong(" ", "\u00a0", Reach::kEither), ElementsAre("customer: required"));
  EXPECT_THAT(wrong("0612345678", "", Reach::kEither), IsEmpty());
  EXPECT_THAT(wrong("", "a@b.example", Reach::kEither), IsEmpty());
  EXPECT_THAT(wrong("", "", Reach::kNone), IsEmpty());
  // Something was given: what is wrong with it is told, not that it is missing.
  EXPECT_THAT(wrong("geen", "", Reach::kEither), ElementsAre("customer.phone: invalid_phone"));
  EXPECT_THAT(wrong("geen", "ook niet", Reach::kPhone),
              ElementsAre("customer.phone: invalid_phone", "customer.email: invalid_email"));
}

TEST(Customer, IsPutInOneForm) {
  common::v1::Customer typed;
  typed.set_given_name(" Anna ");
  typed.set_phone(" 06 12345678 ");
  typed.set_email(" Anna@Post.Example ");
  ContactRules rules;
  const common::v1::Customer customer = rules.Customer(typed, Reach::kPhone);
  EXPECT_TRUE(rules.status().ok());
  EXPECT_EQ(customer.given_name(), "Anna");
  EXPECT_EQ(customer.phone(), "+31612345678");
  EXPECT_EQ(customer.email(), "Anna@post.example");
}

TEST(Customer, AnEmailOverTheLimitIsTooLong) {
  common::v1::Customer typed;
  typed.set_email(absl::StrCat(std::string(250, 'a'), "@b.nl"));
  ContactRules rules;
  rules.Customer(typed, Reach::kNone);
  EXPECT_THAT(WrongIn(rules), ElementsAre("customer.email: too_long"));
}

TEST(PreferredMoment, IsInOrder) {
  const auto wrong = [](int64_t from, int64_t to) {
    common::v1::PreferredMoment typed;
    if (from != 0) typed.mutable_not_before()->set_seconds(from);
    if (to != 0) typed.mutable_not_after()->set_seconds(to);
    ContactRules rules;
    rules.PreferredMoment(typed);
    return WrongIn(rules);
  };
  EXPECT_THAT(wrong(1000, 2000), IsEmpty());
  EXPECT_THAT(wrong(1000, 0), IsEmpty());
  EXPECT_THAT(wrong(0, 1000), IsEmpty());
  EXPECT_THAT(wrong(1000, 1000), ElementsAre("preferred_moment.not_after: invalid_moment"));
  EXPECT_THAT(wrong(2000, 1000), ElementsAre("preferred_moment.not_after: invalid_moment"));
  EXPECT_THAT(wrong(int64_t{1} << 60, 0),
              ElementsAre("preferred_moment.not_before: invalid_moment"));
}

TEST(ContactRules, TellsEverythingThatIsWrongAtOnceAndNothingThatWasTyped) {
  common::v1::Customer customer;
  customer.set_phone("geheim-nummer");
  customer.set_email("geheim-adres");
  common::v1::Question question;
  question.set_text(std::string(1001, 'x'));
  ContactRules rules;
  rules.IdempotencyKey("kort");
  rules.Customer(customer, Reach::kEither);
  rules.Question(question);
  EXPECT_TRUE(absl::IsInvalidArgument(rules.status()));
  EXPECT_THAT(WrongIn(rules),
              ElementsAre("idempotency_key: invalid_idempotency_key",
                          "customer.phone: invalid_phone", "customer.email: invalid_email",
                          "question.subject: required", "question.text: too_long"));
  EXPECT_THAT(std::string(rules.status().message()), Not(HasSubstr("geheim")));
}

}  // namespace
}  // namespace wissel::intake
