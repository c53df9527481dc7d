// Planted cases and the people who work them, for the database tests of actions, queues and
// watching.

#ifndef WISSEL_SERVICES_CASES_TEST_CASES_H_
#define WISSEL_SERVICES_CASES_TEST_CASES_H_

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "libs/testing/postgres.h"
#include "services/cases/actions/case_actions.h"
#include "services/cases/actions/case_store.h"
#include "services/cases/questions/attachment_store.h"
#include "services/cases/questions/open_questions_store.h"
#include "services/cases/queue/queue_store.h"
#include "services/cases/queue/watch_store.h"
#include "services/cases/registration/case_response_store.h"
#include "services/cases/test_municipality.h"
#include "services/cases/upkeep/claim_releaser_store.h"

namespace wissel::cases {

// Somebody of `team_id` with one role.
inline rpc::Call CallOf(options::v1::Role role, absl::string_view account_id,
                        absl::string_view team_id, absl::string_view tenant_id = kTenant) {
  auto who = std::make_shared<rpc::Principal>();
  who->tenant_id = std::string(tenant_id);
  who->account_id = std::string(account_id);
  who->display_name = absl::StrCat("Naam van ", account_id);
  who->roles = {role};
  if (!team_id.empty()) who->team_ids = {std::string(team_id)};
  return {.principal = std::move(who), .deadline = absl::Now() + absl::Seconds(60)};
}

inline rpc::Call Member(absl::string_view account_id, absl::string_view team_id) {
  return CallOf(options::v1::ROLE_TEAM_MEMBER, account_id, team_id);
}

inline rpc::Call Lead(absl::string_view account_id, absl::string_view team_id) {
  return CallOf(options::v1::ROLE_TEAM_LEAD, account_id, team_id);
}

// A key that was not used before.
inline std::string NewKey() {
  static std::atomic<int> count = 0;
  return absl::StrCat("test-key-", ++count);
}

// A request on a case, with a key of its own.
template <typename Request>
Request On(int64_t reference) {
  Request request;
  request.set_idempotency_key(NewKey());
  request.set_reference(reference);
  return request;
}

// A municipality in a database of its own.
class CasesTest : public ::testing::Test {
 protected:
  CasesTest() { PlantMunicipality(database_); }

  std::unique_ptr<pg::Pool> OpenPool(int size = 8) {
    pg::PoolOptions options = {.conninfo = database_.ConnInfo("cases"), .size = size};
    for (const auto& more :
         {CaseResponses().Statements(), CaseStatements(), QueueStatements(),
          municipality::SnapshotStatements(), WatchStatements(), AttachmentStatements(),
          OpenQuestionStatements(), ClaimReleaserStatements()}) {
      options.statements.insert(options.statements.end(), more.begin(), more.end());
    }
    return pg::Pool::Open(std::move(options)).value();
  }

  // Open callback requests first, first + 1, ... of a team, as registration writes them. `due` and
  // `received` are SQL, in which `i` is the number of the case.
  void PlantCases(int64_t first, int count, absl::string_view team_id,
                  absl::string_view due = "'2030-04-03 15:00Z'", absl::string_view email = "",
                  absl::string_view received = "'2026-04-01 10:00Z'",
                  absl::string_view tenant_id = kTenant) {
    const std::string each =
        absl::StrCat(" from generate_series(", first, ", ", first + count - 1, ") as i;");
    const std::string head = absl::StrCat(" select '", tenant_id, "', i, ");
    database_.Admin(absl::StrCat(
        "insert into cases.case_file (tenant_id, case_id, state, channel, team_id, subject,"
        " customer_name, received_at, due_at)",
        head, "1, 2, '", team_id, "', 'Vraag ' || i, 'A. van de Berg', ", received, ", ", due, each,
        "insert into cases.contact (tenant_id, case_id, contact_no, channel, given_name,"
        " name_prefix, family_name, phone, email, subject, question, internal_note, received_at)",
        head, "1, 2, 'A.', 'van de', 'Berg', '+31201234567', '", email, "', 'Vraag ' || i,",
        " 'Kunt u mij bellen?', 'Spreekt Engels', ", received, each,
        "insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id,"
        " actor_name, team_id, due_at, channel)",
        head, "1, ", received, ", 1, 'agent-1', 'Anouk Jansen', '", team_id, "', ", due, ", 2",
        each));
  }

  // `column` of a case, as text.
  std::string Of(int64_t reference, absl::string_view column) {
    return database_.Admin(absl::StrCat(
        "select (", column, ")::text from cases.case_file where case_id = ", reference));
  }

  // Kinds of the events of a case, in their order: "1 3 8".
  std::string Events(int64_t reference) {
    return database_.Admin(
        absl::StrCat("select string_agg(kind::text, ' ' order by sequence) from cases.case_event",
                     " where case_id = ", reference));
  }

  // Mail about what was done to a case since it was planted: "kind>recipient kind>recipient".
  std::string Mails(int64_t reference) {
    return database_.Admin(
        absl::StrCat("select string_agg(kind || '>' || recipient, ' ' order by sequence, kind)",
                     " from cases.caused_mail where sequence > 1 and case_id = ", reference));
  }

  // Any act of a lead or the KCC on any of the cases 1 to 60. Refusals belong to it.
  void ActAtRandom(unsigned worker, std::mt19937& random) {
    const int64_t reference = 1 + random() % 60;
    const std::string team_id = random() % 2 == 0 ? "parkeren" : "burgerzaken";
    const rpc::Call lead = Lead(absl::StrCat("lead", worker), team_id);
    switch (random() % 9) {
      case 0: {
        v1::ClaimCaseResponse out;
        (void)actions_.Claim(lead, On<v1::ClaimCaseRequest>(reference), &out);
        break;
      }
      case 1: {
        v1::UnclaimCaseResponse out;
        (void)actions_.Unclaim(lead, On<v1::UnclaimCaseRequest>(reference), &out);
        break;
      }
      case 7: {
        auto in = On<v1::TakeOverCaseRequest>(reference);
        in.set_reason("Collega is ziek.");
        v1::TakeOverCaseResponse out;
        (void)actions_.TakeOver(lead, in, &out);
        break;
      }
      case 2: {
        v1::RecordAttemptResponse out;
        (void)actions_.RecordAttempt(lead, On<v1::RecordAttemptRequest>(reference), &out);
        break;
      }
      case 3: {
        auto in = On<v1::AnswerCaseRequest>(reference);
        in.set_text("Ja.");
        v1::AnswerCaseResponse out;
        (void)actions_.Answer(lead, in, &out);
        break;
      }
      case 4: {
        auto in = On<v1::ReturnCaseRequest>(reference);
        in.set_reason("Niet van ons.");
        v1::ReturnCaseResponse out;
        (void)actions_.Return(lead, in, &out);
        break;
      }
      case 5:
      case 6: {
        auto in = On<v1::ForwardCaseRequest>(reference);
        in.set_team_id(team_id);
        v1::ForwardCaseResponse out;
        (void)actions_.Forward(AgentCall(), in, &out);
        break;
      }
      default: {
        auto in = On<v1::ReopenCaseRequest>(reference);
        in.set_reason("Toch niet.");
        v1::ReopenCaseResponse out;
        (void)actions_.Reopen(AgentCall(), in, &out);
      }
    }
  }

  testing::TestDatabase database_;
  std::unique_ptr<pg::Pool> pool_ = OpenPool();
  CaseActions actions_{*pool_};
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_TEST_CASES_H_
