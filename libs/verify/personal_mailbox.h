// Tells the address of one person from that of a team, as well as a name can tell it.

#ifndef WISSEL_LIBS_VERIFY_PERSONAL_MAILBOX_H_
#define WISSEL_LIBS_VERIFY_PERSONAL_MAILBOX_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace wissel::verify {

// Words that are surely not the name of a person.
class NameWords {
 public:
  // Adds each word of a text.
  void Add(absl::string_view text);

  bool Has(absl::string_view word) const { return words_.contains(word); }

 private:
  absl::flat_hash_set<std::string> words_;
};

// Whether `address` looks like that of a person: a given name (`jan@`, `jan.jansen@`), initials
// before or after a name (`j.h.jansen@`, `jansen.j@`), or names with a prefix between them
// (`tijmen_de_vries@`). Words in `known` and those that municipalities give to mailboxes are not
// names, so `werk.en.inkomen@` and `p.zaken@` are fine. Pure.
bool IsPersonalMailbox(absl::string_view address, const NameWords& known);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_PERSONAL_MAILBOX_H_
