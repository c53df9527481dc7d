// Responses as bytes.

#ifndef WISSEL_LIBS_HTTP_RESPONSE_TEXT_H_
#define WISSEL_LIBS_HTTP_RESPONSE_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/http/message.h"

namespace wissel::http {

// How the end of a body is marked.
enum class Framing {
  // Content-Length, taken from the body.
  kLength,
  // Chunked coding.
  kChunked,
  // The connection is closed.
  kClose,
};

// Status line and header fields up to the empty line. Fields with a line break or another control
// character in name or value are left out: nobody can write a second header through a value.
std::string HeadText(const Response& response, Framing framing, bool keep_alive, absl::Time now);

// One chunk. REQUIRES: `data` is not empty, an empty chunk would end the stream.
std::string ChunkText(absl::string_view data);

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_RESPONSE_TEXT_H_
