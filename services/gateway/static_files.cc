#include "services/gateway/static_files.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"
#include "libs/http/secure_response.h"

namespace wissel::gateway {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxBytes = 64 << 20;

std::string TypeOf(const fs::path& path) {
  static const auto* types = new absl::flat_hash_map<std::string, std::string>{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff", "font/woff"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  };
  const auto found = types->find(path.extension().string());
  return found == types->end() ? "application/octet-stream" : found->second;
}

// FNV-1a: tells versions of our own files apart, nothing more.
std::string EtagOf(const std::string& content) {
  uint64_t hash = 14695981039346656037u;
  for (char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return absl::StrCat("\"", absl::Hex(hash, absl::kZeroPad16), "\"");
}

std::string ReadFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// RFC 9110, section 12.5.3, as far as browsers use it: a coding with q=0 is refused.
bool TakesGzip(const http::Request& request) {
  for (absl::string_view coding : absl::StrSplit(request.headers.Get("accept-encoding"), ',')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(coding, absl::MaxSplits(';', 1));
    if (absl::StripAsciiWhitespace(parts.first) != "gzip") continue;
    absl::string_view weight = absl::StripAsciiWhitespace(parts.second);
    double quality = 1;
    return !absl::ConsumePrefix(&weight, "q=") || !absl::SimpleAtod(weight, &quality) ||
           quality > 0;
  }
  return false;
}

}  // namespace

absl::StatusOr<StaticFiles> StaticFiles::Load(const std::string& root) {
  StaticFiles result;
  uintmax_t total = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(root, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_symlink(error) || !it->is_regular_file(error)) continue;
    total += it->file_size(error);
    if (total > kMaxBytes) {
      return Error(absl::StatusCode::kResourceExhausted, "web_root_too_large",
                   absl::StrCat(root, " holds more than ", kMaxBytes, " bytes"));
    }
    std::string content = ReadFile(it->path());
    std::string etag = EtagOf(content);
    const bool is_gzip = it->path().extension() == ".gz";
    fs::path name = it->path().lexically_relative(root);
    if (is_gzip) name.replace_extension();
    File& file = result.files_[absl::StrCat("/", name.generic_string())];
    file.type = TypeOf(name);
    (is_gzip ? file.gzip_content : file.content) = std::move(content);
    (is_gzip ? file.gzip_etag : file.etag) = std::move(etag);
  }
  // What was compressed belongs to a file.
  absl::erase_if(result.files_, [](const auto& named) { return named.second.etag.empty(); });
  if (!result.files_.contains("/index.html")) {
    return Error(absl::StatusCode::kNotFound, "no_web_root",
                 absl::StrCat("there is no index.html in ", root));
  }
  return result;
}

http::Response StaticFiles::Serve(const http::Request& request) const {
  auto found = files_.find(request.path);
  if (found == files_.end()) {
    const std::string last_part = request.path.substr(request.path.rfind('/') + 1);
    if (!absl::StrContains(last_part, '.')) found = files_.find("/index.html");
  }
  if (found == files_.end()) {
    http::Response missing = http::SecureResponse(404, "text/plain; charset=utf-8", "not found\n");
    missing.headers.Add("Cache-Control", "no-store");
    return missing;
  }
  const File& file = found->second;
  const bool has_gzip = !file.gzip_etag.empty();
  const bool as_gzip = has_gzip && TakesGzip(request);
  const std::string& etag = as_gzip ? file.gzip_etag : file.etag;
  const bool is_known = request.headers.Get("if-none-match") == etag;
  http::Response response =
      is_known ? http::SecureResponse(304, "", "")
               : http::SecureResponse(200, file.type, as_gzip ? file.gzip_content : file.content);
  response.headers.Add("ETag", etag);
  if (has_gzip) response.headers.Add("Vary", "Accept-Encoding");
  if (as_gzip && !is_known) response.headers.Add("Content-Encoding", "gzip");
  response.headers.Add("Cache-Control", absl::StartsWith(found->first, "/assets/")
                                            ? "public, max-age=31536000, immutable"
                                            : "no-cache");
  return response;
}

}  // namespace wissel::gateway
