// The texts of a contact: how long each may be and how it is written. Intake reads what was typed
// by these, cases checks by them what it stores.

#ifndef WISSEL_LIBS_CUSTOMER_CONTACT_TEXTS_H_
#define WISSEL_LIBS_CUSTOMER_CONTACT_TEXTS_H_

#include <cstddef>

#include "libs/text/clean.h"

namespace wissel::customer {

struct ContactText {
  // In code points, after cleaning.
  size_t most;
  text::Shape shape;
};

inline constexpr ContactText kGivenName = {100, text::Shape::kName};
inline constexpr ContactText kNamePrefix = {20, text::Shape::kName};
inline constexpr ContactText kFamilyName = {200, text::Shape::kName};
inline constexpr ContactText kOrganisation = {200, text::Shape::kName};
inline constexpr ContactText kNeighbourhood = {100, text::Shape::kName};
// RFC 5321, 4.5.3.1.3 as corrected by erratum 1690.
inline constexpr ContactText kEmail = {254, text::Shape::kLine};
inline constexpr ContactText kSubject = {200, text::Shape::kLine};
inline constexpr ContactText kQuestion = {1000, text::Shape::kText};
inline constexpr ContactText kInternalNote = {1000, text::Shape::kText};
inline constexpr ContactText kTopicId = {80, text::Shape::kName};
// The mailbox, form or account that it came in by.
inline constexpr ContactText kAccount = {254, text::Shape::kName};
inline constexpr ContactText kFormId = {100, text::Shape::kName};
// By which that channel knows the message.
inline constexpr ContactText kExternalId = {500, text::Shape::kName};
// What the customer was answered or told.
inline constexpr ContactText kReply = {4000, text::Shape::kText};

}  // namespace wissel::customer

#endif  // WISSEL_LIBS_CUSTOMER_CONTACT_TEXTS_H_
