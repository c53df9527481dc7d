// Parts of an SOP in plain Dutch, for people who read findings and differences.

#ifndef WISSEL_LIBS_VERIFY_FINDING_TEXT_H_
#define WISSEL_LIBS_VERIFY_FINDING_TEXT_H_

#include <string>
#include <vector>

#include "libs/sop/sop.h"
#include "libs/verify/finding.h"

namespace wissel::router {

// "de telefoon", "e-mail": as in "een vraag via ...".
absl::string_view ChannelInWords(Channel channel);

// "8.30 uur".
std::string TimeInWords(int minute);

// "regel `a`", "de regels `a`, `b` en `c`"; of more than four, "de regels `a`, `b`, `c`, `d` en 8
// andere".
std::string RulesInWords(const std::vector<std::string>& rule_ids);

// One sentence about the contact: "Een vraag via de telefoon, over ‘Paspoort’, op maandag ...".
// What does not matter is left out, and so are keywords that are not found.
std::string ExampleInWords(const Sop& sop, const Example& example);

}  // namespace wissel::router

#endif  // WISSEL_LIBS_VERIFY_FINDING_TEXT_H_
