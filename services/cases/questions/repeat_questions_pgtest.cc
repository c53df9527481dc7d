// The same question over another channel: suggested with its open case, and added to it.

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"
#include "libs/testing/sql_script.h"
#include "services/cases/questions/attacher.h"
#include "services/cases/questions/question_finder.h"
#include "services/cases/queue/queue.h"
#include "services/cases/test_cases.h"
#include "services/cases/test_router.h"

namespace wissel::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RepeatQuestionsTest : public CasesTest {
 protected:
  RepeatQuestionsTest() { channels_.SetInProcess(nullptr); }

  static v1::AttachContactRequest Again(int64_t reference) {
    auto request = On<v1::AttachContactRequest>(reference);
    v1::Contact& contact = *request.mutable_contact();
    contact.set_channel(common::v1::CHANNEL_EMAIL);
    contact.mutable_customer()->set_family_name("Berg");
    contact.mutable_customer()->set_email("berg@voorbeeld.nl");
    contact.mutable_customer()->set_postcode("2281AB");
    contact.mutable_question()->set_subject("Nog eens over mijn paspoort");
    contact.mutable_question()->set_text("Hoe lang nog?");
    contact.mutable_question()->set_urgent(true);
    request.set_request_hash(idempotency::RequestHash(contact, ""));
    return request;
  }

  absl::StatusOr<v1::AttachContactResponse> Attach(const v1::AttachContactRequest& request) {
    v1::AttachContactResponse response;
    const absl::Status status = attacher_.Attach(AgentCall(), request, &response);
    if (!status.ok()) return status;
    return response;
  }

  // A case with a customer, a topic and a household.
  void PlantQuestion(int64_t reference, absl::string_view topic, absl::string_view phone,
                     absl::string_view email = "", absl::string_view postcode = "") {
    PlantCases(reference, 1, "burgerzaken");
    database_.Admin(absl::StrCat(
        "update cases.case_file set topic_id = '", topic, "' where case_id = ", reference,
        "; update cases.contact set phone = '", phone, "', email = '", email, "', postcode = '",
        postcode, "' where case_id = ", reference));
  }

  std::vector<std::string> Find(const v1::FindOpenQuestionsRequest& request) {
    v1::FindOpenQuestionsResponse response;
    const absl::Status status = finder_.Find(AgentCall(), request, &response);
    EXPECT_TRUE(status.ok()) << status;
    std::vector<std::string> found;
    for (const v1::OpenQuestion& question : response.questions()) {
      std::string text = absl::StrCat(question.case_().reference(), ":");
      for (const int match : question.matches()) absl::StrAppend(&text, " ", match);
      if (question.same_topic()) absl::StrAppend(&text, " same");
      found.push_back(text);
    }
    return found;
  }

  TestRouter router_;
  rpc::ChannelRegistry channels_{{{"routing", router_.address()}}};
  Attacher attacher_{*pool_};
  QuestionFinder finder_{*pool_, channels_};
  municipality::SnapshotCache municipalities_;
  QueueReader reader_{*pool_, municipalities_, Clock::System()};
};

TEST_F(RepeatQuestionsTest, AContactIsAddedWithAllThatBelongsToIt) {
  PlantCases(1, 1, "burgerzaken");
  const std::string due = Of(1, "due_at");
  const auto attached = Attach(Again(1));
  ASSERT_TRUE(attached.ok()) << attached.status();
  EXPECT_EQ(attached->case_().team_id(), "burgerzaken");
  EXPECT_EQ(attached->case_().version(), 2);
  EXPECT_FALSE(attached->repeated());
  EXPECT_EQ(Events(1), "1 14");
  EXPECT_EQ(Mails(1), "customer_receipt>berg@voorbeeld.nl");
  EXPECT_EQ(Of(1, "due_at"), due) << "the clock runs on";
  EXPECT_EQ(
      database_.Admin("select payload->>'question' from cases.caused_mail where sequence > 1"),
      "Hoe lang nog?");
  EXPECT_EQ(database_.Admin("select count(*) from cases.contact where contact_no = 2 "
                            "and email = 'berg@voorbeeld.nl' and postcode = '2281AB'"),
            "1");

  v1::GetCaseRequest get;
  get.set_reference(1);
  v1::GetCaseResponse found;
  ASSERT_TRUE(reader_.GetCase(AgentCall(), get, &found).ok());
  EXPECT_EQ(found.case_().question().subject(), "Vraag 1") << "the first one stays the question";
  ASSERT_EQ(found.case_().added_contacts_size(), 1);
  const v1::AddedContact& added = found.case_().added_contacts(0);
  EXPECT_EQ(added.channel(), common::v1::CHANNEL_EMAIL);
  EXPECT_EQ(added.customer().email(), "berg@voorbeeld.nl");
  EXPECT_EQ(added.question().text(), "Hoe lang nog?");
  EXPECT_TRUE(added.question().urgent());
  EXPECT_GT(FromProto(added.received_at()), FromProto(found.case_().summary().received_at()));
  EXPECT_EQ(found.case_().events(1).text(), "Nog eens over mijn paspoort");
}

