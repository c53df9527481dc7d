# Compiler settings and the packages every folder may link. Nothing here is specific to one folder.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Assertions stay on in release: a broken invariant must stop the process, not corrupt a figure.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -D_FORTIFY_SOURCE=3")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

# What is installed parses what strangers send. A fault in memory must end the process, not serve who
# found it. tests/integration/hardening.test.mjs looks for each of these in the binary.
include(CheckPIESupported)
check_pie_supported()
add_compile_options(-fstack-protector-strong)
add_link_options(LINKER:-z,relro,-z,now,-z,noexecstack)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  add_compile_options(-fcf-protection=full -fstack-clash-protection)
endif()

set(WISSEL_SANITIZE "" CACHE STRING "Sanitizers for the whole tree, as for -fsanitize=")
if(WISSEL_SANITIZE)
  add_compile_options(-fsanitize=${WISSEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # Debian's protobuf and gRPC carry no type information for vptr checks across libraries.
  add_compile_options(-fno-sanitize=vptr)
  add_link_options(-fsanitize=${WISSEL_SANITIZE})
endif()

find_program(WISSEL_CCACHE ccache)
if(WISSEL_CCACHE)
  # Paths relative to the tree, so that every build directory and checkout shares one cache.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_PCH_EXTSUM=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${WISSEL_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
find_program(WISSEL_MOLD mold)
if(WISSEL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(pqxx REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
# The name by which gRPC asks for it; a first configuration has it from gRPC's own search.
if(NOT TARGET re2::re2)
  add_library(re2::re2 ALIAS PkgConfig::re2)
endif()

# Warnings for our own code; generated code is compiled without them.
add_library(wissel_warnings INTERFACE)
target_compile_options(wissel_warnings INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wno-unused-parameter
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety -Wthread-safety-beta>)
