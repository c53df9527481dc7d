// What a document means for its draft.

#ifndef WISSEL_SERVICES_ROUTER_DRAFTS_ASSESSMENT_H_
#define WISSEL_SERVICES_ROUTER_DRAFTS_ASSESSMENT_H_

#include <string>
#include <vector>

#include "libs/decision/team_directory.h"
#include "libs/verify/team_facts.h"

namespace wissel::router {

struct Assessment {
  // It can be read, the check finds no error, and it compiles.
  bool is_sound = false;
  // Who has to accept it: the teams that it changes something for, and the KCC. Empty while it
  // cannot be read.
  std::vector<std::string> concerned_team_ids;
};

// Of `document` in the place of `base`, which is empty for the first SOP, checked against `context`
// and compiled with `teams`. Pure; as slow as Verify.
Assessment Assess(const std::string& document, const std::string& base,
                  const verify::VerificationContext& context, decision::TeamDirectory teams);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_DRAFTS_ASSESSMENT_H_
