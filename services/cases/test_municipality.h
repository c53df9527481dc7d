// What the database tests of this folder start from: a municipality with a KCC, two departments,
// norms and a service calendar, planted as the directory would have written them.

#ifndef WISSEL_SERVICES_CASES_TEST_MUNICIPALITY_H_
#define WISSEL_SERVICES_CASES_TEST_MUNICIPALITY_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "libs/idempotency/request_hash.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "libs/testing/postgres.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

inline constexpr char kTenant[] = "GM0603";

// A calendar of the directory: Monday to Friday from 9 to `to_minute`, holidays closed.
inline std::string Week(int to_minute) {
  std::string days;
  for (int weekday = 1; weekday <= 5; ++weekday) {
    absl::StrAppend(&days, weekday > 1 ? "," : "", "{\"weekday\":", weekday,
                    ",\"intervals\":[{\"fromMinute\":540,\"toMinute\":", to_minute, "}]}");
  }
  return absl::StrCat("{\"weekdays\":[", days, "],\"observesHolidays\":true}");
}

// Teams `kcc`, `burgerzaken` and `parkeren` (a callback is due in 2, 2 and 4 working days, an
// e-mail in 5; a form has no norm), and `verleden`, which has no mailbox.
inline void PlantMunicipality(const testing::TestDatabase& database,
                              absl::string_view tenant_id = kTenant) {
  database.Admin(absl::StrCat(
      "insert into directory.municipality (tenant_id, name, time_zone) values ('", tenant_id,
      "', 'Rijswijk ", tenant_id, "', 'Europe/Amsterdam');",
      "insert into directory.calendar (tenant_id, version, definition) values ('", tenant_id,
      "', 1, '", Week(1020), "');",
      "insert into directory.team (tenant_id, team_id, name, mailbox, is_kcc) select '", tenant_id,
      "', * from (values ('kcc', 'KCC', 'kcc@gemeente.example', true),",
      "('burgerzaken', 'Burgerzaken', 'burgerzaken@gemeente.example', false),",
      "('parkeren', 'Parkeren', 'parkeren@gemeente.example', false),",
      "('verleden', 'Verleden', '', false)) as t;",
      "insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days,",
      " target_share) select '", tenant_id,
      "', team_id, channel, date '2000-01-01', case when channel = 3 then 5",
      " when team_id = 'parkeren' then 4 else 2 end, 0.9",
      " from (values ('kcc'), ('burgerzaken'), ('parkeren')) as t (team_id),",
      " (values (1), (2), (3)) as c (channel);"));
}

// An account as the directory would have written it, with one role and, unless it is empty, a team.
inline void PlantAccount(const testing::TestDatabase& database, absl::string_view account_id,
                         options::v1::Role role, absl::string_view team_id,
                         absl::string_view tenant_id = kTenant) {
  const std::string key = absl::StrCat("select '", tenant_id, "', '", account_id, "'");
  database.Admin(absl::StrCat(
      "insert into directory.account (tenant_id, account_id, login, display_name, password_hash) ",
      key, ", 'login-", account_id, "', 'Naam van ", account_id, "', '';",
      "insert into directory.account_role (tenant_id, account_id, role) ", key, ", ",
      static_cast<int>(role), ";",
      "insert into directory.account_team (tenant_id, account_id, team_id) ", key, ", '", team_id,
      "' where '", team_id, "' <> ''"));
}

// A callback request for `burgerzaken` with this key.
inline v1::RegisterContactRequest Callback(absl::string_view key) {
  v1::RegisterContactRequest request;
  request.set_idempotency_key(std::string(key));
  v1::Contact& contact = *request.mutable_contact();
  contact.set_channel(common::v1::CHANNEL_CALLBACK);
  contact.mutable_customer()->set_given_name("A.");
  contact.mutable_customer()->set_name_prefix("van de");
  contact.mutable_customer()->set_family_name("Berg");
  contact.mutable_customer()->set_phone("+31201234567");
  contact.mutable_question()->set_subject("Paspoort");
  contact.mutable_question()->set_text("Is mijn paspoort al klaar?");
  contact.mutable_question()->set_topic_id("paspoort");
  contact.mutable_decision()->set_outcome(routing::v1::OUTCOME_QUEUE);
  contact.mutable_decision()->set_team_id("burgerzaken");
  contact.mutable_decision()->set_rule_id("paspoort-terugbellen");
  contact.mutable_decision()->set_sop_version(1);
  request.set_request_hash(idempotency::RequestHash(contact, ""));
  return request;
}

// An agent of the KCC.
inline rpc::Call AgentCall(absl::string_view tenant_id = kTenant) {
  auto principal = std::make_shared<rpc::Principal>();
  principal->tenant_id = std::string(tenant_id);
  principal->account_id = "agent-1";
  principal->display_name = "Anouk Jansen";
  principal->roles = {options::v1::ROLE_KCC_AGENT};
  return {.principal = std::move(principal), .deadline = absl::Now() + absl::Seconds(60)};
}

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_TEST_MUNICIPALITY_H_
