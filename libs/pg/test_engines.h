// For tests: both engines by name, so that a suite runs over each and each is the other's oracle.

#ifndef WISSEL_LIBS_PG_TEST_ENGINES_H_
#define WISSEL_LIBS_PG_TEST_ENGINES_H_

#include <string>

#include "gtest/gtest.h"
#include "libs/pg/engine.h"

namespace wissel::pg {

inline auto BothEngines() { return ::testing::Values(Engine::kLibpqxx, Engine::kPipelined); }

inline std::string NameOf(Engine engine) {
  return engine == Engine::kLibpqxx ? "Libpqxx" : "Pipelined";
}

inline std::string EngineName(const ::testing::TestParamInfo<Engine>& info) {
  return NameOf(info.param);
}

}  // namespace wissel::pg

#endif  // WISSEL_LIBS_PG_TEST_ENGINES_H_
