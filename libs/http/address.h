// A network address as text that somebody sent, checked and in one form.

#ifndef WISSEL_LIBS_HTTP_ADDRESS_H_
#define WISSEL_LIBS_HTTP_ADDRESS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::http {

// An IPv4 or IPv6 address without port, zone or brackets; a plain value. IPv4 that is written as
// IPv6 (`::ffff:192.0.2.1`) is the same address as plain IPv4.
class Address {
 public:
  // Nothing for any other text.
  static std::optional<Address> Parse(absl::string_view text);

  // The one spelling by which equal addresses are equal texts: `192.0.2.1`, `2001:db8::1`.
  const std::string& text() const { return text_; }

  // What stands for one subscriber, to count by: the address itself, or the /64 of an IPv6 address,
  // within which one machine can choose freely.
  const std::string& subscriber() const { return subscriber_; }

  friend bool operator==(const Address& a, const Address& b) { return a.text_ == b.text_; }

 private:
  Address(std::string text, std::string subscriber)
      : text_(std::move(text)), subscriber_(std::move(subscriber)) {}

  std::string text_;
  std::string subscriber_;
};

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_ADDRESS_H_
