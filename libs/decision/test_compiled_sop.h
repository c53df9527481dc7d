// SOPs for tests, ready to decide.

#ifndef WISSEL_LIBS_DECISION_TEST_COMPILED_SOP_H_
#define WISSEL_LIBS_DECISION_TEST_COMPILED_SOP_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "libs/decision/compiled_sop.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/test_sops.h"

namespace wissel::decision {

// Compiles a document that must be sound.
inline std::shared_ptr<const CompiledSop> Compiled(const std::string& document,
                                                   int64_t version = 1) {
  absl::StatusOr<sop::Sop> sop = sop::ParseSop(document);
  EXPECT_TRUE(sop.ok()) << sop.status();
  if (!sop.ok()) return nullptr;
  return CompiledSop::Compile(*std::move(sop), version).value();
}

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_TEST_COMPILED_SOP_H_
