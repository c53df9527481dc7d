// The built workspace, served from memory.

#ifndef WISSEL_SERVICES_GATEWAY_STATIC_FILES_H_
#define WISSEL_SERVICES_GATEWAY_STATIC_FILES_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/http/message.h"

namespace wissel::gateway {

// Immutable; thread-safe. A path is only ever compared with the names that were found at the
// start, so no path can lead elsewhere.
class StaticFiles {
 public:
  // Nothing to serve.
  StaticFiles() = default;

  // Every regular file under `root`, without following links; at most 64 MiB together. A file
  // `x.gz` is what `x` is sent as to whoever takes gzip. NOT_FOUND `no_web_root` if there is no
  // `index.html` in it, RESOURCE_EXHAUSTED `web_root_too_large`.
  static absl::StatusOr<StaticFiles> Load(const std::string& root);

  // For GET and HEAD. A path that is no file and has no dot in its last part is a screen of the
  // workspace and gets `index.html`; other unknown paths get 404. Files under `/assets/` carry a
  // hash in their name and may be kept for ever; the others are asked for again with their ETag.
  http::Response Serve(const http::Request& request) const;

 private:
  struct File {
    std::string type;
    std::string etag;
    std::string content;
    // Empty if there is none.
    std::string gzip_etag;
    std::string gzip_content;
  };

  absl::flat_hash_map<std::string, File> files_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_STATIC_FILES_H_
