#include "libs/import/csv_reader.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

constexpr size_t kRecordMax = 1 << 20;
constexpr absl::string_view kDelimiters = ",;\t|";

// A carriage return before a newline belongs to it.
int64_t CountLineEnds(absl::string_view text) {
  int64_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    count += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  }
  return count;
}

absl::Status Fault(absl::string_view reason, absl::string_view message,
                   absl::string_view expected) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message, "",
               {{"expected", std::string(expected)}});
}

bool IsBlank(const std::vector<std::string>& fields) {
  return std::all_of(fields.begin(), fields.end(), [](const std::string& field) {
    return absl::StripAsciiWhitespace(field).empty();
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Open(const std::string& path,
                                                           const CsvOptions& options) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<TextFile> file, TextFile::Open(path, options.encoding));
  auto reader = std::unique_ptr<CsvReader>(new CsvReader(std::move(file)));
  WISSEL_RETURN_IF_ERROR(reader->FindDelimiter());
  if (options.delimiter) reader->delimiter_ = *options.delimiter;
  return reader;
}

// Looks at the first line that holds something, and passes over one that only tells the delimiter.
absl::Status CsvReader::FindDelimiter() {
  std::array<int, kDelimiters.size()> counts = {};
  bool quoted = false;
  size_t i = 0;
  for (; i < kRecordMax; ++i) {
    WISSEL_ASSIGN_OR_RETURN(const bool have, Have(i));
    if (!have) break;
    const char c = text_[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if ((c == '\n' || c == '\r') && !absl::StripAsciiWhitespace(text_.substr(0, i)).empty()) break;
    const size_t found = kDelimiters.find(c);
    if (found != absl::string_view::npos) ++counts[found];
  }
  absl::string_view first =
      absl::StripLeadingAsciiWhitespace(absl::string_view(text_).substr(0, i));
  if (first.size() == 5 && absl::ConsumePrefix(&first, "sep=")) {
    delimiter_ = first[0];
    return PassOverLine();
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  delimiter_ = kDelimiters[*most == 0 ? 0 : most - counts.begin()];
  return absl::OkStatus();
}

// Whether the text goes on to `index`; reads on as needed.
absl::StatusOr<bool> CsvReader::Have(size_t index) {
  while (index >= text_.size()) {
    WISSEL_ASSIGN_OR_RETURN(const bool more, file_->Read(&text_));
    if (!more) return false;
  }
  return true;
}

// What stands before `index` is done with.
void CsvReader::MoveTo(size_t index) {
  next_line_ += CountLineEnds(absl::string_view(text_).substr(begin_, index - begin_));
  begin_ = index;
  // Kept small without moving the rest for every record.
  if (begin_ > kRecordMax / 8) {
    text_.erase(0, begin_);
    begin_ = 0;
  }
}

// Reads one record from begin_ to end_, or finds out why that cannot be.
absl::StatusOr<CsvReader::End> CsvReader::Scan(std::vector<std::string>* fields) {
  fields->clear();
  std::string field;
  bool quoted = false;
  bool at_start = true;
  for (size_t i = begin_;;) {
    if (i - begin_ > kRecordMax) return quoted ? End::kOpenQuote : End::kTooLong;
    WISSEL_ASSIGN_OR_RETURN(const bool have, Have(i));
    if (!have) {
      if (quoted) return End::kOpenQuote;
      end_ = i;
      if (i == begin_) return End::kFile;
      fields->push_back(std::move(field));
      return End::kRecord;
    }
    const char c = text_[i++];
    if (quoted) {
      if (c != '"') {
        field += c;
        continue;
      }
      WISSEL_ASSIGN_OR_RETURN(const bool more, Have(i));
      quoted = more && text_[i] == '"';
      if (quoted) field += text_[i++];
    } else if (c == '"' && at_start) {
      quoted = true;
      at_start = false;
    } else if (c == delimiter_) {
      fields->push_back(std::move(field));
      field.clear();
      at_start = true;
    } else if (c == '\n' || c == '\r') {
      WISSEL_ASSIGN_OR_RETURN(const bool more, Have(i));
      if (c == '\r' && more && text_[i] == '\n') ++i;
      end_ = i;
      fields->push_back(std::move(field));
      return End::kRecord;
    } else {
      field += c;
      at_start = false;
    }
  }
}

// Goes on with the next line, wherever quote marks stand; keeps nothing of a long one.
absl::Status CsvReader::PassOverLine() {
  while (true) {
    WISSEL_ASSIGN_OR_RETURN(const bool have, Have(begin_));
    if (!have) return absl::OkStatus();
    const size_t line_end = text_.find_first_of("\r\n", begin_);
    if (line_end == std::string::npos) {
      text_.clear();
      begin_ = 0;
      continue;
    }
    WISSEL_ASSIGN_OR_RETURN(const bool more, Have(line_end + 1));
    const bool both = more && text_[line_end] == '\r' && text_[line_end + 1] == '\n';
    MoveTo(line_end + (both ? 2 : 1));
    return absl::OkStatus();
  }
}

absl::StatusOr<bool> CsvReader::Next(CsvRecord* record) {
  while (true) {
    line_ = record->line = next_line_;
    record->fault = absl::OkStatus();
    WISSEL_ASSIGN_OR_RETURN(const End end, Scan(&record->fields));
    switch (end) {
      case End::kFile:
        return false;
      case End::kRecord:
        MoveTo(end_);
        if (IsBlank(record->fields)) continue;
        return true;
      case End::kOpenQuote:
        record->fault = Fault("open_quote", "a quote mark opens a field and none closes it",
                              "\"a field in quote marks\", with \"\" for one inside it");
        break;
      case End::kTooLong:
        record->fault =
            Fault("too_long", "the row has more than 1 MiB", "a row of at most 1 MiB on a line");
        break;
    }
    record->fields.clear();
    WISSEL_RETURN_IF_ERROR(PassOverLine());
    return true;
  }
}

}  // namespace wissel
