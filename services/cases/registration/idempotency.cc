#include "services/cases/registration/idempotency.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <sodium/crypto_hash_sha256.h>

#include "libs/base/status.h"

namespace wissel::cases {

std::string HashOf(const google::protobuf::Message& request) {
  std::string content = request.GetDescriptor()->full_name();
  content += '\0';
  {
    google::protobuf::io::StringOutputStream bytes(&content);
    google::protobuf::io::CodedOutputStream coded(&bytes);
    coded.SetSerializationDeterministic(true);
    request.SerializePartialToCodedStream(&coded);
  }
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size());
  return hash;
}

absl::Status KeyReused() {
  return Error(absl::StatusCode::kAlreadyExists, "idempotency_key_reused",
               "this idempotency key came with another body before", "idempotency_key");
}

}  // namespace wissel::cases
