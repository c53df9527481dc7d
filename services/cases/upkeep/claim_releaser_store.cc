#include "services/cases/upkeep/claim_releaser_store.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kHolders = {"cases_holders", R"(
  select h.claimed_by, h.team_id, t.is_kcc,
         (select string_agg(r.role::text, ',') from directory.account_role_view r
           where r.tenant_id = h.tenant_id and r.account_id = h.claimed_by) as roles,
         exists (select from directory.account_team_view m
                  where m.tenant_id = h.tenant_id and m.account_id = h.claimed_by
                    and m.team_id = h.team_id) as in_team
    from (select distinct tenant_id, claimed_by, team_id from cases.case_file
           where tenant_id = (select wissel.tenant()) and state = 2) h
    join directory.team_view t on t.tenant_id = h.tenant_id and t.team_id = h.team_id
   order by h.claimed_by, h.team_id)"};

constexpr pg::Statement kHeld = {"cases_held", R"(
  select case_id from cases.case_file
   where tenant_id = (select wissel.tenant()) and state = 2 and claimed_by = $1::text
     and team_id = $2::text
   order by case_id limit $3::int)"};

}  // namespace

std::vector<pg::Statement> ClaimReleaserStatements() { return {kHolders, kHeld}; }

absl::StatusOr<std::vector<Holder>> ReadHolders(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kHolders));
  std::vector<Holder> holders;
  for (const pg::Result::Row row : rows) {
    Holder& holder = holders.emplace_back();
    holder.team_id = row.TextOrEmpty("team_id");
    holder.at_kcc = row.Bool("is_kcc");
    holder.who.account_id = row.TextOrEmpty("claimed_by");
    if (row.Bool("in_team")) holder.who.team_ids = {holder.team_id};
    for (const absl::string_view text :
         absl::StrSplit(row.TextOrEmpty("roles"), ',', absl::SkipEmpty())) {
      int role = 0;
      if (absl::SimpleAtoi(text, &role)) {
        holder.who.roles.push_back(static_cast<options::v1::Role>(role));
      }
    }
  }
  return holders;
}

absl::StatusOr<std::vector<int64_t>> ListHeld(pg::Transaction& transaction, const Holder& holder,
                                              int limit) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kHeld, {holder.who.account_id, holder.team_id, limit}));
  std::vector<int64_t> references;
  for (const pg::Result::Row row : rows) references.push_back(row.Int64("case_id"));
  return references;
}

}  // namespace wissel::cases
