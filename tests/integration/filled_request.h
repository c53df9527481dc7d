// Requests made from nothing but their descriptor: every field filled, by its name and type.

#ifndef WISSEL_TESTS_INTEGRATION_FILLED_REQUEST_H_
#define WISSEL_TESTS_INTEGRATION_FILLED_REQUEST_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <string>

namespace wissel::testing {

// What a request names that belongs to a municipality.
struct Ids {
  std::string tenant_id;
  std::string team_id;
  std::string topic_id;
  std::string login;
  // Id of a message in its channel.
  std::string external_id;
  int64_t reference = 0;
};

// A request of that type that no field check refuses where a name tells what belongs there
// (phone, email, reference, ...): what the answer depends on is then what `ids` name. Every request
// has an idempotency key of its own.
std::unique_ptr<google::protobuf::Message> FilledRequest(const google::protobuf::Descriptor* type,
                                                         const Ids& ids);

// Whether a field with this name is anywhere in that type.
bool HasField(const google::protobuf::Descriptor* type, const std::string& name);

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_INTEGRATION_FILLED_REQUEST_H_
