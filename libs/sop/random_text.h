// Random texts with everything in them that YAML takes in its own way, for property tests.

#ifndef WISSEL_LIBS_SOP_RANDOM_TEXT_H_
#define WISSEL_LIBS_SOP_RANDOM_TEXT_H_

#include <algorithm>
#include <iterator>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"

namespace wissel::sop {

// A seed always gives the same texts.
class RandomText {
 public:
  explicit RandomText(int seed) : random_(seed) {}

  // A uniform number from 0 to `most`, both possible.
  int Upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  // Not empty; may have several lines.
  std::string Text() {
    static const char* const kBits[] = {"foto's", "a: b",
                                        "c # d",  "#",
                                        "- x",    "[y]",
                                        "{",      "\"z\"",
                                        "\\d+",   "null",
                                        "14070",  "é",
                                        "‘ja’",   "\n",
                                        "\t",     "  ",
                                        ", ",     "|",
                                        ">",      "&x",
                                        "*y",     "!t",
                                        "%",      "@",
                                        "`",      "een langer stuk tekst",
                                        "true",   "12:30",
                                        "?",      "x:",
                                        "\n\n",   "---",
                                        "~"};
    std::string text;
    for (int i = Upto(Upto(6) ? 3 : 40); i >= 0; --i) {
      absl::StrAppend(&text, kBits[Upto(std::size(kBits) - 1)], Upto(1) ? " " : "");
    }
    return text;
  }

  // One line; may be empty.
  std::string Line() {
    std::string line = Text();
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\t', ' ');
    return line.substr(0, 40 < line.size() ? line.find(' ', 20) : line.size());
  }

  // Lines as they are read: without spaces at the end.
  std::string Comment() {
    std::string comment;
    for (int i = Upto(2); i > 0 && Upto(1); --i) {
      std::string line = Line();
      line.erase(line.find_last_not_of(' ') + 1);
      absl::StrAppend(&comment, line, "\n");
    }
    return comment;
  }

 private:
  std::mt19937 random_;
};

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_RANDOM_TEXT_H_