// The first contact gave a phone and no address, the second an address, the third another phone.
TEST_F(RepeatQuestionsTest, AnAnswerGoesToTheLatestAddressOfAnyContact) {
  PlantCases(1, 1, "burgerzaken");
  PlantCases(2, 1, "burgerzaken", "'2030-04-03 15:00Z'", "oud@voorbeeld.nl");
  CaseActions actions(*pool_);
  for (const int64_t reference : {1, 2}) {
    v1::AttachContactRequest request = Again(reference);
    request.mutable_contact()->mutable_customer()->set_given_name("Bo");
    ASSERT_TRUE(Attach(request).ok());
    request = Again(reference);
    request.set_idempotency_key(NewKey());
    request.mutable_contact()->mutable_customer()->clear_email();
    request.mutable_contact()->mutable_customer()->set_phone("+31701234567");
    ASSERT_TRUE(Attach(request).ok());
    v1::GetCaseRequest get;
    get.set_reference(reference);
    v1::GetCaseResponse found;
    ASSERT_TRUE(reader_.GetCase(AgentCall(), get, &found).ok());
    EXPECT_EQ(found.case_().reply_email(), "berg@voorbeeld.nl");
    EXPECT_EQ(found.case_().callback_phone(), "+31701234567");
    EXPECT_EQ(found.case_().customer().phone(), "+31201234567") << "who asked first stays";

    auto interim = On<v1::SendInterimReplyRequest>(reference);
    interim.set_text("Wij zijn ermee bezig.");
    v1::SendInterimReplyResponse sent;
    ASSERT_TRUE(actions.SendInterimReply(Member("ann", "burgerzaken"), interim, &sent).ok());
    auto answer = On<v1::AnswerCaseRequest>(reference);
    answer.set_text("Het ligt klaar.");
    v1::AnswerCaseResponse answered;
    ASSERT_TRUE(actions.Answer(Member("ann", "burgerzaken"), answer, &answered).ok());
    EXPECT_EQ(database_.Admin(absl::StrCat(
                  "select string_agg(kind || '>' || recipient || '>' || (payload->>'name'), ' ' "
                  "order by sequence) from cases.caused_mail where kind <> 'customer_receipt' "
                  "and case_id = ",
                  reference)),
              "customer_interim_reply>berg@voorbeeld.nl>Bo Berg "
              "customer_answer>berg@voorbeeld.nl>Bo Berg");
  }
}

TEST_F(RepeatQuestionsTest, ACaseWithoutANameGetsThatOfTheNextContact) {
  PlantCases(1, 2, "burgerzaken");
  database_.Admin("update cases.case_file set customer_name = '' where case_id = 1");
  for (const int64_t reference : {1, 2}) ASSERT_TRUE(Attach(Again(reference)).ok());
  EXPECT_EQ(Of(1, "customer_name"), "Berg");
  EXPECT_EQ(Of(2, "customer_name"), "A. van de Berg");
}

TEST_F(RepeatQuestionsTest, TheSameKeyAddsOnce) {
  PlantCases(1, 1, "burgerzaken");
  v1::AttachContactRequest request = Again(1);
  ASSERT_TRUE(Attach(request).ok());
  const auto again = Attach(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->repeated());
  EXPECT_EQ(again->case_().version(), 2);
  EXPECT_EQ(Events(1), "1 14");
  request.set_request_hash(std::string(32, 'x'));
  EXPECT_EQ(ReasonOf(Attach(request).status()), "idempotency_key_reused");
}

