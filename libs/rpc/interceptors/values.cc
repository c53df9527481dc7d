#include "libs/rpc/interceptors/values.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsKnown(const FieldDescriptor& field, int number) {
  return field.enum_type()->FindValueByNumber(number) != nullptr;
}

// Path of the first unknown number in `message`, which stands at `path`; empty if there is none.
std::string FindUnknown(const Message& message, const std::string& path) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool is_enum = field->enum_type() != nullptr;
    if (!is_enum && field->message_type() == nullptr) continue;
    const std::string at = absl::StrCat(path, path.empty() ? "" : ".", field->name());
    if (!field->is_repeated()) {
      if (is_enum) {
        if (!IsKnown(*field, reflection.GetEnumValue(message, field))) return at;
        continue;
      }
      std::string found = FindUnknown(reflection.GetMessage(message, field), at);
      if (!found.empty()) return found;
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      const std::string one = absl::StrCat(at, "[", i, "]");
      if (is_enum) {
        if (!IsKnown(*field, reflection.GetRepeatedEnumValue(message, field, i))) return one;
        continue;
      }
      std::string found = FindUnknown(reflection.GetRepeatedMessage(message, field, i), one);
      if (!found.empty()) return found;
    }
  }
  return "";
}

}  // namespace

absl::Status CheckValues(const Message& request) {
  const std::string field = FindUnknown(request, "");
  if (field.empty()) return absl::OkStatus();
  return InvalidField(field, "invalid_value", absl::StrCat("a value does not fit ", field));
}

}  // namespace wissel::rpc
