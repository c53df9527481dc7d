#include "services/cases/registration/reference_store.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"
#include "services/cases/registration/reference.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kTake = {"cases_take_references", R"(
  select now() as now, array_to_string(array(select nextval('cases.reference_seq')
                                               from generate_series(1, $1::int)), ',') as numbers)"};

}  // namespace

std::vector<pg::Statement> ReferenceStatements() { return {kTake}; }

absl::StatusOr<TakenReferences> TakeReferences(pg::Transaction& transaction, int count) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result row, transaction.Run(kTake, {count}));
  TakenReferences taken = {.now = row[0].Time("now")};
  taken.references.reserve(count);
  for (const absl::string_view text : absl::StrSplit(row[0].Text("numbers"), ',')) {
    int64_t number;
    if (!absl::SimpleAtoi(text, &number)) return absl::InternalError("a number is no number");
    taken.references.push_back(ReferenceOf(number));
  }
  return taken;
}

}  // namespace wissel::cases
