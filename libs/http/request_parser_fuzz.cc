// Any bytes, cut at any place: no crash, and the cut does not change what is read.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "libs/http/request_parser.h"

namespace {

using wissel::http::Limits;
using wissel::http::RequestParser;

// The body, or nothing if the request is refused or not whole.
std::optional<std::string> Parse(const std::string& bytes, size_t step) {
  RequestParser parser(Limits{.header_bytes = 512, .header_count = 8, .body_bytes = 64});
  std::string input;
  for (size_t at = 0; at < bytes.size(); at += step) {
    input += bytes.substr(at, step);
    RequestParser::Progress progress;
    do {
      progress = parser.Advance(input);
    } while (progress == RequestParser::Progress::kHead);
    if (progress == RequestParser::Progress::kRefused) return std::nullopt;
    if (progress == RequestParser::Progress::kDone) return parser.TakeRequest().body;
  }
  return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto bytewise = Parse(bytes, 1);
  // The other way round does not hold: an overlong chunk line is refused only while it grows.
  if (bytewise.has_value() && bytewise != Parse(bytes, size + 1)) std::abort();
  return 0;
}
