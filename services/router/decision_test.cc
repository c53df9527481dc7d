#include "services/router/decision.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/router/test_sops.h"

namespace wissel::router {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using common::v1::CHANNEL_CALLBACK;
using common::v1::CHANNEL_EMAIL;
using common::v1::CHANNEL_PHONE;

std::vector<std::string> LosingIds(const v1::Decision& decision) {
  std::vector<std::string> ids;
  for (const v1::LosingRule& rule : decision.losing_rules()) ids.push_back(rule.rule_id());
  return ids;
}

TEST(Decision, TheFirstRuleThatAppliesDecides) {
  const auto sop = Compiled(kSmallSop, 7);
  const v1::Decision decision = sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "paspoort"});
  EXPECT_EQ(decision.rule_id(), "paspoort-bellen");
  EXPECT_EQ(decision.sop_version(), 7);
  EXPECT_EQ(decision.outcome(), v1::OUTCOME_ANSWER);
  EXPECT_EQ(decision.team_id(), "burgerzaken");
  EXPECT_EQ(decision.script(), "U maakt een afspraak.");
  EXPECT_EQ(
      decision.reason(),
      "Het KCC beantwoordt dit zelf, want het thema is ‘Paspoort’ en het kanaal is telefoon.");
  EXPECT_FALSE(decision.pending());
}

TEST(Decision, ARuleHoldsForTopicsBelowTheOneItNames) {
  const auto sop = Compiled(kSmallSop);
  const v1::Decision call = sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "kinderpaspoort"});
  EXPECT_EQ(call.rule_id(), "paspoort-bellen");
  const v1::Decision mail = sop->Decide({.channel = CHANNEL_EMAIL, .topic_id = "kinderpaspoort"});
  EXPECT_EQ(mail.rule_id(), "documenten");
  EXPECT_EQ(mail.reason(),
            "Dit gaat naar het team burgerzaken, want het thema ‘Paspoort voor een kind’ hoort bij "
            "‘Documenten’.");
  EXPECT_EQ(sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "documenten"}).rule_id(),
            "documenten");
}

TEST(Decision, KeywordsAreSoughtInSubjectAndTextWhateverTheCase) {
  const auto sop = Compiled(kSmallSop);
  const auto rule = [&](absl::string_view subject, absl::string_view text) {
    return sop->Decide({.channel = CHANNEL_EMAIL, .subject = subject, .text = text}).rule_id();
  };
  EXPECT_EQ(rule("VRIJBLIJVENDE AANBOD", ""), "acquisitie");
  EXPECT_EQ(rule("", "een vrijblijvend aanbod voor u"), "acquisitie");
  EXPECT_EQ(rule("vrijblijvend", "aanbod"), "overig");
  EXPECT_EQ(sop->Decide({.channel = CHANNEL_CALLBACK, .text = "vrijblijvend aanbod"}).rule_id(),
            "overig");
}

TEST(Decision, TellsResidentFromBusiness) {
  const auto sop = Compiled(kSmallSop);
  EXPECT_EQ(sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "afval"}).rule_id(), "afval");
  const v1::Decision business =
      sop->Decide({.channel = CHANNEL_PHONE, .topic_id = "afval", .is_business = true});
  EXPECT_EQ(business.rule_id(), "bedrijf");
  EXPECT_EQ(business.phone_number(), "088 000 0230");
}

TEST(Decision, WithoutAnythingItIsTheCatchAll) {
  const auto sop = Compiled(kSmallSop);
  const v1::Decision decision = sop->Decide({.channel = CHANNEL_CALLBACK});
  EXPECT_EQ(decision.rule_id(), "overig");
  EXPECT_EQ(decision.reason(),
            "Dit gaat naar het team kcc, want geen andere afspraak past bij deze vraag.");
  EXPECT_THAT(LosingIds(decision),
              ElementsAre("acquisitie", "paspoort-bellen", "afval", "bedrijf", "documenten"));
}

