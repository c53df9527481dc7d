#include "libs/sop/yaml_comments.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace wissel::sop {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

size_t LineEnd(absl::string_view text, size_t from) {
  return std::min(text.find('\n', from), text.size());
}

// Behind the closing quote of the text that begins at `from`.
size_t QuotedEnd(absl::string_view text, size_t from) {
  const char quote = text[from];
  for (size_t i = from + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') return i + 1;
      ++i;
    }
  }
  return text.size();
}

// Behind the last line of the block that begins with `|` or `>` at `from` and reads as `value`. The
// header may end in a comment, which is not skipped: `comment_from` is where the block goes on.
size_t BlockEnd(absl::string_view text, size_t from, absl::string_view value) {
  const size_t first_of_value = value.find_first_not_of('\n');
  size_t line = LineEnd(text, from) + 1;
  if (first_of_value == absl::string_view::npos) return std::min(line, text.size());
  size_t indent = 0;
  for (bool found = false; line < text.size(); line = LineEnd(text, line) + 1) {
    const absl::string_view whole = text.substr(line, LineEnd(text, line) - line);
    const size_t blanks = std::min(whole.find_first_not_of(' '), whole.size());
    if (absl::StripAsciiWhitespace(whole).empty()) continue;
    if (!found) {
      // Spaces that the value begins with are its own.
      const absl::string_view rest = value.substr(first_of_value);
      const size_t own = std::min(rest.find_first_not_of(' '), rest.size());
      indent = blanks - std::min(own, blanks);
      found = true;
    } else if (blanks < indent) {
      return line;
    }
  }
  return text.size();
}

// Behind the last character of the text without quotes that begins at `from` and reads as `value`.
// Line breaks and spaces around them read as one space, or as a line break less.
size_t PlainEnd(absl::string_view text, size_t from, absl::string_view value) {
  size_t at = from;
  for (size_t i = 0; i < value.size() && at < text.size(); ++i) {
    if (text[at] == value[i] && value[i] != '\n') {
      ++at;
      continue;
    }
    if (value[i] != ' ' && value[i] != '\n') return at;
    while (i + 1 < value.size() && value[i + 1] == '\n') ++i;
    while (at < text.size() && IsSpace(text[at])) ++at;
  }
  return at;
}

// A stretch of text that is no place for comments.
struct Stretch {
  size_t begin = 0;
  size_t end = 0;
};

void AddStretches(absl::string_view text, const YamlNode& node, std::vector<Stretch>* stretches) {
  for (const YamlNode& child : node.children) AddStretches(text, child, stretches);
  if (node.kind != YamlNode::Kind::kText || node.text.empty() || node.offset >= text.size()) return;
  const char first = text[node.offset];
  if (first == '|' || first == '>') {
    // A comment may stand behind the header.
    const size_t header = std::min(text.find_first_of("#\n", node.offset), text.size());
    stretches->push_back({node.offset, header});
    const size_t begin = std::min(LineEnd(text, node.offset) + 1, text.size());
    stretches->push_back({begin, BlockEnd(text, node.offset, node.text)});
  } else if (first == '\'' || first == '"') {
    stretches->push_back({node.offset, QuotedEnd(text, node.offset)});
  } else {
    stretches->push_back({node.offset, PlainEnd(text, node.offset, node.text)});
  }
}

YamlComment CommentAt(absl::string_view text, size_t hash, size_t end) {
  absl::string_view words = text.substr(hash + 1, end - hash - 1);
  absl::ConsumePrefix(&words, " ");
  const size_t line = text.rfind('\n', hash);
  const size_t begin = line == absl::string_view::npos ? 0 : line + 1;
  const bool own_line = absl::StripAsciiWhitespace(text.substr(begin, hash - begin)).empty();
  return {.offset = hash,
          .own_line = own_line,
          .text = std::string(absl::StripTrailingAsciiWhitespace(words))};
}

}  // namespace

std::vector<YamlComment> FindYamlComments(absl::string_view text, const YamlNode& root) {
  std::vector<Stretch> stretches;
  AddStretches(text, root, &stretches);
  std::sort(stretches.begin(), stretches.end(),
            [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  std::vector<YamlComment> comments;
  auto stretch = stretches.begin();
  for (size_t at = text.find('#'); at < text.size(); at = text.find('#', at)) {
    while (stretch != stretches.end() && stretch->end <= at) ++stretch;
    if (stretch != stretches.end() && stretch->begin <= at) {
      at = stretch->end;
      continue;
    }
    const size_t end = LineEnd(text, at);
    comments.push_back(CommentAt(text, at, end));
    at = end;
  }
  return comments;
}

}  // namespace wissel::sop
