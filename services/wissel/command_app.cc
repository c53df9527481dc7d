#include "services/wissel/command_app.h"

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/moment.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"
#include "services/wissel/commands/command_line.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

ABSL_FLAG(std::string, tenant, "", "code of the municipality, e.g. GM0603");

namespace wissel {

absl::StatusOr<std::string> TenantFlag() {
  std::string tenant = absl::GetFlag(FLAGS_tenant);
  if (tenant.empty()) {
    return InvalidField("tenant", "required", "--tenant is missing: the municipality's code");
  }
  return tenant;
}

absl::StatusOr<std::unique_ptr<App>> StartForCommand() {
  telemetry::LogOnlyErrors();
  WISSEL_ASSIGN_OR_RETURN(Settings settings, ReadSettings());
  settings.targets = {"directory", "router", "cases", "insight", "intake"};
  settings.grpc_address.clear();
  settings.peers.clear();
  settings.probe_port = -1;
  return App::Start(std::move(settings));
}

absl::StatusOr<absl::TimeZone> TimeZoneOf(App& app, const std::string& tenant_id) {
  using directory::v1::DirectoryService;
  auto directory = DirectoryService::NewStub(app.channels().For("directory"));
  directory::v1::ListMunicipalitiesResponse known;
  WISSEL_RETURN_IF_ERROR(
      CallAs(app, tenant_id, *directory, &DirectoryService::Stub::ListMunicipalities, {}, &known));
  for (const directory::v1::Municipality& municipality : known.municipalities()) {
    if (municipality.tenant_id() != tenant_id) continue;
    absl::TimeZone zone;
    if (absl::LoadTimeZone(municipality.time_zone(), &zone)) return zone;
  }
  return Error(absl::StatusCode::kNotFound, "no_such_municipality",
               absl::StrCat("there is no municipality ", tenant_id), "tenant");
}

absl::StatusOr<absl::Time> ReadMoment(const char* flag, const std::string& text,
                                      absl::TimeZone zone) {
  const std::string shown = ShownFlag(flag);
  if (text == "now") return absl::Now();
  if (text.empty()) {
    return InvalidField(flag, "required",
                        absl::StrCat(shown, " is missing: ", MomentForms(UsualMomentPatterns())));
  }
  const absl::StatusOr<WrittenMoment> moment = ParseMoment(flag, text, UsualMomentPatterns(), zone);
  if (moment.ok()) return moment->time;
  return InvalidField(flag, "invalid_time",
                      absl::StrCat(shown, ": ", moment.status().message(), "; write it as now, ",
                                   MomentForms(UsualMomentPatterns())));
}

}  // namespace wissel
