#include "services/gateway/json_check.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const FieldDescriptor* FieldOf(const Descriptor& type, absl::string_view name) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (name == field->json_name() || name == field->name()) return field;
  }
  return nullptr;
}

// Null for the types that protobuf writes in ways of their own.
const Descriptor* UnlessSpecial(const Descriptor* type) {
  return absl::StartsWith(type->full_name(), "google.protobuf.") ? nullptr : type;
}

// The type of the objects in a value of `field`; null where names are free: in a map, in a special
// type, and where no object belongs, which protobuf refuses.
const Descriptor* TypeIn(const FieldDescriptor* field) {
  if (field == nullptr || field->message_type() == nullptr || field->is_map()) return nullptr;
  return UnlessSpecial(field->message_type());
}

// A recursive-descent walk; `what_` is set at the first fault and `at_` stays there.
class Walk {
 public:
  Walk(absl::string_view text, const Descriptor& type) : text_(text), type_(type) {}

  absl::Status Check() {
    Space();
    if (Peek() != '{') {
      Fail("expected an object");
    } else if (Value(UnlessSpecial(&type_), 1)) {
      Space();
      if (at_ < text_.size()) Fail("expected nothing after the object");
    }
    if (what_.empty()) return absl::OkStatus();
    const absl::string_view before = text_.substr(0, at_);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t newline = before.rfind('\n');
    const size_t column = newline == absl::string_view::npos ? at_ + 1 : at_ - newline;
    const absl::string_view is_no_json = reason_ == kInvalidJson ? "no valid JSON " : "";
    return InvalidField(
        reason_ == kInvalidJson ? "" : path_, reason_,
        absl::StrCat(is_no_json, "at line ", line, ", column ", column, ": ", what_));
  }

 private:
  static constexpr absl::string_view kInvalidJson = "invalid_json";

  // NUL at the end, which no rule accepts.
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool Fail(absl::string_view what, absl::string_view reason = kInvalidJson) {
    if (what_.empty()) {
      what_ = what;
      reason_ = reason;
    }
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

  // `type`: of the objects in it.
  bool Value(const Descriptor* type, int depth) {
    const char begin = Peek();
    switch (begin) {
      case '{':
      case '[':
        if (depth > kMaxJsonDepth) return Fail("nested too deep");
        return begin == '{' ? Object(type, depth) : Array(type, depth);
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

  // After a member of an object or array: whether another one follows.
  bool More(char end, absl::string_view otherwise) {
    Space();
    return Peek() != end && Take(",", otherwise);
  }

  bool Object(const Descriptor* type, int depth) {
    ++at_;
    std::set<absl::string_view> seen;
    Space();
    if (Peek() != '}') {
      do {
        Space();
        const size_t path_size = path_.size();
        const FieldDescriptor* field = nullptr;
        if (!Name(type, seen, field) || !Value(TypeIn(field), depth + 1)) return false;
        path_.resize(path_size);
      } while (More('}', "expected , or }"));
    }
    return what_.empty() && Take("}", "");
  }

  bool Array(const Descriptor* type, int depth) {
    ++at_;
    const size_t path_size = path_.size();
    int index = 0;
    Space();
    if (Peek() != ']') {
      do {
        Space();
        absl::StrAppend(&path_, "[", index++, "]");
        if (!Value(type, depth + 1)) return false;
        path_.resize(path_size);
      } while (More(']', "expected , or ]"));
    }
    return what_.empty() && Take("]", "");
  }

  // Takes a name with its colon, and adds it to the path if it is a field of `type`. The names of
  // fields need no escapes: one that is written with them is not looked for.
  bool Name(const Descriptor* type, std::set<absl::string_view>& seen,
            const FieldDescriptor*& field) {
    if (Peek() != '"') return Fail("expected a name in double quotes");
    const size_t begin = at_;
    if (!String()) return false;
    absl::string_view name = text_.substr(begin + 1, at_ - begin - 2);
    if (type != nullptr) {
      field = FieldOf(*type, name);
      if (field == nullptr) {
        at_ = begin;
        return Fail("there is no field of this name", "unknown_field");
      }
      name = field->name();
      absl::StrAppend(&path_, path_.empty() ? "" : ".", name);
    }
    if (!seen.insert(name).second) {
      at_ = begin;
      return Fail("this field was given before", "duplicate_field");
    }
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
  const Descriptor& type_;
  size_t at_ = 0;
  // Of the fields around the place, as messages call them.
  std::string path_;
  absl::string_view what_;
  absl::string_view reason_;
};

}  // namespace

absl::Status CheckJsonObject(absl::string_view text, const Descriptor& type) {
  return Walk(text, type).Check();
}

}  // namespace wissel::gateway
