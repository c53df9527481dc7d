// The keywords of a whole SOP, sought in one pass over a text.

#ifndef WISSEL_SERVICES_ROUTER_KEYWORDS_H_
#define WISSEL_SERVICES_ROUTER_KEYWORDS_H_

#include <re2/re2.h>
#include <re2/set.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel::router {

// OK, or a sentence that says what is wrong with one pattern: not RE2, or it is found in an empty
// text and so would apply to everything.
absl::Status CheckKeyword(const std::string& pattern);

// Fill it with Add, then Compile, then only Find: that is thread-safe. Time is linear in the text,
// whatever the patterns.
class Keywords {
 public:
  Keywords();

  // A pattern that CheckKeyword accepts, for the rule with this place.
  void Add(const std::string& pattern, size_t rule);

  // INVALID_ARGUMENT `invalid_sop` when the patterns together are too large.
  absl::Status Compile();

  // Marks in `found`, by place, each rule of which a pattern is found in `text`.
  void Find(absl::string_view text, std::vector<bool>* found) const;

 private:
  RE2::Set set_;
  // The same patterns one by one, for a text on which the set runs out of its memory.
  std::vector<std::unique_ptr<RE2>> singles_;
  // Rule of each pattern.
  std::vector<size_t> rules_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_KEYWORDS_H_
