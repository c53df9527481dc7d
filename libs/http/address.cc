#include "libs/http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <iterator>

namespace wissel::http {
namespace {

constexpr size_t kPrefixBytes = 8;
constexpr unsigned char kMappedV4[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string Write(int family, const unsigned char* bytes) {
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(family, bytes, text, sizeof(text));
  return text;
}

}  // namespace

std::optional<Address> Address::Parse(absl::string_view text) {
  // inet_pton stops at a NUL and takes what is before it.
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != absl::string_view::npos) {
    return std::nullopt;
  }
  const std::string terminated(text);
  unsigned char bytes[16];
  if (inet_pton(AF_INET, terminated.c_str(), bytes) == 1) {
    const std::string v4 = Write(AF_INET, bytes);
    return Address(v4, v4);
  }
  if (inet_pton(AF_INET6, terminated.c_str(), bytes) != 1) return std::nullopt;
  if (std::equal(std::begin(kMappedV4), std::end(kMappedV4), bytes)) {
    const std::string v4 = Write(AF_INET, bytes + sizeof(kMappedV4));
    return Address(v4, v4);
  }
  const std::string v6 = Write(AF_INET6, bytes);
  std::fill(bytes + kPrefixBytes, std::end(bytes), 0);
  return Address(v6, Write(AF_INET6, bytes) + "/64");
}

}  // namespace wissel::http
