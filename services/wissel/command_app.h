// What commands that work on one municipality share: the flag --tenant, and the services in this
// process, without gateway or port. They can run beside a serving process.

#ifndef WISSEL_SERVICES_WISSEL_COMMAND_APP_H_
#define WISSEL_SERVICES_WISSEL_COMMAND_APP_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/client_context.h"
#include "libs/rpc/status.h"
#include "services/wissel/app.h"

namespace wissel {

// Value of --tenant. INVALID_ARGUMENT when it is not given.
absl::StatusOr<std::string> TenantFlag();

// The services in this process.
absl::StatusOr<std::unique_ptr<App>> StartForCommand();

// Zone in which the days of a municipality begin and end. NOT_FOUND `no_such_municipality`.
absl::StatusOr<absl::TimeZone> TimeZoneOf(App& app, const std::string& tenant_id);

// A moment as flags give it: `now`, or as libs/base/moment.h reads it, in `zone`; a date alone is
// its start. INVALID_ARGUMENT for the flag `flag`: `required` for none, `invalid_time` for another
// text, with the forms that are taken.
absl::StatusOr<absl::Time> ReadMoment(const char* flag, const std::string& text,
                                      absl::TimeZone zone);

// Calls `method` of `stub` for the municipality as Wissel itself, within a minute:
//   CallAs(*app, tenant, *stub, &Stub::ListTeams, request, &response)
template <typename Stub, typename Request, typename Response>
absl::Status CallAs(const App& app, const std::string& tenant_id, Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response) {
  grpc::ClientContext context;
  rpc::Continue(app.CallFor(tenant_id, absl::Minutes(1)), &context);
  return rpc::FromGrpc((stub.*method)(&context, request, response));
}

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMAND_APP_H_
