#include "services/directory/team.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/text/typed.h"

namespace wissel::directory {
namespace {

constexpr size_t kTeamsMax = 1000;
constexpr size_t kIdMax = 80;
constexpr size_t kNameMax = 80;
constexpr size_t kMailboxMax = 254;
constexpr size_t kNumberMax = 32;
constexpr int kWorkingDaysMax = 60;
constexpr double kTargetShare = 0.9;
constexpr int kSpokenDays = 2;
constexpr int kWrittenDays = 5;

// Internal numbers are short, so libphonenumber has no say here.
absl::Status CheckNumber(const std::string& field, const std::string& number) {
  WISSEL_RETURN_IF_ERROR(text::CheckName(field, number, kNumberMax, text::Presence::kOptional));
  if (!std::all_of(number.begin(), number.end(), [](char c) {
        return absl::ascii_isdigit(c) || absl::string_view("+-() ").find(c) != std::string::npos;
      })) {
    return InvalidField(field, "invalid_phone", "digits, blanks and + - ( ) only");
  }
  return absl::OkStatus();
}

absl::Status CheckNorms(const std::string& field, const std::vector<Norm>& norms) {
  std::set<common::v1::Channel> seen;
  for (size_t i = 0; i < norms.size(); ++i) {
    const Norm& norm = norms[i];
    const std::string at = absl::StrCat(field, "[", i, "].");
    if (!common::v1::Channel_IsValid(norm.channel) ||
        norm.channel == common::v1::CHANNEL_UNSPECIFIED) {
      return InvalidField(at + "channel", "invalid_channel", "a norm is for one known channel");
    }
    if (norm.working_days < 0 || norm.working_days > kWorkingDaysMax) {
      return InvalidField(at + "working_days", "out_of_range", "0 to 60 working days");
    }
    // Written so that NaN fails too.
    if (!(norm.target_share >= 0 && norm.target_share <= 1)) {
      return InvalidField(at + "target_share", "out_of_range", "between 0 and 1");
    }
    if (!seen.insert(norm.channel).second) {
      return InvalidField(at + "channel", "duplicate", "one norm a channel");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckTeam(const std::string& field, const Team& team) {
  WISSEL_RETURN_IF_ERROR(text::CheckId(field + ".team_id", team.team_id, kIdMax));
  WISSEL_RETURN_IF_ERROR(
      text::CheckName(field + ".name", team.name, kNameMax, text::Presence::kRequired));
  WISSEL_RETURN_IF_ERROR(CheckMailbox(field + ".mailbox", team.mailbox));
  WISSEL_RETURN_IF_ERROR(CheckNumber(field + ".transfer_number", team.transfer_number));
  return CheckNorms(field + ".norms", team.norms);
}

// What may be there once in a municipality, and which team has it.
struct Taken {
  std::map<std::string, std::string> id_by_name;
  std::string kcc_id;

  void Add(const Team& team) {
    id_by_name.emplace(team.name, team.team_id);
    if (team.is_kcc) kcc_id = team.team_id;
  }
};

absl::Status CheckFree(const std::string& field, const Team& team, const Taken& taken) {
  const auto named = taken.id_by_name.find(team.name);
  if (named != taken.id_by_name.end()) {
    return Error(absl::StatusCode::kFailedPrecondition, "name_taken", "another team has this name",
                 field + ".name", {{"team_id", named->second}});
  }
  if (team.is_kcc && !taken.kcc_id.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition, "kcc_exists", "another team is the KCC",
                 field + ".is_kcc", {{"team_id", taken.kcc_id}});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckMailbox(const std::string& field, const std::string& mailbox) {
  // One @ with something on both sides: a mistake is caught, an address is not judged.
  if (mailbox.empty()) return absl::OkStatus();
  WISSEL_RETURN_IF_ERROR(text::CheckName(field, mailbox, kMailboxMax, text::Presence::kOptional));
  const size_t at = mailbox.find('@');
  if (at == 0 || at == std::string::npos || at + 1 == mailbox.size() ||
      mailbox.find_first_of("@ ,;<>", at + 1) != std::string::npos ||
      mailbox.find_first_of(" ,;<>") < at) {
    return InvalidField(field, "invalid_email", "not the address of one mailbox");
  }
  return absl::OkStatus();
}

std::vector<Norm> DefaultNorms() {
  std::vector<Norm> norms;
  for (int i = common::v1::CHANNEL_UNSPECIFIED + 1; i < common::v1::Channel_ARRAYSIZE; ++i) {
    const auto channel = static_cast<common::v1::Channel>(i);
    const bool spoken =
        channel == common::v1::CHANNEL_PHONE || channel == common::v1::CHANNEL_CALLBACK;
    norms.push_back({.channel = channel,
                     .working_days = spoken ? kSpokenDays : kWrittenDays,
                     .target_share = kTargetShare});
  }
  return norms;
}

Team KccTeam() {
  return {.team_id = "kcc", .name = "KCC", .is_kcc = true, .norms = DefaultNorms()};
}

absl::StatusOr<std::vector<Team>> NewTeams(const std::vector<Team>& existing,
                                           const std::vector<Team>& wanted) {
  if (wanted.size() > kTeamsMax) {
    return InvalidField("teams", "too_many", absl::StrCat("at most ", kTeamsMax, " teams"));
  }
  std::set<std::string> existing_ids;
  Taken taken;
  for (const Team& team : existing) {
    existing_ids.insert(team.team_id);
    taken.Add(team);
  }
  std::set<std::string> wanted_ids;
  std::vector<Team> fresh;
  for (size_t i = 0; i < wanted.size(); ++i) {
    Team team = wanted[i];
    const std::string field = absl::StrCat("teams[", i, "]");
    if (!wanted_ids.insert(team.team_id).second) {
      return InvalidField(field + ".team_id", "duplicate", "named twice in this request");
    }
    // It stays as it is, whatever the rules were when it was made.
    if (existing_ids.contains(team.team_id)) continue;
    WISSEL_RETURN_IF_ERROR(CheckTeam(field, team));
    WISSEL_RETURN_IF_ERROR(CheckFree(field, team, taken));
    taken.Add(team);
    if (team.norms.empty()) team.norms = DefaultNorms();
    fresh.push_back(std::move(team));
  }
  return fresh;
}

absl::Status CheckAgreements(const std::vector<Team>& existing, const std::vector<Team>& agreed) {
  std::set<std::string> known;
  std::set<std::string> named;
  for (const Team& team : existing) known.insert(team.team_id);
  for (size_t i = 0; i < agreed.size(); ++i) {
    const std::string field = absl::StrCat("teams[", i, "]");
    WISSEL_RETURN_IF_ERROR(CheckMailbox(field + ".mailbox", agreed[i].mailbox));
    WISSEL_RETURN_IF_ERROR(CheckNumber(field + ".transfer_number", agreed[i].transfer_number));
    WISSEL_RETURN_IF_ERROR(CheckNorms(field + ".norms", agreed[i].norms));
    if (!known.contains(agreed[i].team_id)) {
      return Error(absl::StatusCode::kNotFound, "no_such_team", "there is no such team", "teams",
                   {{"team_id", agreed[i].team_id}});
    }
    if (!named.insert(agreed[i].team_id).second) {
      return InvalidField(field + ".team_id", "duplicate", "named twice in this request");
    }
  }
  return absl::OkStatus();
}

std::vector<Norm> ChangedNorms(const std::vector<Norm>& held, const std::vector<Norm>& agreed) {
  std::vector<Norm> changed;
  for (const Norm& wanted : agreed) {
    const auto holds = std::find_if(
        held.begin(), held.end(), [&](const Norm& norm) { return norm.channel == wanted.channel; });
    Norm norm = holds == held.end() ? Norm{.channel = wanted.channel} : *holds;
    norm.working_days = wanted.working_days;
    norm.target_share = wanted.target_share;
    if (holds == held.end() || !(norm == *holds)) changed.push_back(norm);
  }
  return changed;
}

}  // namespace wissel::directory
