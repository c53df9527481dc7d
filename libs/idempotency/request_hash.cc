#include "libs/idempotency/request_hash.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <sodium/crypto_hash_sha256.h>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::idempotency {

std::string RequestHash(const google::protobuf::Message& request, absl::string_view account_id) {
  std::string bytes = absl::StrCat(request.GetDescriptor()->full_name(), absl::string_view("\0", 1),
                                   account_id, absl::string_view("\0", 1));
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializePartialToCodedStream(&coded);
  }
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

absl::Status KeyReused() {
  return Error(absl::StatusCode::kAlreadyExists, "idempotency_key_reused",
               "this idempotency key came with another body before", "idempotency_key");
}

}  // namespace wissel::idempotency
