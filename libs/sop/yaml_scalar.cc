#include "libs/sop/yaml_scalar.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace wissel::sop {
namespace {

size_t Letters(absl::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

// Whether a reader could take it for a number, a date, a truth or nothing.
bool LooksTyped(absl::string_view text) {
  static constexpr absl::string_view kWords[] = {"null", "true", "false", "yes", "no",
                                                 "on",   "off",  "y",     "n"};
  const auto same = [text](absl::string_view word) { return absl::EqualsIgnoreCase(text, word); };
  if (std::any_of(std::begin(kWords), std::end(kWords), same)) return true;
  return absl::ascii_isdigit(text[0]) &&
         text.find_first_not_of("0123456789abcdefABCDEFxXoO_.-") == absl::string_view::npos;
}

// Between brackets, yaml-cpp takes a question mark anywhere for an indicator.
bool IsPlain(absl::string_view text, bool in_brackets) {
  const absl::string_view marks = in_brackets ? " _./()@+*=;!%'-" : " _./()@+*=;!%'-?";
  const auto inside = [marks](unsigned char c) {
    return absl::ascii_isalnum(c) || c >= 0x80 || marks.find(c) != absl::string_view::npos;
  };
  if (text.empty()) return false;
  const unsigned char first = text[0];
  const bool begins = absl::ascii_isalnum(first) || first >= 0x80 || first == '(' || first == '/';
  return begins && text.back() != ' ' && std::all_of(text.begin(), text.end(), inside) &&
         !LooksTyped(text);
}

// Words of at most `width` letters a line, broken at single spaces only.
std::vector<absl::string_view> Folded(absl::string_view text, size_t width) {
  std::vector<absl::string_view> lines;
  size_t begin = 0;
  size_t end = 0;
  while (end < text.size()) {
    const size_t next = std::min(text.find(' ', end + 1), text.size());
    if (end > begin && Letters(text.substr(begin, next - begin)) > width) {
      lines.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    end = next;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

// Whether a block gives back each line of `text` as it is.
bool FitsBlock(absl::string_view text) {
  if (text.find('\t') != absl::string_view::npos) return false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.empty() || line.front() == ' ' || line.back() == ' ') return false;
  }
  return true;
}

}  // namespace

std::string YamlWord(absl::string_view text) {
  if (IsPlain(text, /*in_brackets=*/true)) return std::string(text);
  if (text.find_first_of("\\\"") != absl::string_view::npos &&
      text.find_first_of("\n\t") == absl::string_view::npos) {
    return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
  }
  return absl::StrCat(
      "\"",
      absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}, {"\t", "\\t"}}),
      "\"");
}

std::string YamlValue(absl::string_view text, size_t column, size_t margin) {
  const bool plain = IsPlain(text, /*in_brackets=*/false);
  const std::string word = plain ? std::string(text) : YamlWord(text);
  const bool has_lines = absl::StrContains(text, "\n");
  if (!has_lines && column + 1 + Letters(word) <= kYamlWidth) return absl::StrCat(" ", word);
  if (!FitsBlock(text) || (!has_lines && absl::StrContains(text, "  "))) {
    return absl::StrCat(" ", word);
  }
  std::vector<absl::string_view> lines = Folded(text, kYamlWidth - margin - 2);
  if (has_lines) lines = absl::StrSplit(text, '\n');
  std::string value = has_lines ? " |-" : " >-";
  for (const absl::string_view line : lines) {
    absl::StrAppend(&value, "\n  ", line);
  }
  return value;
}

}  // namespace wissel::sop
