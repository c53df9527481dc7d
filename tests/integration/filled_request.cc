#include "tests/integration/filled_request.h"

#include <google/protobuf/timestamp.pb.h>

#include <map>

#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/identity/token.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What the contracts ask of a hash.
constexpr size_t kHashBytes = 32;

std::string TextFor(const FieldDescriptor& field, const Ids& ids) {
  if (field.type() == FieldDescriptor::TYPE_BYTES) return std::string(kHashBytes, 'h');
  // A team that is being made is nobody's yet.
  if (field.containing_type() == directory::v1::Team::descriptor()) {
    return field.name() == "team_id" || field.name() == "name" ? "fresh" : "";
  }
  static const std::map<std::string, std::string> kFixed = {
      {"phone", "+31703261000"},
      {"email", "piet@example.org"},
      {"postcode", "2511AB"},
      {"date", "2026-12-24"},
      {"from_date", "2026-12-24"},
      {"to_date", "2026-12-24"},
      {"time_zone", "Europe/Amsterdam"},
      {"password", "wrong horse battery"},
  };
  if (const auto fixed = kFixed.find(field.name()); fixed != kFixed.end()) return fixed->second;
  if (field.name() == "idempotency_key") return identity::MakeServiceToken();
  if (field.name() == "tenant_id") return ids.tenant_id;
  if (field.name() == "team_id" || field.name() == "suggested_team_id" ||
      field.name() == "team_ids") {
    return ids.team_id;
  }
  if (field.name() == "topic_id") return ids.topic_id;
  if (field.name() == "login") return ids.login;
  if (field.name() == "external_id") return ids.external_id;
  if (field.name() == "page_token" || field.name() == "claimed_by") return "";
  return "text";
}

int EnumFor(const FieldDescriptor& field) {
  // A contact that comes in is open.
  if (field.containing_type() == cases::v1::Contact::descriptor() && field.name() == "outcome") {
    return cases::v1::CASE_OUTCOME_UNSPECIFIED;
  }
  // The first outcome belongs to a registration, not to a case that is open.
  if (field.enum_type() == cases::v1::CaseOutcome_descriptor()) {
    return cases::v1::CASE_OUTCOME_WITHDRAWN;
  }
  return field.enum_type()->value(1)->number();
}

int IntFor(const FieldDescriptor& field) {
  if (field.name() == "page_size") return 50;
  // Later than the minute from which.
  return field.name() == "to_minute" ? 2 : 1;
}

void Fill(const Ids& ids, Message* message);

void FillMessage(const FieldDescriptor& field, const Ids& ids, Message* message) {
  const auto* reflection = message->GetReflection();
  Message* inner = field.is_repeated() ? reflection->AddMessage(message, &field)
                                       : reflection->MutableMessage(message, &field);
  if (auto* timestamp = dynamic_cast<google::protobuf::Timestamp*>(inner)) {
    // Fields come in the order in which periods and moments run: one ends after it begins.
    *timestamp = ToProto(absl::Now() + absl::Hours(field.number()));
    return;
  }
  Fill(ids, inner);
}

void FillField(const FieldDescriptor& field, const Ids& ids, Message* message) {
  const auto* reflection = message->GetReflection();
  const bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = TextFor(field, ids);
      many ? reflection->AddString(message, &field, text)
           : reflection->SetString(message, &field, text);
      return;
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      many ? reflection->AddEnumValue(message, &field, EnumFor(field))
           : reflection->SetEnumValue(message, &field, EnumFor(field));
      return;
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(message, &field, field.name() == "reference" ? ids.reference : 1);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(message, &field, IntFor(field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection->SetDouble(message, &field, 0.5);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->SetBool(message, &field, true);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillMessage(field, ids, message);
    default:
      return;
  }
}

void Fill(const Ids& ids, Message* message) {
  const auto* type = message->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) FillField(*type->field(i), ids, message);
}

}  // namespace

std::unique_ptr<Message> FilledRequest(const google::protobuf::Descriptor* type, const Ids& ids) {
  auto message = std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  Fill(ids, message.get());
  return message;
}

bool HasField(const google::protobuf::Descriptor* type, const std::string& name) {
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->name() == name) return true;
    if (field->message_type() != nullptr && HasField(field->message_type(), name)) return true;
  }
  return false;
}

}  // namespace wissel::testing
