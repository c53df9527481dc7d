// A text file, plain or compressed with gzip, in any of the encodings that tables are saved in.

#ifndef WISSEL_LIBS_IMPORT_TEXT_FILE_H_
#define WISSEL_LIBS_IMPORT_TEXT_FILE_H_

#include <zlib.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "libs/import/text_encoding.h"

namespace wissel {

// Reads from the start to the end, 64 KiB at a time. Not thread-safe.
class TextFile {
 public:
  // Without `encoding` a byte order mark tells it, or else the first 64 MiB of the text. A mark is
  // passed over, and goes before an `encoding` that contradicts it. NOT_FOUND `no_such_file` for
  // what cannot be read or is not a regular file.
  static absl::StatusOr<std::unique_ptr<TextFile>> Open(const std::string& path,
                                                        std::optional<TextEncoding> encoding);
  ~TextFile();

  // Appends the next part to `text`, as UTF-8; false at the end. A character that cannot be read
  // becomes the byte 0xFF. DATA_LOSS `damaged_file` when the compression is damaged.
  absl::StatusOr<bool> Read(std::string* text);

  // What the file is read as.
  TextEncoding encoding() const { return encoding_; }
  // Share of the (compressed) file that has been read, 0 to 1.
  double progress() const;

 private:
  TextFile(gzFile handle, int64_t size) : handle_(handle), size_(size) {}
  absl::Status FindEncoding(std::optional<TextEncoding> given);
  absl::StatusOr<absl::string_view> ReadBytes();

  gzFile handle_;
  const int64_t size_;
  std::string buffer_ = std::string(1 << 16, '\0');
  TextEncoding encoding_ = TextEncoding::kUtf8;
  // Of the mark, until it has been passed over.
  size_t mark_size_ = 0;
  std::unique_ptr<TextDecoder> decoder_;
};

}  // namespace wissel

#endif  // WISSEL_LIBS_IMPORT_TEXT_FILE_H_
