#include "libs/import/text_file.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/import/encoding_guess.h"

namespace wissel {
namespace {

constexpr int64_t kGuessedFrom = 64 << 20;

}  // namespace

absl::StatusOr<std::unique_ptr<TextFile>> TextFile::Open(const std::string& path,
                                                         std::optional<TextEncoding> encoding) {
  struct stat info;
  gzFile handle = nullptr;
  if (stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) handle = gzopen(path.c_str(), "rb");
  if (handle == nullptr) {
    return Error(absl::StatusCode::kNotFound, "no_such_file",
                 absl::StrCat("cannot read the file ", path), "file");
  }
  auto file = std::unique_ptr<TextFile>(new TextFile(handle, info.st_size));
  WISSEL_RETURN_IF_ERROR(file->FindEncoding(encoding));
  return file;
}

TextFile::~TextFile() { gzclose(handle_); }

double TextFile::progress() const {
  if (size_ == 0) return 1;
  return static_cast<double>(gzoffset(handle_)) / static_cast<double>(size_);
}

// What is damaged is told by whoever reads on, who knows the line.
absl::Status TextFile::FindEncoding(std::optional<TextEncoding> given) {
  absl::StatusOr<absl::string_view> bytes = ReadBytes();
  if (const auto mark = FindByteOrderMark(bytes.value_or(""))) {
    encoding_ = mark->encoding;
    mark_size_ = mark->size;
  } else if (given) {
    encoding_ = *given;
  } else {
    EncodingGuess guess;
    for (int64_t seen = 0; bytes.ok() && !bytes->empty() && seen < kGuessedFrom;
         bytes = ReadBytes()) {
      seen += static_cast<int64_t>(bytes->size());
      guess.Add(*bytes);
    }
    encoding_ = guess.Guess();
  }
  decoder_ = std::make_unique<TextDecoder>(encoding_);
  gzclearerr(handle_);
  if (gzrewind(handle_) != 0) return absl::DataLossError("the file cannot be read twice");
  return absl::OkStatus();
}

// Empty at the end.
absl::StatusOr<absl::string_view> TextFile::ReadBytes() {
  const int count = gzread(handle_, buffer_.data(), static_cast<unsigned>(buffer_.size()));
  int code = Z_OK;
  gzerror(handle_, &code);
  if (count < 0 || (count == 0 && code != Z_OK && code != Z_STREAM_END)) {
    return Error(absl::StatusCode::kDataLoss, "damaged_file", "the compressed file is damaged",
                 "file");
  }
  return absl::string_view(buffer_.data(), static_cast<size_t>(count));
}

absl::StatusOr<bool> TextFile::Read(std::string* text) {
  WISSEL_ASSIGN_OR_RETURN(absl::string_view bytes, ReadBytes());
  if (bytes.empty()) {
    const size_t before = text->size();
    decoder_->Finish(text);
    return text->size() > before;
  }
  bytes.remove_prefix(std::min(bytes.size(), mark_size_));
  mark_size_ = 0;
  decoder_->Decode(bytes, text);
  return true;
}

}  // namespace wissel
