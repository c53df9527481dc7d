#include "libs/import/csv.h"

#include <sys/stat.h>
#include <zlib.h>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel {

struct CsvReader::File {
  gzFile handle = nullptr;
  int64_t size = 0;
  std::vector<unsigned char> buffer = std::vector<unsigned char>(1 << 16);
  int filled = 0;
  int used = 0;
  bool damaged = false;
};

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Open(const std::string& path) {
  auto reader = std::unique_ptr<CsvReader>(new CsvReader);
  reader->file_ = std::make_unique<File>();
  struct stat info;
  if (stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
    reader->file_->size = info.st_size;
    reader->file_->handle = gzopen(path.c_str(), "rb");
  }
  if (reader->file_->handle == nullptr) {
    return Error(absl::StatusCode::kNotFound, "no_such_file",
                 absl::StrCat("cannot read the file ", path), "file");
  }
  return reader;
}

CsvReader::~CsvReader() {
  if (file_ != nullptr && file_->handle != nullptr) gzclose(file_->handle);
}

double CsvReader::progress() const {
  if (file_->size == 0) return 1;
  return static_cast<double>(gzoffset(file_->handle)) / static_cast<double>(file_->size);
}

// The next byte, or -1 at the end.
int CsvReader::Take() {
  File& file = *file_;
  if (file.used == file.filled) {
    file.filled = gzread(file.handle, file.buffer.data(), file.buffer.size());
    file.used = 0;
    int code = Z_OK;
    gzerror(file.handle, &code);
    if (file.filled < 0 || (file.filled == 0 && code != Z_OK && code != Z_STREAM_END)) {
      file.damaged = true;
    }
    if (file.filled <= 0) {
      file.filled = 0;
      return -1;
    }
  }
  return file.buffer[file.used++];
}

absl::StatusOr<bool> CsvReader::Next(std::vector<std::string>* record) {
  record->clear();
  record_line_ = next_line_;
  std::string field;
  bool quoted = false;
  bool any = false;
  for (int c = Take();; c = Take()) {
    if (c == -1) {
      if (file_->damaged) return absl::DataLossError("the compressed file is damaged");
      if (quoted) {
        return absl::DataLossError(
            absl::StrCat("the file ends inside a quoted field that began on line ", record_line_));
      }
      if (any) record->push_back(std::move(field));
      return any;
    }
    if (c == '\n') ++next_line_;
    if (quoted) {
      if (c != '"') {
        field += static_cast<char>(c);
        continue;
      }
      const int after = Take();
      if (after == '"') {
        field += '"';
        continue;
      }
      quoted = false;
      if (after != -1) --file_->used;
      continue;
    }
    if (c == '"' && field.empty()) {
      quoted = any = true;
    } else if (c == ',') {
      any = true;
      record->push_back(std::move(field));
      field.clear();
    } else if (c == '\n') {
      if (!any) {
        record_line_ = next_line_;
        continue;
      }
      record->push_back(std::move(field));
      return true;
    } else if (c != '\r') {
      any = true;
      field += static_cast<char>(c);
      if (record_line_ == 1 && record->empty() && field == "\xEF\xBB\xBF") field.clear();
    }
  }
}

}  // namespace wissel
