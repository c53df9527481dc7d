// A database that the release before wrote in, with its tables of customers, of mail and of all
// keys, is migrated without loss. As many cases as WISSEL_UPGRADE_CASES says (tests/upgrade/run);
// few unless it does.

#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/pg/migrate.h"
#include "libs/testing/postgres.h"
#include "services/cases/questions/open_questions_store.h"
#include "services/cases/queue/change_notifier_store.h"
#include "services/cases/queue/queue_store.h"
#include "services/cases/registration/first_registration_store.h"
#include "services/cases/registration/group_committer.h"
#include "services/cases/registration/reference_store.h"
#include "services/cases/test_municipality.h"

namespace wissel::cases {
namespace {

// The first migration that the release before does not have.
constexpr int kFirstNew = 60;

int Cases() {
  int cases = 500;
  const char* text = std::getenv("WISSEL_UPGRADE_CASES");
  if (text != nullptr && !absl::SimpleAtoi(text, &cases)) cases = 500;
  return cases;
}

// Contacts as registration stored them: a row in each of seven tables. Customers come back; some
// gave no address, some no number. What became of a case goes by its number.
constexpr char kRegistered[] = R"(
  create table public.made as
  select i as case_id, i % 10 as fate, timestamptz '2026-03-02 08:00Z' + i * interval '1 s' as at,
         case when i % 4 = 0 then '' else '+316' || 10000000 + i % ($cases / 2) end as phone,
         case when i % 5 = 0 then '' else 'Bewoner.' || i % ($cases / 2) || '@Post.example' end
           as email,
         case when i % 2 = 0 then 'burgerzaken' else 'parkeren' end as team_id
    from generate_series(1, $cases) as i;
  insert into cases.customer (tenant_id, phone, email, last_contact_at)
  select 'GM0603', phone, email, max(at) from made where phone <> '' or email <> ''
   group by phone, email;
  insert into cases.case_file (tenant_id, case_id, state, channel, team_id, subject, customer_name,
                               received_at, due_at, norm_working_days, calendar_version, decision,
                               preferred_from)
  select 'GM0603', case_id, 1, 2, team_id, 'Vraag ' || case_id, 'A. van de Berg', at,
         at + interval '3 days', 2, 1, '', case when case_id % 3 = 0 then at + interval '1 day' end
    from made;
  insert into cases.contact (tenant_id, case_id, contact_no, customer_id, channel, account,
                             external_id, given_name, name_prefix, family_name, phone, email,
                             subject, question, received_at)
  select 'GM0603', case_id, 1, k.customer_id, 2, 'telefoon',
         case when case_id % 7 = 0 then 'bericht-' || case_id end, 'A.', 'van de', 'Berg', m.phone,
         m.email, 'Vraag ' || case_id, 'Kunt u mij bellen?', at
    from made m left join cases.customer k on k.phone = m.phone and k.email = m.email;
  insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                team_id, due_at, channel, first_attempt_counts, no_verdict)
  select 'GM0603', case_id, 1, at, 1, 'agent-1', 'Anouk', team_id, at + interval '3 days', 2, false,
         false
    from made;
  insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at)
  select 'GM0603', case_id, 'team_new_case', team_id || '@gemeente.example',
         jsonb_build_object('reference', case_id, 'link', '/zaak/' || case_id), at
    from made
  union all
  select 'GM0603', case_id, 'customer_receipt', email,
         jsonb_build_object('reference', case_id, 'received_at', at,
                            'due_at', at + interval '3 days', 'norm_working_days', 2,
                            'name', 'A. van de Berg', 'phone', phone, 'subject',
                            'Vraag ' || case_id, 'question', 'Kunt u mij bellen?',
                            'preferred_from',
                            case when case_id % 3 = 0 then at + interval '1 day' end,
                            'preferred_to', null), at
    from made where email <> '';
  insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at)
  select 'GM0603', 'key-of-' || case_id, '', '', at from made;)";

