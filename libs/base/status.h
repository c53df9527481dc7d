// The one error language: absl::Status with a machine-readable detail.
//
//   if (subject.size() > 200)
//     return InvalidField("question.subject", "too_long", "subject has more than 200 characters");
//   WISSEL_ASSIGN_OR_RETURN(Case found, store.Find(transaction, reference));
//
// The details travel as a payload of the status and reach the caller over gRPC and Connect alike
// (libs/rpc/status.h). Messages are for people and hold no personal data: they are logged.

#ifndef WISSEL_LIBS_BASE_STATUS_H_
#define WISSEL_LIBS_BASE_STATUS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wissel {

// Why a call failed, for programs. Mirrors wissel.errors.v1.ErrorDetail.
struct ErrorDetail {
  // Stable, snake_case: `required`, `too_long`, `already_claimed`, ...
  std::string reason;
  // Path of the request field that is wrong; empty if none is.
  std::string field;
  // Plain facts that go with the reason.
  std::map<std::string, std::string> facts;
};

// A status with one detail. `code` must not be OK.
absl::Status Error(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                   absl::string_view field = {}, std::map<std::string, std::string> facts = {});

// INVALID_ARGUMENT for one field of the request.
absl::Status InvalidField(absl::string_view field, absl::string_view reason,
                          absl::string_view message);

// Adds a detail to `status`, after those it has.
void AddDetail(absl::Status& status, const ErrorDetail& detail);

// Details of `status`, in the order in which they were added; empty if it has none.
std::vector<ErrorDetail> DetailsOf(const absl::Status& status);

// Reason of the first detail; empty if there is none.
std::string ReasonOf(const absl::Status& status);

}  // namespace wissel

#define WISSEL_CONCAT_INNER_(a, b) a##b
#define WISSEL_CONCAT_(a, b) WISSEL_CONCAT_INNER_(a, b)

// Leaves the function with the status of `expression` unless it is OK.
#define WISSEL_RETURN_IF_ERROR(expression)                    \
  do {                                                        \
    if (absl::Status status_ = (expression); !status_.ok()) { \
      return status_;                                         \
    }                                                         \
  } while (false)

// Declares or assigns `target` from the value of a StatusOr, or leaves with its status.
#define WISSEL_ASSIGN_OR_RETURN(target, expression) \
  WISSEL_ASSIGN_OR_RETURN_IMPL_(WISSEL_CONCAT_(result_, __LINE__), target, expression)
#define WISSEL_ASSIGN_OR_RETURN_IMPL_(result, target, expression) \
  auto result = (expression);                                     \
  if (!result.ok()) return std::move(result).status();            \
  target = std::move(result).value()

#endif  // WISSEL_LIBS_BASE_STATUS_H_
