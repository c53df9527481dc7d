// Parts of an SOP in plain Dutch, for people who read findings and differences.

#ifndef WISSEL_LIBS_VERIFY_FINDING_TEXT_H_
#define WISSEL_LIBS_VERIFY_FINDING_TEXT_H_

#include <string>
#include <vector>

#include "libs/sop/sop.h"
#include "libs/verify/finding.h"

namespace wissel::verify {

// "de telefoon", "e-mail": as in "een vraag via ...".
absl::string_view ChannelText(common::v1::Channel channel);

// "8.30 uur".
std::string TimeText(int minute);

// "regel `a`", "de regels `a`, `b` en `c`"; of more than four, "de regels `a`, `b`, `c`, `d` en 8
// andere".
std::string RulesText(const std::vector<std::string>& rule_ids);

// One sentence about the contact: "Een vraag via de telefoon, over ‘Paspoort’, op maandag ...".
// What does not matter is left out, and so are keywords that are not found.
std::string ExampleText(const sop::Sop& sop, const Example& example);

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_FINDING_TEXT_H_
