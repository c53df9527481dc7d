#include "services/cases/registration/case_responses.h"

namespace wissel::cases {

const idempotency::StoredResponses& CaseResponses() {
  static const auto* responses = new idempotency::StoredResponses("cases", R"(
      select request_hash from cases.contact
       where tenant_id = (select wissel.tenant()) and idempotency_key = $1::text
         and received_at > now() - interval '30 days')");
  return *responses;
}

}  // namespace wissel::cases