TEST_F(RepeatQuestionsTest, WhatCannotBeAddedChangesNothing) {
  PlantCases(1, 1, "burgerzaken");
  EXPECT_EQ(ReasonOf(Attach(Again(2)).status()), "no_such_case");
  v1::AttachContactRequest closing = Again(1);
  closing.mutable_contact()->set_outcome(v1::CASE_OUTCOME_STEERED);
  EXPECT_EQ(ReasonOf(Attach(closing).status()), "invalid_outcome");
  v1::AttachContactRequest wrong = Again(1);
  wrong.mutable_contact()->mutable_customer()->set_postcode("2281 ab");
  EXPECT_EQ(ReasonOf(Attach(wrong).status()), "invalid_postcode");
  auto close = On<v1::AnswerCaseRequest>(1);
  close.set_text("Ja.");
  v1::AnswerCaseResponse closed;
  ASSERT_TRUE(actions_.Answer(Member("a", "burgerzaken"), close, &closed).ok());
  EXPECT_EQ(ReasonOf(Attach(Again(1)).status()), "closed");
  EXPECT_EQ(database_.Admin("select count(*) from cases.contact"), "1");
  v1::AttachContactRequest elsewhere = Again(1);
  v1::AttachContactResponse response;
  PlantMunicipality(database_, "GM0518");
  EXPECT_EQ(ReasonOf(attacher_.Attach(AgentCall("GM0518"), elsewhere, &response)), "no_such_case");
}

TEST_F(RepeatQuestionsTest, ManyAtOnceAreAllThereOnce) {
  PlantCases(1, 1, "burgerzaken");
  std::vector<std::thread> threads;
  for (int worker = 0; worker < 6; ++worker) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) EXPECT_TRUE(Attach(Again(1)).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(database_.Admin("select count(*) || ' ' || max(contact_no) from cases.contact"),
            "31 31");
  EXPECT_EQ(Of(1, "version"), "31");
}

TEST_F(RepeatQuestionsTest, FindsTheOpenCasesOfACustomer) {
  PlantQuestion(1, "paspoort", "+31612345678");
  PlantQuestion(2, "paspoort", "", "berg@voorbeeld.nl");
  PlantQuestion(3, "", "", "", "2281AB");
  PlantQuestion(4, "paspoort", "+31687654321", "iemand@anders.nl", "2281CD");
  PlantQuestion(5, "paspoort", "+31612345678");
  database_.Admin(
      "update cases.case_file set state = 3, outcome = 2, closed_at = now() "
      "where case_id = 5");
  v1::FindOpenQuestionsRequest request;
  request.set_phone("06 - 1234 5678");
  request.set_email(" berg@VOORBEELD.nl ");
  request.set_family_name("BERG");
  request.set_postcode("2281 ab");
  request.set_topic_id("paspoort");
  EXPECT_THAT(Find(request), ElementsAre("2: 2 same", "1: 1 same", "3: 3"));

  request.clear_postcode();
  EXPECT_THAT(Find(request), ElementsAre("2: 2 same", "1: 1 same")) << "a name alone is nobody";
  request.set_phone("niet bekend");
  request.set_email("geen adres");
  EXPECT_THAT(Find(request), IsEmpty());
  EXPECT_THAT(Find({}), IsEmpty());
}

TEST_F(RepeatQuestionsTest, AnAddedContactMakesItsCustomerKnown) {
  PlantCases(1, 1, "burgerzaken");
  ASSERT_TRUE(Attach(Again(1)).ok());
  v1::FindOpenQuestionsRequest request;
  request.set_email("berg@voorbeeld.nl");
  request.set_family_name("berg");
  request.set_postcode("2281AB");
  EXPECT_THAT(Find(request), ElementsAre("1: 2 3"));
}

// (C7) The same customer, written in another way.
TEST_F(RepeatQuestionsTest, NamesAndAddressesAreComparedInOneForm) {
  const std::pair<const char*, const char*> kSame[] = {
      {"Müller", "MULLER"},           {"Zo\u00EB", "Zoe\u0308"},
      {"\u0132ssel", "ijssel"},       {"IJssel", "\u0133ssel"},
      {"Berg-Jansen", "Berg Jansen"}, {"Berg\u2011Jansen", "berg-jansen"},
      {"D\u2019Arcy", "D'Arcy"},      {"Groß", "Gross"},
      {"Ørsted", "orsted"},           {"Şükrü", "sukru"},
      {"Nuñez", "NUN\u0303EZ"}};
  int64_t reference = 0;
  for (const auto& [stored, typed] : kSame) {
    ++reference;
    const std::string postcode = absl::StrCat(2300 + reference, "AB");
    PlantQuestion(reference, "", "", "", postcode);
    database_.Admin(absl::StrCat("update cases.contact set family_name = '", stored,
                                 "' where case_id = ", reference));
    v1::FindOpenQuestionsRequest request;
    request.set_postcode(postcode);
    request.set_family_name(typed);
    EXPECT_THAT(Find(request), ElementsAre(absl::StrCat(reference, ": 3")))
        << stored << " " << typed;
    request.set_family_name("Anders");
    EXPECT_THAT(Find(request), IsEmpty());
    EXPECT_EQ(database_.Admin(absl::StrCat("select family_name from cases.contact where case_id = ",
                                           reference)),
              stored);
  }
  PlantQuestion(50, "", "", "Jan.deVries@voorbeeld.nl");
  v1::FindOpenQuestionsRequest request;
  request.set_email("jan.devries@Voorbeeld.NL");
  EXPECT_THAT(Find(request), ElementsAre("50: 2"));
}