// What was done to a part of them an hour later, each with its event and its mail: answered,
// replied to, forwarded, returned, opened again, and asked about once more with another address.
constexpr char kWorkedOn[] = R"(
  update cases.case_file f set state = 3, outcome = 2, closed_at = at + interval '1 hour',
         answer = 'Ja.', version = 2
    from made m where m.case_id = f.case_id and fate = 1;
  update cases.case_file f set team_id = 'verleden', version = 2
    from made m where m.case_id = f.case_id and fate = 3;
  update cases.case_file f set team_id = 'kcc', version = 2
    from made m where m.case_id = f.case_id and fate = 4;
  insert into cases.customer (tenant_id, phone, email, last_contact_at)
  select 'GM0603', '', 'anders.' || case_id || '@post.example', at + interval '1 hour'
    from made where fate = 6;
  insert into cases.contact (tenant_id, case_id, contact_no, customer_id, channel, account,
                             family_name, email, subject, question, received_at)
  select 'GM0603', case_id, 2, k.customer_id, 3, 'post', 'Jansen', k.email, 'Nog eens',
         'Hoe lang nog?', at + interval '1 hour'
    from made m join cases.customer k on k.email = 'anders.' || case_id || '@post.example';
  insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                team_id, outcome, text)
  select 'GM0603', m.case_id, 2, at + interval '1 hour', kind, 'ann', 'Ann',
         coalesce(nullif(event.team_id, ''), m.team_id), outcome, text
    from made m join (values (1, 8, '', 2, 'Ja.'), (2, 7, '', 0, 'Nog even.'),
                             (3, 11, 'verleden', 0, ''), (4, 10, 'kcc', 0, 'Niet van ons.'),
                             (5, 12, '', 0, 'Toch niet.'), (6, 14, '', 0, 'Nog eens'))
           as event (fate, kind, team_id, outcome, text) using (fate);
  insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at)
  select 'GM0603', m.case_id, mail.kind, m.email,
         jsonb_build_object('reference', m.case_id, 'name', 'A. van de Berg',
                            'subject', 'Vraag ' || m.case_id, 'text', mail.text),
         at + interval '1 hour'
    from made m join (values (1, 'customer_answer', 'Ja.'),
                             (2, 'customer_interim_reply', 'Nog even.'))
           as mail (fate, kind, text) using (fate)
   where m.email <> ''
  union all
  select 'GM0603', m.case_id, mail.kind,
         coalesce(nullif(mail.recipient, ''), m.team_id || '@gemeente.example'),
         jsonb_build_object('reference', m.case_id, 'link', '/zaak/' || m.case_id),
         at + interval '1 hour'
    from made m join (values (3, 'team_forwarded_case', 'kcc@gemeente.example'),
                             (4, 'team_returned_case', 'kcc@gemeente.example'),
                             (5, 'team_reopened_case', ''))
           as mail (fate, kind, recipient) using (fate)
  union all
  select 'GM0603', m.case_id, 'customer_receipt', 'anders.' || case_id || '@post.example',
         jsonb_build_object('reference', m.case_id, 'received_at', at + interval '1 hour',
                            'due_at', at + interval '3 days', 'norm_working_days', 2,
                            'name', 'Jansen', 'phone', '', 'subject', 'Nog eens', 'question',
                            'Hoe lang nog?', 'preferred_from', at + interval '2 days',
                            'preferred_to', at + interval '3 days'), at + interval '1 hour'
    from made m where fate = 6;)";

// Kept aside: what goes, and what stays.
constexpr char kRemember[] = R"(
  create table public.mail as select tenant_id, case_id, kind, recipient, payload, created_at
    from cases.outbox;
  create table public.customer as select tenant_id, phone, email, last_contact_at
    from cases.customer;
  create table public.stayed as )";

constexpr char kStays[] = R"(
  select 'case ' || md5(string_agg(f::text, ';' order by case_id)) as what from cases.case_file f
  union all
  select 'event ' || md5(string_agg(e::text, ';' order by case_id, sequence))
    from cases.case_event e
  union all
  select 'key ' || md5(string_agg(k::text, ';' order by key)) from cases.idempotency_key k
  union all
  select 'contact ' || md5(string_agg(concat_ws('|', tenant_id, case_id, contact_no, channel,
                                                account, external_id, given_name, name_prefix,
                                                family_name, organisation, phone, email, subject,
                                                question, internal_note, received_at), ';'
                                      order by case_id, contact_no))
    from cases.contact)";

class UpgradeTest : public ::testing::Test {
 protected:
  // Writes as the release before did, and migrates.
  void Upgrade() {
    PlantMunicipality(old_);
    const std::string cases = absl::StrCat(Cases());
    old_.Admin(absl::StrReplaceAll(kRegistered, {{"$cases", cases}}));
    old_.Admin(absl::StrReplaceAll(kWorkedOn, {{"$cases", cases}}));
    old_.Admin(absl::StrCat(kRemember, kStays));
    PlantOldKey();
    old_.Migrate();
  }

  // The answer to a registration of before, as it was kept with its key.
  void PlantOldKey() {
    v1::RegisterContactResponse answer;
    answer.set_reference(17);
    answer.set_team_id("parkeren");
    old_.Admin(absl::StrCat("insert into cases.idempotency_key values ('GM0603', 'old-key-1', '\\x",
                            absl::BytesToHexString(Callback("old-key-1").request_hash()), "', '\\x",
                            absl::BytesToHexString(answer.SerializeAsString()), "', now())"));
  }

  // Rows of one query that the other does not have, both ways.
  std::string Difference(const std::string& a, const std::string& b) {
    return old_.Admin(absl::StrCat("select count(*) from (((", a, ") except (", b,
                                   ")) union all ((", b, ") except (", a, "))) as difference"));
  }

