// What changes about one item of an SOP, in plain Dutch. Pure.

#ifndef WISSEL_LIBS_SOP_CHANGE_TEXT_H_
#define WISSEL_LIBS_SOP_CHANGE_TEXT_H_

#include <string>

#include "libs/sop/sop.h"

namespace wissel::sop {

// One sentence for two items with one id that differ: "Team verandert van kcc naar parkeren; de
// voorwaarden veranderen."
std::string ChangeText(const SopTeam& before, const SopTeam& after);
std::string ChangeText(const SopMenuChoice& before, const SopMenuChoice& after);
std::string ChangeText(const SopArea& before, const SopArea& after);
std::string ChangeText(const SopTopic& before, const SopTopic& after);
std::string ChangeText(const SopRule& before, const SopRule& after);

// What an item is, for one that comes or goes: "antwoord door het KCC, voor team kcc".
std::string ItemText(const SopTeam& team);
std::string ItemText(const SopMenuChoice& choice);
std::string ItemText(const SopArea& area);
std::string ItemText(const SopTopic& topic);
std::string ItemText(const SopRule& rule);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_CHANGE_TEXT_H_
