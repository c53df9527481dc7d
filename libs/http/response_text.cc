#include "libs/http/response_text.h"

#include <algorithm>
#include <cassert>

#include "absl/strings/str_cat.h"

namespace wissel::http {
namespace {

absl::string_view Phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 499:
      return "Client Closed Request";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Status";
  }
}

bool IsPrintable(absl::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

}  // namespace

std::string HeadText(const Response& response, Framing framing, bool keep_alive, absl::Time now) {
  std::string text = absl::StrCat(
      "HTTP/1.1 ", response.status, " ", Phrase(response.status),
      "\r\nDate: ", absl::FormatTime("%a, %d %b %E4Y %H:%M:%S GMT", now, absl::UTCTimeZone()),
      "\r\n");
  for (const auto& [name, value] : response.headers) {
    if (IsPrintable(name) && IsPrintable(value)) absl::StrAppend(&text, name, ": ", value, "\r\n");
  }
  if (framing == Framing::kLength) {
    absl::StrAppend(&text, "Content-Length: ", response.body.size(), "\r\n");
  } else if (framing == Framing::kChunked) {
    absl::StrAppend(&text, "Transfer-Encoding: chunked\r\n");
  }
  absl::StrAppend(&text, "Connection: ", keep_alive ? "keep-alive" : "close", "\r\n\r\n");
  return text;
}

std::string ChunkText(absl::string_view data) {
  assert(!data.empty());
  return absl::StrCat(absl::Hex(data.size()), "\r\n", data, "\r\n");
}

}  // namespace wissel::http
