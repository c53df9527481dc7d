#include "services/cases/questions/open_questions_store.h"

#include <cstdint>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "libs/base/status.h"
#include "services/cases/queue/queue_store.h"

namespace wissel::cases {
namespace {

// Kinds as in MatchKind. Contacts come by index, the latest first.
constexpr pg::Statement kFind = {"cases_open_questions", R"(
  select distinct f.case_id, m.kind
    from (
      (select case_id, 1 as kind from cases.contact
        where tenant_id = (select wissel.tenant()) and phone = $1::text and phone <> ''
        order by received_at desc limit 50)
      union all
      (select case_id, 2 from cases.contact
        where tenant_id = (select wissel.tenant()) and email_key = $2::text and email_key <> ''
        order by received_at desc limit 50)
      union all
      (select case_id, 3 from cases.contact
        where tenant_id = (select wissel.tenant()) and postcode = $4::text and postcode <> ''
          and family_name_key = cases.comparable_name($3::text) and family_name_key <> ''
        order by received_at desc limit 50)) m
    join cases.case_file f on f.tenant_id = (select wissel.tenant()) and f.case_id = m.case_id
   where f.state < 3
   order by f.case_id, m.kind)"};

}  // namespace

std::vector<pg::Statement> OpenQuestionStatements() { return {kFind}; }

absl::StatusOr<std::vector<v1::OpenQuestion>> FindOpenCases(pg::Transaction& transaction,
                                                            const KnownCustomer& customer) {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result rows,
      transaction.Run(kFind, {customer.phone, absl::AsciiStrToLower(customer.email),
                              customer.family_name, customer.postcode}));
  std::map<int64_t, v1::OpenQuestion> found;
  std::vector<int64_t> references;
  for (const pg::Result::Row row : rows) {
    const auto [place, is_new] = found.try_emplace(row.Int64("case_id"));
    if (is_new) references.push_back(place->first);
    place->second.add_matches(static_cast<v1::MatchKind>(row.Int32("kind")));
  }
  std::vector<v1::OpenQuestion> questions;
  if (references.empty()) return questions;
  WISSEL_ASSIGN_OR_RETURN(std::vector<v1::CaseSummary> summaries,
                          ReadSummaries(transaction, references));
  for (v1::CaseSummary& summary : summaries) {
    v1::OpenQuestion question = std::move(found[summary.reference()]);
    *question.mutable_case_() = std::move(summary);
    questions.push_back(std::move(question));
  }
  return questions;
}

}  // namespace wissel::cases
