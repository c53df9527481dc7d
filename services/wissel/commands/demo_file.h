// The demo municipality as deploy/demo/municipality.yaml describes it, as requests to make.

#ifndef WISSEL_SERVICES_WISSEL_COMMANDS_DEMO_FILE_H_
#define WISSEL_SERVICES_WISSEL_COMMANDS_DEMO_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel {

// A plain value. The first account is the one that registers the contacts.
struct DemoFile {
  directory::v1::EnsureMunicipalityRequest municipality;
  directory::v1::EnsureTeamsRequest teams;
  std::vector<directory::v1::PutAccountRequest> accounts;
  std::vector<intake::v1::RegisterCallbackRequest> callbacks;
  std::vector<intake::v1::RegisterAnsweredRequest> answered;
  std::vector<intake::v1::SubmitFormRequest> forms;
  std::vector<intake::v1::RegisterEmailRequest> emails;
  std::vector<intake::v1::RegisterSocialMessageRequest> social;
};

// Reads the file. INVALID_ARGUMENT `invalid_demo` with the line of what is wrong.
absl::StatusOr<DemoFile> ParseDemoFile(const std::string& yaml);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMANDS_DEMO_FILE_H_
