// Random contacts that meet the SOPs of libs/sop/random_sop.h, for property tests. A seed always
// gives the same ones.

#ifndef WISSEL_LIBS_DECISION_RANDOM_REQUEST_H_
#define WISSEL_LIBS_DECISION_RANDOM_REQUEST_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "libs/decision/routing_request.h"
#include "libs/sop/random_sop.h"

namespace wissel::decision {

// SOPs, and contacts in the same few names.
class RandomRequest : public sop::RandomSop {
 public:
  explicit RandomRequest(int seed) : sop::RandomSop(seed) {}

  // Owns the texts of the contact that it last made.
  RoutingRequest MakeRequest() {
    topic_ = Upto(4) ? absl::StrCat("t", Upto(9)) : "";
    subject_ = absl::StrCat(Word(), " en ", Word());
    text_ = Upto(1) ? absl::StrCat(Word(), "\n", Word()) : "";
    neighbourhood_ = Upto(2) ? "" : absl::StrCat(Upto(1) ? "BUURT " : "buurt ", Upto(5));
    postcode_ = Upto(3) ? absl::StrCat(2511 + Upto(4), Upto(1) ? " AB" : "xz") : "";
    municipality_ = Upto(1) ? absl::StrCat("GM", Upto(3)) : "";
    menu_ = Upto(1) ? absl::StrCat(Upto(5)) : "";
    return {.channel = static_cast<common::v1::Channel>(1 + Upto(8)),
            .topic_id = topic_,
            .subject = subject_,
            .text = text_,
            .is_business = Upto(1) == 1,
            .is_urgent = Upto(1) == 1,
            .neighbourhood = neighbourhood_,
            .postcode = postcode_,
            .municipality = municipality_,
            .menu_key = menu_,
            .weekday = Upto(6),
            .minute = Upto(1439),
            .closed_day = Upto(9) == 0};
  }

 private:
  std::string topic_, subject_, text_, neighbourhood_, postcode_, municipality_, menu_;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_RANDOM_REQUEST_H_
