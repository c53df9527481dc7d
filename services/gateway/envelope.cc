#include "services/gateway/envelope.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/gateway/error_response.h"

namespace wissel::gateway {
namespace {

constexpr size_t kHeadSize = 5;
constexpr uint8_t kCompressed = 1;
constexpr uint8_t kEnd = 2;

std::string Frame(uint8_t flags, absl::string_view message) {
  const auto size = static_cast<uint32_t>(message.size());
  std::string frame;
  frame.reserve(kHeadSize + message.size());
  frame += static_cast<char>(flags);
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(size >> shift & 0xff);
  frame.append(message.data(), message.size());
  return frame;
}

}  // namespace

std::string MessageFrame(absl::string_view message) { return Frame(0, message); }

std::string EndFrame(const absl::Status& status) {
  return Frame(kEnd, status.ok() ? "{}" : absl::StrCat("{\"error\":", ErrorJson(status), "}"));
}

absl::StatusOr<absl::string_view> OnlyMessage(absl::string_view body) {
  const auto invalid = [](absl::string_view message) {
    return Error(absl::StatusCode::kInvalidArgument, "invalid_envelope", message);
  };
  if (body.size() < kHeadSize) return invalid("the request must hold one enveloped message");
  const auto flags = static_cast<uint8_t>(body[0]);
  if ((flags & kCompressed) != 0) {
    return Error(absl::StatusCode::kUnimplemented, "unknown_encoding",
                 "compressed messages are not supported, send identity");
  }
  if (flags != 0) return invalid("the envelope of a request carries no flags");
  uint32_t size = 0;
  for (size_t i = 1; i < kHeadSize; ++i) size = size << 8 | static_cast<uint8_t>(body[i]);
  if (size != body.size() - kHeadSize) {
    return invalid("the length in the envelope is not the length of one message");
  }
  return body.substr(kHeadSize);
}

}  // namespace wissel::gateway
