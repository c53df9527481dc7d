#include "services/gateway/codec.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <re2/re2.h>

#include <memory>

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

// As much of the front of `path` as are fields of `type`: "customer.phone", "teams[1].norms[0]".
// What protobuf's reader says the place is can hold words of the input.
std::string KnownPath(const Descriptor* type, absl::string_view path) {
  static const auto* step = new RE2(R"(\.?(\w+)((?:\[\d+\])?))");
  re2::StringPiece rest(path.data(), path.size());
  std::string known;
  std::string name;
  std::string index;
  while (type != nullptr && RE2::Consume(&rest, *step, &name, &index)) {
    const google::protobuf::FieldDescriptor* field = type->FindFieldByName(name);
    if (field == nullptr) break;
    absl::StrAppend(&known, known.empty() ? "" : ".", name, index);
    type = field->message_type();
  }
  return known;
}

// Protobuf's messages begin with the place, "(customer.phone)" or "(customer) phone", and go on
// with the value, which must not come out.
absl::Status ValueError(const Descriptor& type, absl::string_view message) {
  static const auto* place = new RE2(R"(^(?:\(([\w.\[\]]*)\))?(?: ?([A-Za-z_]\w*)?: )?)");
  std::string parent;
  std::string name;
  RE2::PartialMatch(re2::StringPiece(message.data(), message.size()), *place, &parent, &name);
  const std::string field = KnownPath(&type, absl::StrCat(parent, ".", name));
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
  WISSEL_RETURN_IF_ERROR(CheckJsonObject(body, *message.GetDescriptor()));
  const auto parsed = util::JsonStringToMessage({body.data(), body.size()}, &message);
  if (parsed.ok()) return absl::OkStatus();
  return ValueError(*message.GetDescriptor(),
                    {parsed.message().data(), static_cast<size_t>(parsed.message().size())});
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
