// Wiring of intake.

#ifndef WISSEL_SERVICES_INTAKE_INTAKE_H_
#define WISSEL_SERVICES_INTAKE_INTAKE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/dispatcher.h"
#include "services/intake/contact_forwarder.h"
#include "services/intake/intake_service.h"

namespace wissel::intake {

// Owns the service. It needs no database: what it takes in lives in `cases` or nowhere.
class Intake {
 public:
  // `dispatcher` and `channels` outlive it; it outlives the server that serves it. Never fails
  // today.
  static absl::StatusOr<std::unique_ptr<Intake>> Build(rpc::Dispatcher& dispatcher,
                                                       rpc::ChannelRegistry& channels);

  grpc::Service& service() { return service_; }

 private:
  Intake(rpc::Dispatcher& dispatcher, rpc::ChannelRegistry& channels)
      : forwarder_(channels), service_(forwarder_, dispatcher) {}

  ContactForwarder forwarder_;
  IntakeService service_;
};

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_INTAKE_H_
