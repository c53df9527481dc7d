# Most of the compiler's time goes to headers of gRPC, protobuf and Abseil. They are parsed twice:
# once for what goes into the program, once with GoogleTest for what goes into tests.
#
# CMake's own way of using a precompiled header names it by its absolute path, and what it holds
# names more of them, so that no two trees would share what ccache keeps. Here the path is one that
# ccache makes relative, and beside each stands a sum of all that was parsed, which ccache takes for
# the contents (CCACHE_PCH_EXTSUM).

option(WISSEL_PRECOMPILE "Parse the headers that most files use once" ON)

function(_wissel_precompile name header)
  set(pch ${CMAKE_BINARY_DIR}/CMakeFiles/${name}.dir/cmake_pch.hxx.pch)
  target_precompile_headers(${name} PRIVATE ${header})
  set_target_properties(${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
  add_custom_command(OUTPUT ${pch}.sum DEPENDS ${pch}
    COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -O2 -I${CMAKE_SOURCE_DIR} -E -P -dD -x c++ ${header} | sha256sum > ${pch}.sum)
  add_custom_target(${name}_sum DEPENDS ${pch}.sum)
endfunction()

if(WISSEL_PRECOMPILE)
  set(source ${CMAKE_BINARY_DIR}/precompiled.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "int main() {}\n")
  add_library(wissel_precompiled OBJECT ${source})
  target_link_libraries(wissel_precompiled PRIVATE gRPC::grpc++ protobuf::libprotobuf)
  _wissel_precompile(wissel_precompiled ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
  # A program, for its flags (-fPIE) must be those of the tests.
  add_executable(wissel_precompiled_tests EXCLUDE_FROM_ALL ${source})
  target_include_directories(wissel_precompiled_tests PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(wissel_precompiled_tests PRIVATE gRPC::grpc++ protobuf::libprotobuf GTest::gmock)
  _wissel_precompile(wissel_precompiled_tests ${CMAKE_SOURCE_DIR}/cmake/precompiled_tests.h)
endif()

# Compiles a library, or a program with TESTS, with the headers that are parsed already.
function(wissel_use_precompiled target)
  if(NOT WISSEL_PRECOMPILE)
    return()
  endif()
  set(name wissel_precompiled)
  if(ARGN STREQUAL "TESTS")
    set(name wissel_precompiled_tests)
  endif()
  set(pch ${CMAKE_BINARY_DIR}/CMakeFiles/${name}.dir/cmake_pch.hxx.pch)
  target_compile_options(${target} PRIVATE "SHELL:-Xclang -include-pch -Xclang ${pch}")
  get_target_property(sources ${target} SOURCES)
  set_source_files_properties(${sources} PROPERTIES OBJECT_DEPENDS "${pch};${pch}.sum")
endfunction()
