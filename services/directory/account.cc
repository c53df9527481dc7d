#include "services/directory/account.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/text/typed.h"
#include "libs/text/utf8.h"

namespace wissel::directory {
namespace {

constexpr size_t kLoginMin = 3;
constexpr size_t kLoginMax = 64;
constexpr size_t kDisplayNameMax = 100;
constexpr size_t kLabelMax = 100;
constexpr size_t kPasswordMin = 12;
constexpr size_t kPasswordMax = 128;
constexpr int kTeamsMax = 1000;

absl::Status CheckLogin(absl::string_view login) {
  WISSEL_RETURN_IF_ERROR(text::CheckLength("login", login, kLoginMax, text::Presence::kRequired));
  if (text::CountCharacters(login) < kLoginMin) {
    return InvalidField("login", "too_short", absl::StrCat("at least ", kLoginMin, " characters"));
  }
  if (!std::all_of(login.begin(), login.end(), [](char c) {
        return absl::ascii_isalnum(c) || absl::string_view("._@+-").find(c) != std::string::npos;
      })) {
    return InvalidField("login", "invalid_login", "letters, digits and . _ @ + - only");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<options::v1::Role>> ReadRoles(const v1::PutAccountRequest& request) {
  if (request.roles().empty()) return InvalidField("roles", "required", "at least one role");
  std::set<options::v1::Role> roles;
  for (const int number : request.roles()) {
    const auto role = static_cast<options::v1::Role>(number);
    if (!options::v1::Role_IsValid(number) || role == options::v1::ROLE_UNSPECIFIED ||
        role == options::v1::ROLE_SERVICE) {
      return InvalidField("roles", "invalid_role", "not a role that an account can have");
    }
    roles.insert(role);
  }
  return std::vector<options::v1::Role>(roles.begin(), roles.end());
}

}  // namespace

std::string FoldLogin(absl::string_view login) { return absl::AsciiStrToLower(login); }

absl::StatusOr<Account> ReadAccount(const v1::PutAccountRequest& request) {
  WISSEL_RETURN_IF_ERROR(CheckLogin(request.login()));
  WISSEL_RETURN_IF_ERROR(text::CheckName("display_name", request.display_name(), kDisplayNameMax,
                                         text::Presence::kRequired));
  WISSEL_ASSIGN_OR_RETURN(std::vector<options::v1::Role> roles, ReadRoles(request));
  if (request.team_ids_size() > kTeamsMax) {
    return InvalidField("team_ids", "too_many", absl::StrCat("at most ", kTeamsMax, " teams"));
  }
  const std::set<std::string> teams(request.team_ids().begin(), request.team_ids().end());
  return Account{.login = FoldLogin(request.login()),
                 .display_name = request.display_name(),
                 .roles = std::move(roles),
                 .team_ids = {teams.begin(), teams.end()}};
}

absl::Status CheckPassword(absl::string_view password) {
  if (text::CountCharacters(password) < kPasswordMin) {
    return InvalidField("password", "password_too_short",
                        absl::StrCat("at least ", kPasswordMin, " characters"));
  }
  return text::CheckLength("password", password, kPasswordMax, text::Presence::kRequired);
}

absl::Status CheckLabel(absl::string_view label) {
  return text::CheckName("label", label, kLabelMax, text::Presence::kRequired);
}

}  // namespace wissel::directory
