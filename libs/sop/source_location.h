// Where something stands in a document, for messages and findings.

#ifndef WISSEL_LIBS_SOP_SOURCE_LOCATION_H_
#define WISSEL_LIBS_SOP_SOURCE_LOCATION_H_

namespace wissel::sop {

// From 1, in characters, as editors count.
struct SourceLocation {
  int line = 1;
  int column = 1;
};

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_SOURCE_LOCATION_H_
