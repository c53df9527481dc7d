// wissel sop load FILE: puts an SOP in force.

#include <cstdio>

#include "libs/base/status.h"
#include "services/wissel/command_app.h"
#include "services/wissel/commands/commands.h"
#include "wissel/routing/v1/routing.grpc.pb.h"

namespace wissel {

absl::Status LoadSop(const std::vector<std::string>& operands) {
  WISSEL_RETURN_IF_ERROR(NeedOperands(operands, 1));
  WISSEL_ASSIGN_OR_RETURN(const std::string tenant, TenantFlag());
  routing::v1::LoadSopRequest request;
  WISSEL_ASSIGN_OR_RETURN(*request.mutable_document(), ReadTextFile(operands[0]));
  WISSEL_ASSIGN_OR_RETURN(const std::unique_ptr<App> app, StartForCommand());
  auto router = routing::v1::RouterService::NewStub(app->channels().For("routing"));
  routing::v1::LoadSopResponse response;
  WISSEL_RETURN_IF_ERROR(CallAs(*app, tenant, *router, &routing::v1::RouterService::Stub::LoadSop,
                                request, &response));
  std::printf("version %lld is in force\n", static_cast<long long>(response.version()));
  return absl::OkStatus();
}

}  // namespace wissel
