// What changes about one item of an SOP, in plain Dutch. Pure.

#ifndef WISSEL_LIBS_SOP_CHANGE_TEXT_H_
#define WISSEL_LIBS_SOP_CHANGE_TEXT_H_

#include <string>

#include "libs/sop/sop.h"

namespace wissel::router {

// One sentence for two items with one id that differ: "Team verandert van kcc naar parkeren; de
// voorwaarden veranderen."
std::string ChangeInWords(const SopTeam& before, const SopTeam& after);
std::string ChangeInWords(const SopMenuChoice& before, const SopMenuChoice& after);
std::string ChangeInWords(const SopArea& before, const SopArea& after);
std::string ChangeInWords(const SopTopic& before, const SopTopic& after);
std::string ChangeInWords(const SopRule& before, const SopRule& after);

// What an item is, for one that comes or goes: "antwoord door het KCC, voor team kcc".
std::string ItemInWords(const SopTeam& team);
std::string ItemInWords(const SopMenuChoice& choice);
std::string ItemInWords(const SopArea& area);
std::string ItemInWords(const SopTopic& topic);
std::string ItemInWords(const SopRule& rule);

}  // namespace wissel::router

#endif  // WISSEL_LIBS_SOP_CHANGE_TEXT_H_
