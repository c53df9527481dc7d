#include "services/gateway/codec.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <re2/re2.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/gateway/json_check.h"

namespace wissel::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
namespace util = google::protobuf::util;

std::unique_ptr<Message> New(const Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

// Protobuf's messages begin with the place, "(customer.phone)" or "(customer) naam", and go on
// with the value, which must not come out. A name that is not shaped like one is left out too.
absl::Status FieldError(absl::string_view message) {
  static const auto* place = new RE2(R"(^(?:\(([\w.\[\]]*)\))?(?: ?([A-Za-z_]\w{0,63})?: )?)");
  std::string parent;
  std::string name;
  RE2::PartialMatch(re2::StringPiece(message.data(), message.size()), *place, &parent, &name);
  const std::string field = absl::StrCat(parent, parent.empty() || name.empty() ? "" : ".", name);
  if (absl::EndsWith(message, "Cannot find field.")) {
    return InvalidField(field, "unknown_field",
                        absl::StrCat("there is no field ", name.empty() ? "of this name" : field));
  }
  return InvalidField(field, "invalid_value",
                      absl::StrCat("a value does not fit ", field.empty() ? "its field" : field));
}

absl::Status Parse(Encoding encoding, absl::string_view body, Message& message) {
  if (encoding == Encoding::kProto) {
    if (message.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
      return absl::OkStatus();
    }
    return Error(absl::StatusCode::kInvalidArgument, "invalid_message",
                 absl::StrCat("the body is no ", message.GetDescriptor()->full_name()));
  }
  WISSEL_RETURN_IF_ERROR(CheckJsonObject(body));
  const auto parsed = util::JsonStringToMessage({body.data(), body.size()}, &message);
  if (parsed.ok()) return absl::OkStatus();
  return FieldError({parsed.message().data(), static_cast<size_t>(parsed.message().size())});
}

absl::Status Unreadable() {
  return Error(absl::StatusCode::kInternal, "invalid_message", "a service sent a wrong answer");
}

}  // namespace

absl::StatusOr<std::string> DecodeRequest(const Descriptor& type, Encoding encoding,
                                          absl::string_view body) {
  const std::unique_ptr<Message> message = New(type);
  WISSEL_RETURN_IF_ERROR(Parse(encoding, body, *message));
  return message->SerializeAsString();
}

absl::StatusOr<std::string> EncodeResponse(const Descriptor& type, Encoding encoding,
                                           std::string wire) {
  if (encoding == Encoding::kProto) return wire;
  const std::unique_ptr<Message> message = New(type);
  std::string json;
  if (!message->ParseFromString(wire) || !util::MessageToJsonString(*message, &json).ok()) {
    return Unreadable();
  }
  return json;
}

absl::StatusOr<std::string> TakeText(const google::protobuf::FieldDescriptor& field, bool clear,
                                     std::string& wire) {
  const std::unique_ptr<Message> message = New(*field.containing_type());
  if (!message->ParseFromString(wire)) return Unreadable();
  std::string text = message->GetReflection()->GetString(*message, &field);
  if (clear) {
    message->GetReflection()->ClearField(message.get(), &field);
    wire = message->SerializeAsString();
  }
  return text;
}

}  // namespace wissel::gateway
