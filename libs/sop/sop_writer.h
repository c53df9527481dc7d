// Writes an SOP as YAML, in one way: what means the same is written the same, so that a diff shows
// what changed. ParseSop(WriteSop(sop)) gives `sop` again, comments included, and
// WriteSop(ParseSop(text)) gives `text` again where WriteSop made it.
//
// Takes an SOP of sound shape, as ParseSop gives it. Pure and thread-safe.

#ifndef WISSEL_LIBS_SOP_SOP_WRITER_H_
#define WISSEL_LIBS_SOP_SOP_WRITER_H_

#include <string>

#include "libs/sop/sop.h"

namespace wissel::sop {

// A whole document.
std::string WriteSop(const Sop& sop);

// One item as it stands in the document, without the dash and the indent: its comment, then its
// keys. Ends in a newline.
std::string WriteTeam(const SopTeam& team);
std::string WriteChoice(const SopMenuChoice& choice);
std::string WriteArea(const SopArea& area);
std::string WriteTopic(const SopTopic& topic);
std::string WriteRule(const SopRule& rule);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_SOP_WRITER_H_
