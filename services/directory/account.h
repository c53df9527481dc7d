// Accounts of people, and what is asked of one.

#ifndef WISSEL_SERVICES_DIRECTORY_ACCOUNT_H_
#define WISSEL_SERVICES_DIRECTORY_ACCOUNT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::directory {

// A plain value, of one municipality.
struct Account {
  // Stable; empty until the account is stored.
  std::string account_id;
  // Folded.
  std::string login;
  std::string display_name;
  // Sorted, each once.
  std::vector<options::v1::Role> roles;
  std::vector<std::string> team_ids;
};

// A sign-in name as it is stored and compared: in lower case. Names that PutAccount takes are 3 to
// 64 of the letters a-z, digits and . _ @ + -, so that case has one meaning and no two names look
// alike; any other text folds to a name that nobody has.
std::string FoldLogin(absl::string_view login);

// What a request says, without its password. INVALID_ARGUMENT with the field: `required`,
// `too_short`, `too_long`, `invalid_login`, `invalid_character`, `invalid_role` for SERVICE and
// unknown ones, `too_many` teams (over 1,000).
absl::StatusOr<Account> ReadAccount(const v1::PutAccountRequest& request);

// 12 to 128 characters: INVALID_ARGUMENT `password_too_short` or `too_long`, field `password`.
absl::Status CheckPassword(absl::string_view password);

// 1 to 100 characters: INVALID_ARGUMENT, field `label`.
absl::Status CheckLabel(absl::string_view label);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_ACCOUNT_H_
