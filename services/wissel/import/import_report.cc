#include "services/wissel/import/import_report.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/import/csv_writer.h"

namespace wissel {
namespace {

constexpr char kHeader[] = "line,field,reason,expected,result";

}  // namespace

absl::StatusOr<std::unique_ptr<ImportReport>> ImportReport::At(const std::string& path) {
  std::ifstream before(path);
  std::string first;
  if (std::getline(before, first)) {
    if (first != kHeader) {
      return Error(absl::StatusCode::kFailedPrecondition, "not_a_report",
                   absl::StrCat(path,
                                " is there and is no list of rejected rows: give another "
                                "file with --rejects"),
                   "rejects");
    }
    unlink(path.c_str());
  }
  return std::unique_ptr<ImportReport>(new ImportReport(path));
}

ImportReport::~ImportReport() {
  if (file_ != nullptr) std::fclose(file_);
}

void ImportReport::Add(int64_t line, absl::string_view field, absl::string_view reason,
                       absl::string_view expected, absl::string_view result) {
  if (!status_.ok()) return;
  if (file_ == nullptr) {
    const int descriptor = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    file_ = descriptor < 0 ? nullptr : fdopen(descriptor, "w");
    if (file_ == nullptr) {
      status_ = InvalidField("rejects", "not_writable",
                             absl::StrCat("cannot write the list of rejected rows ", path_,
                                          ": give another place with --rejects"));
      return;
    }
    std::fprintf(file_, "%s\n", kHeader);
  }
  CsvWriter csv(CsvReaderKind::kProgram);
  csv.Number(line).Text(field).Text(reason).Text(expected).Text(result).EndRecord();
  std::fputs(csv.Take().c_str(), file_);
}

}  // namespace wissel
