#include "services/cases/registration/case_response_store.h"

namespace wissel::cases {

const idempotency::ResponseStore& CaseResponses() {
  static const auto* responses = new idempotency::ResponseStore("cases", R"(
      select request_hash from cases.contact
       where tenant_id = (select wissel.tenant()) and idempotency_key = $1::text
         and received_at > now() - interval '30 days')");
  return *responses;
}

}  // namespace wissel::cases
