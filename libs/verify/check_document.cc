#include "libs/verify/check_document.h"

#include "libs/sop/sop_reader.h"
#include "libs/verify/finding_proto.h"
#include "libs/verify/verify.h"

namespace wissel::verify {

v1::CheckSopResponse CheckDocument(const std::string& document, const VerificationContext& context,
                                   const decision::ServiceHours& hours, absl::Time now) {
  v1::CheckSopResponse response;
  const absl::StatusOr<sop::Sop> sop = sop::ParseSop(document);
  if (!sop.ok()) {
    ToProto(sop.status(), response.add_findings());
    response.set_errors(1);
    return response;
  }
  response.set_rules(static_cast<int32_t>(sop->rules.size()));
  for (const Finding& finding : Verify(*sop, context)) {
    ToProto(*sop, finding, hours, now, response.add_findings());
    if (finding.severity == Finding::Severity::kError) response.set_errors(response.errors() + 1);
  }
  return response;
}

}  // namespace wissel::verify
