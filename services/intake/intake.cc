#include "services/intake/intake.h"

#include "libs/customer/phone.h"

namespace wissel::intake {

absl::StatusOr<std::unique_ptr<Intake>> Intake::Build(rpc::Dispatcher& dispatcher,
                                                      rpc::ChannelRegistry& channels) {
  // Loads the tables of phone numbers now, not during the first call.
  customer::NormalisePhone("+31201234567");
  return std::unique_ptr<Intake>(new Intake(dispatcher, channels));
}

}  // namespace wissel::intake
