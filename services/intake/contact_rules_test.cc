#include "services/intake/contact_rules.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
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

// (C9) A text with what nobody can see is taken in without it.
TEST(Text, IsCleanedAndNotRefused) {
  ContactRules rules;
  const auto kept = [&](const std::string& typed, text::Shape shape) {
    return rules.Text("f", typed, {20, shape}, text::Presence::kRequired);
  };
  EXPECT_EQ(kept("  een  twee \n", text::Shape::kText), "een  twee");
  EXPECT_EQ(kept("een\vtwee\r\n", text::Shape::kText), "een\ntwee");
  EXPECT_EQ(kept(std::string("a\0b\x1b[2J", 7), text::Shape::kText), "ab[2J");
  EXPECT_EQ(kept("a\r\nBcc: b", text::Shape::kLine), "a Bcc: b");
  EXPECT_EQ(kept("geld\u202Etxt", text::Shape::kLine), "geldtxt");
  EXPECT_TRUE(rules.status().ok());
}

TEST(Text, TellsWhatIsWrong) {
  ContactRules rules;
  rules.Text("a", "01234567890", {10, text::Shape::kText}, text::Presence::kRequired);
  rules.Text("b", " \u200b ", {10, text::Shape::kText}, text::Presence::kRequired);
  rules.Text("c", "a\xff", {10, text::Shape::kText}, text::Presence::kRequired);
  EXPECT_THAT(WrongIn(rules), ElementsAre("a: too_long", "b: required", "c: invalid_text"));
  EXPECT_EQ(DetailsOf(rules.status())[0].facts.at("length"), "11");
  EXPECT_EQ(DetailsOf(rules.status())[0].facts.at("limit"), "10");
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
  fits.Question(typed, SubjectFrom::kAgent);
  EXPECT_THAT(WrongIn(fits), IsEmpty());
  typed.mutable_subject()->append("é");
  typed.mutable_text()->append("x");
  typed.mutable_internal_note()->append("x");
  ContactRules over;
  over.Question(typed, SubjectFrom::kAgent);
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

// (C1)
TEST(PreferredMoment, IsOfThisCentury) {
  common::v1::PreferredMoment typed;
  *typed.mutable_not_before() =
      ToProto(absl::FromCivil(absl::CivilDay(26, 3, 1), absl::UTCTimeZone()));
  ContactRules rules;
  rules.PreferredMoment(typed);
  EXPECT_THAT(WrongIn(rules), ElementsAre("preferred_moment.not_before: invalid_moment"));
}

// (C9)
TEST(Question, AMessageWithoutASubjectHasTheFirstLineOfItsText) {
  const auto subject = [](const std::string& typed, const std::string& text) {
    common::v1::Question question;
    question.set_subject(typed);
    question.set_text(text);
    ContactRules rules;
    const std::string kept = rules.Question(question, SubjectFrom::kMessage).subject();
    EXPECT_TRUE(rules.status().ok()) << rules.status();
    return kept;
  };
  EXPECT_EQ(subject("Vraag", "Tekst"), "Vraag");
  EXPECT_EQ(subject("", "Goedemorgen,\nmijn paspoort is kwijt"), "Goedemorgen,");
  EXPECT_EQ(subject(" \u200B", "\r\n  Hallo\vdaar"), "Hallo");
  EXPECT_EQ(subject("", ""), "(geen onderwerp)");
  EXPECT_EQ(subject("", "\u202E\n"), "(geen onderwerp)");
  const std::string eighty = Repeated("tien tekens ", 6) + "en nog 8";
  EXPECT_EQ(subject("", eighty), eighty);
  EXPECT_EQ(subject("", eighty + " meer"), eighty + "…");
  EXPECT_EQ(subject("", eighty + "er"), Repeated("tien tekens ", 6) + "en nog…");
  EXPECT_EQ(subject("", Repeated("é", 81)), Repeated("é", 80) + "…");
}

TEST(Question, AnAgentIsAskedForASubject) {
  common::v1::Question question;
  question.set_text("Tekst");
  ContactRules rules;
  rules.Question(question, SubjectFrom::kAgent);
  EXPECT_THAT(WrongIn(rules), ElementsAre("question.subject: required"));
}

// (C8, C10)
TEST(Customer, TakesWhatIsPastedIntoAField) {
  common::v1::Customer typed;
  typed.set_postcode(" 2511\u00A0 AB");
  typed.set_phone("\u202A06\u201112345678\u202C");
  typed.set_email("\u00A0jan\u2011piet@x.example ");
  ContactRules rules;
  const common::v1::Customer kept = rules.Customer(typed, Reach::kNone);
  EXPECT_TRUE(rules.status().ok()) << rules.status();
  EXPECT_EQ(kept.postcode(), "2511AB");
  EXPECT_EQ(kept.phone(), "+31612345678");
  EXPECT_EQ(kept.email(), "jan-piet@x.example");
}

// (B11)
TEST(Customer, NamesHoldNothingThatNobodySees) {
  common::v1::Customer typed;
  typed.set_given_name("An\u202E\u200Bna");
  typed.set_family_name("\uFEFFvan\u00A0Berg\u2028");
  typed.set_organisation("Zn.\uFFFF\u2066");
  ContactRules rules;
  const common::v1::Customer kept = rules.Customer(typed, Reach::kNone);
  EXPECT_EQ(kept.given_name(), "Anna");
  EXPECT_EQ(kept.family_name(), "van Berg");
  EXPECT_EQ(kept.organisation(), "Zn.");
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
  rules.Question(question, SubjectFrom::kAgent);
  EXPECT_TRUE(absl::IsInvalidArgument(rules.status()));
  EXPECT_THAT(WrongIn(rules),
              ElementsAre("idempotency_key: invalid_idempotency_key",
                          "customer.phone: invalid_phone", "customer.email: invalid_email",
                          "question.subject: required", "question.text: too_long"));
  EXPECT_THAT(std::string(rules.status().message()), Not(HasSubstr("geheim")));
}

}  // namespace
}  // namespace wissel::intake
