#include "services/wissel/simulation/staff.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/wissel/simulation/residents.h"

namespace wissel::simulation {
namespace {

constexpr int64_t kInhabitantsPerColleague = 15'000;
constexpr int64_t kFewestColleagues = 3;
constexpr int64_t kMostColleagues = 40;

}  // namespace

Staff::Staff(uint64_t seed, int64_t inhabitants,
             const municipality::MunicipalitySnapshot& municipality,
             const std::vector<rpc::Principal>& accounts)
    : kcc_team_id_(municipality.kcc_team_id()) {
  const int64_t size =
      std::clamp(inhabitants / kInhabitantsPerColleague, kFewestColleagues, kMostColleagues);
  for (const auto& [team_id, facts] : municipality.teams()) {
    Team& team = teams_[team_id];
    for (const rpc::Principal& account : accounts) {
      const bool works_it =
          facts.is_kcc ? account.Has(options::v1::ROLE_KCC_AGENT) : account.WorksIn(team_id);
      if (works_it) team.colleagues.push_back(account);
    }
    team.with_account = team.colleagues.size();
    Dice dice({seed, 2, static_cast<uint64_t>(facts.place)});
    for (int64_t i = static_cast<int64_t>(team.with_account); i < size; ++i) {
      rpc::Principal& colleague = team.colleagues.emplace_back();
      colleague.account_id = absl::StrCat("simulatie-", team_id, "-", i);
      colleague.display_name = ColleagueName(dice);
      colleague.roles = {options::v1::ROLE_TEAM_MEMBER};
      if (facts.is_kcc) colleague.roles.push_back(options::v1::ROLE_KCC_AGENT);
      colleague.team_ids = {team_id};
    }
  }
}

const Staff::Team& Staff::Find(absl::string_view team_id) const {
  const auto found = teams_.find(team_id);
  return found != teams_.end() ? found->second : teams_.at(kcc_team_id_);
}

const rpc::Principal& Staff::OneOf(absl::string_view team_id, Dice& dice) const {
  return dice.OneOf(absl::MakeConstSpan(Find(team_id).colleagues));
}

const rpc::Principal* Staff::OneWithAccount(absl::string_view team_id, Dice& dice) const {
  const Team& team = Find(team_id);
  if (team.with_account == 0) return nullptr;
  return &dice.OneOf(absl::MakeConstSpan(team.colleagues.data(), team.with_account));
}

}  // namespace wissel::simulation
