// The keywords of an SOP, sought in the words of a contact.

#ifndef WISSEL_LIBS_DECISION_KEYWORD_MATCHER_H_
#define WISSEL_LIBS_DECISION_KEYWORD_MATCHER_H_

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/decision/literal_search.h"

namespace wissel::decision {

// Fill it with Add; then it does not change, and any number of threads search at once.
//
// A pattern finds what RE2 finds with upper and lower case alike, and with letters of every script
// as parts of words (word_boundaries.h); patterns and texts are compared in NFC, so that it does
// not matter on which machine an accent was typed. Most patterns are plain words, or hold one that
// every match contains; such a word is sought first, and RE2 asked only if it is there. Texts of
// ASCII alone, which most are, are searched as they came.
class KeywordMatcher {
 public:
  // The number of a pattern; the same for the same pattern. INVALID_ARGUMENT `invalid_sop` if it is
  // not RE2.
  absl::StatusOr<uint32_t> Add(const std::string& pattern);

  // One contact, asked about pattern by pattern. Stays on its thread, on which only one at a time
  // may be asked; the texts and the keywords outlive it. Allocates nothing once the thread has seen
  // texts as long.
  class Search {
   public:
    Search(const KeywordMatcher& keywords, absl::string_view subject, absl::string_view text)
        : keywords_(keywords), subject_(subject), text_(text) {
      // Prefetches the words of the contact, which most contacts need a moment later.
      for (size_t i = 0; i < text.size() && i < 256; i += 64) __builtin_prefetch(text.data() + i);
    }

    // Whether `pattern` is found in the subject, a line end and the text.
    bool Finds(uint32_t pattern);

   private:
    void Look();
    bool FindsLiteral(const LiteralSearch& literal);
    bool FindsExpression(uint32_t number);
    bool Matches(uint32_t number);

    const KeywordMatcher& keywords_;
    const absl::string_view subject_;
    const absl::string_view text_;
    // Set by Look, at the first question.
    bool has_looked_ = false;
    bool is_ascii_ = false;
    // Subject and text as one, in NFC; of ASCII, once an expression has asked for it.
    absl::string_view joined_;
    // The same with ASCII for odd cases of it. Only beyond ASCII.
    absl::string_view folded_;
    // `joined_` as SpreadText gives it, once a pattern has asked for it.
    absl::string_view spread_;
    uint64_t round_ = 0;
  };

 private:
  struct Pattern {
    // That every match contains; may be none.
    LiteralSearch literal;
    // Null when the literal is all.
    std::unique_ptr<const RE2> expression;
    // For texts beyond ASCII, where that makes a difference.
    std::unique_ptr<const RE2> of_spread_text;
  };

  std::vector<Pattern> patterns_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_KEYWORD_MATCHER_H_
