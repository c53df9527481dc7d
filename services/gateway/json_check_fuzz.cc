// What the check lets through, protobuf's reader can read or refuse without harm.

#include <google/protobuf/util/json_util.h>

#include <cstddef>
#include <cstdint>

#include "services/gateway/json_check.h"
#include "wissel/intake/v1/intake.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  wissel::intake::v1::RegisterCallbackRequest request;
  if (!wissel::gateway::CheckJsonObject(text, *request.GetDescriptor()).ok()) return 0;
  static_cast<void>(google::protobuf::util::JsonStringToMessage(std::string(text), &request));
  return 0;
}
