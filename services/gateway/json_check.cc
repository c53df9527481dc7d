#include "services/gateway/json_check.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::gateway {
namespace {

// A recursive-descent walk; `what_` is set at the first fault and `at_` stays there.
class Walk {
 public:
  explicit Walk(absl::string_view text) : text_(text) {}

  absl::Status Check() {
    Space();
    if (Peek() != '{') {
      Fail("expected an object");
    } else if (Value(1)) {
      Space();
      if (at_ < text_.size()) Fail("expected nothing after the object");
    }
    if (what_.empty()) return absl::OkStatus();
    const absl::string_view before = text_.substr(0, at_);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t newline = before.rfind('\n');
    const size_t column = newline == absl::string_view::npos ? at_ + 1 : at_ - newline;
    return Error(absl::StatusCode::kInvalidArgument, "invalid_json",
                 absl::StrCat("no valid JSON at line ", line, ", column ", column, ": ", what_));
  }

 private:
  // NUL at the end, which no rule accepts.
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool Fail(absl::string_view what) {
    if (what_.empty()) what_ = what;
    return false;
  }

  void Space() {
    while (at_ < text_.size() && absl::StrContains(" \t\r\n", text_.substr(at_, 1))) ++at_;
  }

  bool Take(absl::string_view word, absl::string_view otherwise) {
    if (text_.substr(at_, word.size()) != word) return Fail(otherwise);
    at_ += word.size();
    return true;
  }

  bool Value(int depth) {
    switch (Peek()) {
      case '{':
      case '[':
        return depth > kMaxJsonDepth ? Fail("nested too deep") : Container(depth);
      case '"':
        return String();
      case 't':
        return Take("true", "expected a value");
      case 'f':
        return Take("false", "expected a value");
      case 'n':
        return Take("null", "expected a value");
      default:
        return Number();
    }
  }

  bool Container(int depth) {
    const bool is_object = text_[at_++] == '{';
    const char end = is_object ? '}' : ']';
    Space();
    if (Peek() == end) return Take(text_.substr(at_, 1), "");
    for (;;) {
      Space();
      if (is_object && !Name()) return false;
      if (!Value(depth + 1)) return false;
      Space();
      if (Peek() == end) return Take(text_.substr(at_, 1), "");
      if (!Take(",", is_object ? "expected , or }" : "expected , or ]")) return false;
    }
  }

  bool Name() {
    if (Peek() != '"') return Fail("expected a name in double quotes");
    if (!String()) return false;
    Space();
    if (!Take(":", "expected :")) return false;
    Space();
    return true;
  }

  bool Digits() {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(Peek()))) return false;
    while (absl::ascii_isdigit(static_cast<unsigned char>(Peek()))) ++at_;
    return true;
  }

  bool Number() {
    const size_t begin = at_;
    if (Peek() == '-') ++at_;
    if (Peek() == '0') {
      ++at_;
    } else if (!Digits()) {
      return Fail(at_ == begin ? "expected a value" : "expected a digit");
    }
    if (Peek() == '.' && (++at_, !Digits())) return Fail("expected a digit");
    if (Peek() == 'e' || Peek() == 'E') {
      ++at_;
      if (Peek() == '+' || Peek() == '-') ++at_;
      if (!Digits()) return Fail("expected a digit");
    }
    return true;
  }

  bool String() {
    ++at_;
    for (;;) {
      const auto byte = static_cast<unsigned char>(Peek());
      if (at_ >= text_.size()) return Fail("a text is not closed");
      if (byte == '"') return Take("\"", "");
      if (byte < 0x20) return Fail("control character in a text");
      if (byte == '\\') {
        if (!Escape()) return false;
      } else if (!Utf8(byte)) {
        return Fail("no valid UTF-8");
      }
    }
  }

  bool Escape() {
    const char kind = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (kind != 'u') {
      if (kind == '\0' || !absl::StrContains("\"\\/bfnrt", absl::string_view(&kind, 1))) {
        return Fail("unknown escape");
      }
      at_ += 2;
      return true;
    }
    const int unit = HexUnit();
    if (unit < 0) return Fail("expected four hexadecimal digits");
    if (unit < 0xD800 || unit > 0xDFFF) return true;
    // Half of a pair must be followed by the other half.
    if (unit > 0xDBFF || text_.substr(at_, 2) != "\\u") return Fail("half a character");
    const int low = HexUnit();
    return (low >= 0xDC00 && low <= 0xDFFF) || Fail("half a character");
  }

  // Takes `\uXXXX`; -1 if that is not there.
  int HexUnit() {
    const absl::string_view digits = text_.substr(at_ + 2, 4);
    uint32_t unit = 0;
    if (digits.size() != 4 || !std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit) ||
        !absl::SimpleHexAtoi(digits, &unit)) {
      return -1;
    }
    at_ += 6;
    return static_cast<int>(unit);
  }

  // Takes one character; false for overlong forms, surrogates and what is no character.
  bool Utf8(unsigned char lead) {
    const int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if (more < 0 || lead > 0xF4) return false;
    if (text_.size() - at_ <= static_cast<size_t>(more)) return false;
    for (int i = 1; i <= more; ++i) {
      const auto byte = static_cast<unsigned char>(text_[at_ + static_cast<size_t>(i)]);
      const bool first = i == 1;
      const unsigned char low = first && lead == 0xE0 ? 0xA0 : first && lead == 0xF0 ? 0x90 : 0x80;
      const unsigned char high = first && lead == 0xED ? 0x9F : first && lead == 0xF4 ? 0x8F : 0xBF;
      if (byte < low || byte > high) return false;
    }
    at_ += static_cast<size_t>(more) + 1;
    return true;
  }

  const absl::string_view text_;
  size_t at_ = 0;
  absl::string_view what_;
};

}  // namespace

absl::Status CheckJsonObject(absl::string_view text) { return Walk(text).Check(); }

}  // namespace wissel::gateway