// (C7) Rows from before names were folded.
TEST(ComparableNames, AreThereForRowsOfAnOlderInstallation) {
  const testing::TestDatabase old(47);
  old.Admin(
      "insert into directory.municipality (tenant_id, name, time_zone) values"
      " ('GM0603', 'Rijswijk', 'Europe/Amsterdam');"
      " insert into directory.team (tenant_id, team_id, name, is_kcc) values"
      " ('GM0603', 'kcc', 'KCC', true);"
      " insert into cases.case_file (tenant_id, case_id, state, channel, team_id, received_at, "
      "due_at)"
      " values ('GM0603', 17, 1, 3, 'kcc', now(), 'infinity');"
      " insert into cases.contact (tenant_id, case_id, contact_no, channel, family_name, email,"
      " subject, received_at) values ('GM0603', 17, 1, 3, 'Müller-Zoë', 'Jan.X@voorbeeld.nl',"
      " 'Vraag', now())");
  old.Migrate();
  EXPECT_EQ(old.Admin("select family_name || '|' || family_name_key from cases.contact"),
            "Müller-Zoë|muller zoe");
  EXPECT_EQ(old.Admin("select email || '|' || email_key from cases.contact"),
            "Jan.X@voorbeeld.nl|jan.x@voorbeeld.nl");
}

TEST_F(RepeatQuestionsTest, OnlyCloseTopicsAreSuggested) {
  PlantQuestion(1, "paspoort", "+31612345678");
  PlantQuestion(2, "kinderpaspoort", "+31612345678");
  PlantQuestion(3, "afval", "+31612345678");
  v1::FindOpenQuestionsRequest request;
  request.set_phone("0612345678");
  request.set_topic_id("paspoort");
  EXPECT_THAT(Find(request), ElementsAre("1: 1 same")) << "the router is away";
  router_.Come();
  std::vector<std::string> found;
  // The channel finds the router again by itself.
  while (found.size() < 2) found = Find(request);
  EXPECT_THAT(found, ElementsAre("1: 1 same", "2: 1"));
  request.clear_topic_id();
  EXPECT_EQ(Find(request).size(), 3u);
}

// However many cases there are, few are looked at.
TEST_F(RepeatQuestionsTest, LooksByIndex) {
  PlantCases(1, 20000, "burgerzaken");
  database_.Admin(
      "update cases.contact set phone = '+316' || 10000000 + case_id, postcode = '2281AB',"
      " email = 'n' || case_id || '@voorbeeld.nl', family_name = 'Naam' || case_id; analyze");
  v1::FindOpenQuestionsRequest request;
  request.set_phone("06 10000042");
  request.set_email("n43@voorbeeld.nl");
  request.set_family_name("naam44");
  request.set_postcode("2281AB");
  EXPECT_THAT(Find(request).size(), 3u);

  const auto plan = testing::RunScript(
      database_.ConnInfo("cases"),
      absl::StrCat("set plan_cache_mode = force_generic_plan; begin;",
                   "select set_config('wissel.tenant', 'GM0603', true);",
                   "prepare it (text, text, text, text) as ", OpenQuestionStatements()[0].sql,
                   "; explain (analyze, format json) execute it ('+31610000042',",
                   " 'n43@voorbeeld.nl', 'naam44', '2281AB')"));
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_THAT(*plan, Not(HasSubstr("Seq Scan")));
  for (const char* index :
       {"contact_phone", "contact_email", "contact_household", "case_file_pkey"}) {
    EXPECT_THAT(*plan, HasSubstr(absl::StrCat("\"Index Name\": \"", index, "\""))) << *plan;
  }
}

}  // namespace
}  // namespace wissel::cases