TEST(Decision, ATopicThatTheSopDoesNotHaveCountsAsNone) {
  EXPECT_EQ(Compiled(kSmallSop)->Decide({.channel = CHANNEL_PHONE, .topic_id = "oud"}).rule_id(),
            "overig");
}

TEST(Decision, TellsWhyOthersDidNotApply) {
  const v1::Decision decision = Compiled(kSmallSop)->Decide(
      {.channel = CHANNEL_EMAIL, .topic_id = "afval", .is_business = true});
  ASSERT_EQ(decision.rule_id(), "bedrijf");
  ASSERT_THAT(LosingIds(decision), ElementsAre("acquisitie", "paspoort-bellen", "afval"));
  EXPECT_EQ(decision.losing_rules(0).reason(), "Geen van de trefwoorden staat in de vraag.");
  EXPECT_EQ(decision.losing_rules(1).reason(),
            "Het thema is ‘Afval’; deze afspraak gaat over ‘Paspoort’. "
            "Het kanaal is e-mail; deze afspraak is voor telefoon.");
  EXPECT_EQ(decision.losing_rules(2).reason(),
            "De klant is een bedrijf; deze afspraak is voor inwoners.");
}

TEST(Decision, NamesTheNearestLosersOnly) {
  std::string document = "topics: [{id: a, name: A}, {id: b, name: B}]\nrules:\n";
  for (int i = 0; i < 30; ++i) {
    // Every third fails one condition of two, the others both.
    absl::StrAppend(&document, "  - {id: r", i, ", outcome: queue, team: kcc, when: {channels: [",
                    i % 3 == 0 ? "phone" : "email", "], topics: [b]}}\n");
  }
  absl::StrAppend(&document, "  - {id: overig, outcome: queue, team: kcc}\n");
  const v1::Decision decision =
      Compiled(document)->Decide({.channel = CHANNEL_PHONE, .topic_id = "a"});
  EXPECT_THAT(LosingIds(decision),
              ElementsAre("r0", "r3", "r6", "r9", "r12", "r15", "r18", "r21", "r24", "r27"));
  EXPECT_THAT(decision.losing_rules(), SizeIs(CompiledSop::kMostLosingRules));
}

TEST(Decision, IsTheSameEveryTime) {
  const auto one = Compiled(kSmallSop, 3);
  const auto other = Compiled(kSmallSop, 3);
  const Inquiry inquiry = {
      .channel = CHANNEL_EMAIL, .topic_id = "paspoort", .subject = "vraag", .text = "tekst"};
  EXPECT_EQ(one->Decide(inquiry).SerializeAsString(), one->Decide(inquiry).SerializeAsString());
  EXPECT_EQ(one->Decide(inquiry).SerializeAsString(), other->Decide(inquiry).SerializeAsString());
}

TEST(Decision, NeverRepeatsWhatTheResidentTyped) {
  const v1::Decision decision = Compiled(kSmallSop)->Decide(
      {.channel = CHANNEL_EMAIL, .subject = "vrijblijvend aanbod", .text = "geheim 0612345678"});
  EXPECT_EQ(decision.DebugString().find("0612345678"), std::string::npos);
}

// What an SOP means, said as plainly as possible.
class Reference {
 public:
  explicit Reference(const Sop& sop) : sop_(sop) {}

  size_t Match(const Inquiry& inquiry) const {
    for (size_t i = 0;; ++i) {
      if (Applies(sop_.rules[i].when, inquiry)) return i;
    }
  }

 private:
  bool IsWithin(std::string topic, const std::string& ancestor) const {
    while (!topic.empty()) {
      if (topic == ancestor) return true;
      std::string parent;
      for (const SopTopic& known : sop_.topics) {
        if (known.topic_id == topic) parent = known.parent;
      }
      topic = parent;
    }
    return false;
  }

