#include "tests/support/real_data.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace wissel::testing {

std::string RealData(const std::string& name) {
  const std::string path = std::string(WISSEL_SOURCE_DIR) + "/../shared/data/" + name;
  if (std::filesystem::exists(path)) return path;
  if (std::getenv("CI") != nullptr) {
    ADD_FAILURE() << "the file ../shared/data/" << name
                  << " is missing: put the shared data beside the project";
  }
  return "";
}

}  // namespace wissel::testing
