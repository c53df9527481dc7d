// Adds contacts to cases.

#ifndef WISSEL_SERVICES_CASES_QUESTIONS_ATTACHMENT_STORE_H_
#define WISSEL_SERVICES_CASES_QUESTIONS_ATTACHMENT_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// For the pool.
std::vector<pg::Statement> AttachmentStatements();

// Stores a valid contact behind the others of its case, with all that belongs to it (attacher.h).
// The transaction holds the lock of the case.
absl::Status InsertContact(pg::Transaction& transaction, int64_t reference,
                           const v1::Contact& contact, const rpc::Principal& who);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUESTIONS_ATTACHMENT_STORE_H_
