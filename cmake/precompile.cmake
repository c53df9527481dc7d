# Most of the compiler's time goes to headers of gRPC, protobuf and Abseil. They are parsed twice:
# once for what goes into the program, once with GoogleTest for what goes into tests.

option(WISSEL_PRECOMPILE "Parse the headers that most files use once" ON)

function(_wissel_precompiled name)
  set(source ${CMAKE_BINARY_DIR}/precompiled/${name}.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "")
  if(name STREQUAL "wissel_precompiled")
    add_library(${name} OBJECT ${source})
  else()
    # An executable, for its flags (-fPIE) must be those of the tests.
    file(CONFIGURE OUTPUT ${source} CONTENT "int main() {}\n")
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
  endif()
  target_link_libraries(${name} PRIVATE ${ARGN})
  # It holds the paths of this tree, so it may not come from a cache that other trees fill.
  set_target_properties(${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
  target_precompile_headers(${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
endfunction()

if(WISSEL_PRECOMPILE)
  _wissel_precompiled(wissel_precompiled gRPC::grpc++ protobuf::libprotobuf)
  _wissel_precompiled(wissel_precompiled_tests gRPC::grpc++ protobuf::libprotobuf GTest::gmock)
  target_precompile_headers(wissel_precompiled_tests PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
endif()

# Compiles a library, or a program with TESTS, with the headers that are parsed already.
function(wissel_use_precompiled target)
  if(ARGN STREQUAL "TESTS" AND TARGET wissel_precompiled_tests)
    target_precompile_headers(${target} REUSE_FROM wissel_precompiled_tests)
  elseif(TARGET wissel_precompiled)
    target_precompile_headers(${target} REUSE_FROM wissel_precompiled)
  endif()
endfunction()
