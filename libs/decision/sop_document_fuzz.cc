// Whatever the reader takes, the writer writes so that it reads the same, and it decides.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "libs/decision/compiled_sop.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/sop_writer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace wissel::decision;  // NOLINT: everything here is the router's.
  const std::string document(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<sop::Sop> sop = sop::ParseSop(document);
  if (!sop.ok()) return 0;
  const std::string written = sop::WriteSop(*sop);
  const absl::StatusOr<sop::Sop> read = sop::ParseSop(written);
  if (!read.ok() || !(*read == *sop) || sop::WriteSop(*read) != written) std::abort();
  const auto compiled = CompiledSop::Compile(*sop, 1);
  if (!compiled.ok()) return 0;
  const std::string topic_id = sop->topics.empty() ? "" : sop->topics[0].topic_id;
  const RoutingRequest request = {.channel = wissel::common::v1::CHANNEL_PHONE,
                                  .topic_id = topic_id,
                                  .subject = "Paspoort",
                                  .text = document,
                                  .postcode = "2511 AB",
                                  .minute = 600};
  const size_t place = (*compiled)->Match(request);
  if (place != kNoRule && place >= sop->rules.size()) std::abort();
  if ((*compiled)->Explain(request).paragraph.empty()) std::abort();
  return 0;
}