  bool Applies(const Conditions& when, const Inquiry& inquiry) const {
    const auto any = [](const auto& values, auto holds) {
      return values.empty() || std::any_of(values.begin(), values.end(), holds);
    };
    const std::string text = absl::StrCat(inquiry.subject, "\n", inquiry.text);
    return any(when.channels, [&](Channel channel) { return channel == inquiry.channel; }) &&
           any(when.topics,
               [&](const std::string& t) { return IsWithin(std::string(inquiry.topic_id), t); }) &&
           any(when.keywords,
               [&](const std::string& k) { return text.find(k) != std::string::npos; }) &&
           (!when.customer || (*when.customer == CustomerKind::kBusiness) == inquiry.is_business);
  }

  const Sop& sop_;
};

class RandomSop {
 public:
  explicit RandomSop(int seed) : random_(seed) {}

  Sop Make() {
    Sop sop;
    const int topics = Upto(8);
    for (int i = 0; i < topics; ++i) {
      sop.topics.push_back({.topic_id = absl::StrCat("t", i),
                            .name = absl::StrCat("T", i),
                            .parent = i > 0 && Upto(2) > 0 ? absl::StrCat("t", Upto(i - 1)) : ""});
    }
    const int rules = Upto(15);
    for (int i = 0; i < rules; ++i) {
      SopRule rule = {.rule_id = absl::StrCat("r", i)};
      while (rule.when.empty()) rule.when = MakeConditions(topics);
      sop.rules.push_back(std::move(rule));
    }
    sop.rules.push_back({.rule_id = "overig"});
    return sop;
  }

  std::string Word() {
    return std::vector<std::string>{"paspoort", "afval", "pas", "boom", "val"}[Upto(4)];
  }
  Channel AnyChannel() { return static_cast<Channel>(1 + Upto(8)); }
  int Upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

 private:
  Conditions MakeConditions(int topics) {
    Conditions when;
    for (int i = Upto(3); i > 0 && Upto(1); --i) when.channels.push_back(AnyChannel());
    for (int i = Upto(2); i > 0 && topics > 0; --i) {
      when.topics.push_back(absl::StrCat("t", Upto(topics - 1)));
    }
    for (int i = Upto(2); i > 0 && Upto(1); --i) when.keywords.push_back(Word());
    if (Upto(3) == 0) {
      when.customer = Upto(1) ? CustomerKind::kBusiness : CustomerKind::kResident;
    }
    return when;
  }

  std::mt19937 random_;
};

TEST(DecisionProperty, EqualsANaiveFirstMatch) {
  int catch_alls = 0;
  constexpr int kSops = 1500;
  constexpr int kInquiries = 40;
  for (int seed = 0; seed < kSops; ++seed) {
    RandomSop random(seed);
    const auto compiled = CompiledSop::Compile(random.Make(), 1).value();
    const Reference reference(compiled->sop());
    for (int i = 0; i < kInquiries; ++i) {
      // One topic more than there can be: unknown.
      const std::string topic = random.Upto(3) ? absl::StrCat("t", random.Upto(8)) : "";
      const std::string subject = absl::StrCat(random.Word(), " en ", random.Word());
      const std::string text = random.Upto(1) ? random.Word() : "";
      const Inquiry inquiry = {.channel = random.AnyChannel(),
                               .topic_id = topic,
                               .subject = subject,
                               .text = text,
                               .is_business = random.Upto(1) == 1};
      const size_t expected = reference.Match(inquiry);
      ASSERT_EQ(compiled->Match(inquiry), expected) << "seed " << seed << ", inquiry " << i;
      ASSERT_EQ(compiled->Decide(inquiry).rule_id(), compiled->sop().rules[expected].rule_id);
      catch_alls += expected + 1 == compiled->sop().rules.size();
    }
  }
  // The comparison would prove little if nearly everything ended in the catch-all, or nothing did.
  EXPECT_GT(catch_alls, kSops * kInquiries / 20);
  EXPECT_LT(catch_alls, kSops * kInquiries / 2);
}

}  // namespace
}  // namespace wissel::router