  std::unique_ptr<pg::Pool> OpenPool() {
    pg::PoolOptions options = {.conninfo = old_.ConnInfo("cases"), .size = 4};
    for (const auto& more :
         {RegistrationStatements(), FirstRegistrationStatements(), ReferenceStatements(),
          municipality::SnapshotStatements(), ChangeNotifierStatements(), OpenQuestionStatements(),
          QueueStatements()}) {
      options.statements.insert(options.statements.end(), more.begin(), more.end());
    }
    return pg::Pool::Open(std::move(options)).value();
  }

  const testing::TestDatabase old_{kFirstNew};
};

TEST_F(UpgradeTest, NothingIsLost) {
  Upgrade();
  EXPECT_EQ(old_.Admin("select count(*) from cases.contact where contact_no = 1"),
            absl::StrCat(Cases()));
  EXPECT_EQ(Difference("select what from public.stayed",
                       absl::StrReplaceAll(kStays, {{"from cases.idempotency_key k",
                                                     "from cases.idempotency_key k "
                                                     "where key <> 'old-key-1'"}})),
            "0");
  EXPECT_EQ(Difference("select tenant_id, phone, email, last_contact_at from public.customer",
                       "select tenant_id, phone, email, max(received_at) from cases.contact "
                       "where phone <> '' or email <> '' group by tenant_id, phone, email"),
            "0");
  EXPECT_EQ(Difference("select * from public.mail",
                       "select tenant_id, case_id, kind, recipient, payload, caused_at "
                       "from cases.caused_mail"),
            "0");
  EXPECT_EQ(old_.Admin("select count(*) = (select count(*) from public.mail) "
                       "from cases.caused_mail"),
            "t");
  EXPECT_EQ(old_.Admin("select count(*) from cases.breach"), "0");
}

TEST_F(UpgradeTest, KeysOfBeforeAndNewOnesAreAnswered) {
  Upgrade();
  const std::unique_ptr<pg::Pool> pool = OpenPool();
  municipality::SnapshotCache municipalities;
  ChangeNotifier notifier(*pool);
  RegistrationWriter writer(*pool, municipalities, notifier, Clock::System());
  const rpc::Call call = AgentCall();
  const auto register_one = [&](const v1::RegisterContactRequest& request) {
    Submission one = {.request = &request, .who = call.principal.get()};
    writer.Register(kTenant, absl::MakeSpan(&one, 1));
    return one.answer;
  };
  const auto old = register_one(Callback("old-key-1"));
  ASSERT_TRUE(old.ok()) << old.status();
  EXPECT_EQ(old->reference(), 17);
  EXPECT_EQ(old->team_id(), "parkeren");
  EXPECT_TRUE(old->repeated());
  EXPECT_TRUE(old->has_received_at());
  v1::RegisterContactRequest other = Callback("old-key-1");
  other.set_request_hash(std::string(32, 'x'));
  EXPECT_EQ(ReasonOf(register_one(other).status()), "idempotency_key_reused");

  const auto fresh = register_one(Callback("new-key-1"));
  ASSERT_TRUE(fresh.ok()) << fresh.status();
  EXPECT_FALSE(fresh->repeated());
  const auto again = register_one(Callback("new-key-1"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->reference(), fresh->reference());
}

TEST_F(UpgradeTest, CustomersOfBeforeAreFound) {
  Upgrade();
  const std::unique_ptr<pg::Pool> pool = OpenPool();
  std::vector<v1::OpenQuestion> found;
  const absl::Status status = pool->InTenant(
      kTenant, absl::Now() + absl::Seconds(10), pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(
            found, FindOpenCases(transaction,
                                 {.phone = "+31610000007", .email = "ANDERS.16@post.example"}));
        return absl::OkStatus();
      });
  ASSERT_TRUE(status.ok()) << status;
  std::vector<int64_t> references;
  for (const v1::OpenQuestion& question : found) references.push_back(question.case_().reference());
  EXPECT_THAT(references, ::testing::UnorderedElementsAre(7, 16, 7 + Cases() / 2));
}

// What does not follow from the log is not thrown away: the migration stops.
TEST_F(UpgradeTest, MailThatFollowsFromNoEventStopsIt) {
  PlantMunicipality(old_);
  old_.Admin(absl::StrReplaceAll(kRegistered, {{"$cases", "20"}}));
  old_.Admin(
      "insert into cases.outbox (tenant_id, case_id, kind, recipient, payload, created_at) "
      "values ('GM0603', 1, 'customer_answer', 'iemand@post.example', '{}', now())");
  const auto applied = pg::Migrate(old_.AdminConnInfo(), WISSEL_SOURCE_DIR "/migrations");
  EXPECT_FALSE(applied.ok());
  EXPECT_EQ(old_.Admin("select count(*) from cases.outbox where kind = 'customer_answer'"), "1");
}

}  // namespace
}  // namespace wissel::cases
