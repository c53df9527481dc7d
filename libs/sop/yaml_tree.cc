#include "libs/sop/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/text/utf8.h"

namespace wissel::sop {
namespace {

// Locator in a text, found by going through it once: yaml-cpp counts columns in bytes.
class Locator {
 public:
  explicit Locator(absl::string_view text) : text_(text) {}

  SourceLocation At(size_t offset) {
    offset = std::min(offset, text_.size());
    if (offset < offset_) {
      offset_ = 0;
      location_ = {};
    }
    for (; offset_ < offset; ++offset_) {
      const unsigned char byte = text_[offset_];
      if (byte == '\n') {
        ++location_.line;
        location_.column = 1;
      } else if ((byte & 0xc0) != 0x80) {
        ++location_.column;
      }
    }
    return location_;
  }

 private:
  const absl::string_view text_;
  size_t offset_ = 0;
  SourceLocation location_;
};

// What we do not take, thrown through yaml-cpp.
class Refused final : public YAML::ParserException {
 public:
  using ParserException::ParserException;
};

[[noreturn]] void Refuse(const YAML::Mark& mark, const std::string& why) {
  throw Refused(mark, why);
}

class TreeBuilder final : public YAML::EventHandler {
 public:
  // `text` outlives it.
  explicit TreeBuilder(absl::string_view text) : text_(text), locator_(text) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Check(mark, "", anchor);
    Place(mark, Begun(mark, YamlNode::Kind::kText));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Refuse(mark, "verwijzingen (*naam) mogen niet");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Check(mark, tag, anchor);
    YamlNode node = Begun(mark, YamlNode::Kind::kText);
    node.text = value;
    Place(mark, std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { Close(); }

  std::optional<YamlNode> Take() { return std::move(root_); }

 private:
  struct Level {
    YamlNode node;
    absl::flat_hash_set<std::string> keys;
  };

  void Check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    if (anchor != 0) Refuse(mark, "ankers (&naam) mogen niet");
    const size_t begin = mark.pos;
    const bool tagged = begin < text_.size() && text_[begin] == '!';
    if (tagged || (!tag.empty() && tag != "?" && tag != "!")) {
      Refuse(mark, "tags (!naam) mogen niet");
    }
  }

  YamlNode Begun(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (++nodes_ > kMostYamlNodes) Refuse(mark, "te veel waarden");
    const size_t begin = std::min<size_t>(mark.pos, text_.size());
    return {.kind = kind, .location = locator_.At(begin), .offset = begin};
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    Check(mark, tag, anchor);
    if (open_.size() == kMostYamlDepth) Refuse(mark, "te veel lagen");
    if (AwaitsKey()) Refuse(mark, "een sleutel is gewone tekst");
    open_.push_back({.node = Begun(mark, kind), .keys = {}});
  }

  void Close() {
    YamlNode done = std::move(open_.back().node);
    open_.pop_back();
    Put(std::move(done));
  }

  void Place(const YAML::Mark& mark, YamlNode node) {
    if (AwaitsKey() && !open_.back().keys.insert(node.text).second) {
      Refuse(mark, absl::StrCat("de sleutel \"", node.text, "\" staat er twee keer"));
    }
    Put(std::move(node));
  }

  bool AwaitsKey() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::kMap &&
           open_.back().node.children.size() % 2 == 0;
  }

  void Put(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      open_.back().node.children.push_back(std::move(node));
    }
  }

  const absl::string_view text_;
  Locator locator_;
  size_t nodes_ = 0;
  std::vector<Level> open_;
  std::optional<YamlNode> root_;
};

// Far more than a document has in its texts. yaml-cpp looks for the end of every bracket before it
// says a word about the first.
constexpr int kMostUnclosed = 1000;

// Characters that YAML would take in its own way, or that nobody can see.
absl::Status CheckCharacters(absl::string_view text) {
  SourceLocation location;
  int unclosed = 0;
  while (!text.empty()) {
    const std::optional<int32_t> point = text::TakeCodePoint(text);
    if (!point) return InvalidSop(location, "dit is geen UTF-8");
    if (text::IsControlCharacter(*point) && *point != '\n' && *point != '\r' && *point != '\t') {
      return InvalidSop(location, "een stuurteken mag hier niet");
    }
    if (*point == '[' || *point == '{') ++unclosed;
    if ((*point == ']' || *point == '}') && unclosed > 0) --unclosed;
    if (unclosed > kMostUnclosed) return InvalidSop(location, "er staan te veel haakjes open");
    if (*point == '\n') {
      ++location.line;
      location.column = 1;
    } else if (++location.column > kMostYamlColumns) {
      return InvalidSop(location, "de regel is te lang");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status InvalidSop(SourceLocation location, absl::string_view message) {
  return Error(
      absl::StatusCode::kInvalidArgument, "invalid_sop",
      absl::StrCat("regel ", location.line, ", kolom ", location.column, ": ", message), "document",
      {{"line", std::to_string(location.line)}, {"column", std::to_string(location.column)}});
}

absl::StatusOr<YamlNode> ReadYamlTree(const std::string& text) {
  if (text.size() > kMostSopBytes) {
    return InvalidSop({}, absl::StrCat("het document heeft meer dan ", kMostSopBytes, " bytes"));
  }
  WISSEL_RETURN_IF_ERROR(CheckCharacters(text));
  std::optional<YamlNode> root;
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    TreeBuilder builder(text);
    if (parser.HandleNextDocument(builder)) root = builder.Take();
    TreeBuilder second(text);
    if (root && parser.HandleNextDocument(second)) {
      return InvalidSop({}, "er staat meer dan één YAML-document");
    }
  } catch (const Refused& refused) {
    return InvalidSop(Locator(text).At(refused.mark.pos), refused.msg);
  } catch (const YAML::Exception& error) {
    return InvalidSop(error.mark.is_null() ? SourceLocation() : Locator(text).At(error.mark.pos),
                      absl::StrCat("dit is geen YAML: ", error.msg));
  }
  if (!root) return InvalidSop({}, "het document is leeg");
  return *std::move(root);
}

}  // namespace wissel::sop
