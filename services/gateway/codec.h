// Messages between their form at the edge (JSON or binary) and gRPC's (binary), by descriptor.

#ifndef WISSEL_SERVICES_GATEWAY_CODEC_H_
#define WISSEL_SERVICES_GATEWAY_CODEC_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wissel::gateway {

enum class Encoding { kJson, kProto };

// A request of `type` in gRPC's form. INVALID_ARGUMENT as CheckJsonObject, `invalid_value` with the
// path of the field, `invalid_message` for bytes that are no such message. No error holds anything
// of what was sent, neither values nor names.
absl::StatusOr<std::string> DecodeRequest(const google::protobuf::Descriptor& type,
                                          Encoding encoding, absl::string_view body);

// A response of `type` in the form of the edge. JSON leaves fields with default values out, as the
// proto3 mapping says. INTERNAL `invalid_message` if a service sent something else.
absl::StatusOr<std::string> EncodeResponse(const google::protobuf::Descriptor& type,
                                           Encoding encoding, std::string wire);

// Takes the text of `field` out of a message of its type, in gRPC's form.
absl::StatusOr<std::string> TakeText(const google::protobuf::FieldDescriptor& field, bool clear,
                                     std::string& wire);

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_CODEC_H_
