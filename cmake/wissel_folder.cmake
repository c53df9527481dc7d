# One call a folder. The suffix of a file says what it becomes:
#
#   name.cc        part of the folder's library wissel_<folder>
#   name_test.cc   part of <folder>_test     (needs nothing outside the process)
#   name_pgtest.cc part of <folder>_pgtest   (needs a real PostgreSQL; gets one from libs/testing)
#   name_bench.cc  a program <folder>_<name>_bench
#   name_fuzz.cc   a program <folder>_<name>_fuzz (libFuzzer; only in a sanitizer build)
#   main.cc        the program PROGRAM
#
# wissel_folder(LAYER <n> [LINKS <folder>...] [EXTERNAL <target>...] [PROGRAM <name>] [TEST_LINKS ...])
#
# LINKS names folders of a lower layer. A link upward or sideways stops the configuration.
# TEST_LINKS are folders that only the tests of this folder use; libs/testing is always among them.

set_property(GLOBAL PROPERTY WISSEL_LAYER_proto 0)

function(_wissel_check_links folder layer)
  foreach(link IN LISTS ARGN)
    get_property(lower GLOBAL PROPERTY WISSEL_LAYER_${link})
    if(lower STREQUAL "")
      message(FATAL_ERROR "${folder} (layer ${layer}) links ${link}, which is not built before it. "
        "A folder may only use folders of a lower layer.")
    endif()
    if(NOT link STREQUAL "proto" AND NOT lower LESS layer)
      message(FATAL_ERROR "${folder} (layer ${layer}) may not link ${link} (layer ${lower}): "
        "links go downward only. See docs/ARCHITECTURE.md.")
    endif()
  endforeach()
endfunction()

function(_wissel_targets out)
  set(targets)
  foreach(link IN LISTS ARGN)
    list(APPEND targets wissel_${link})
  endforeach()
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

function(wissel_folder)
  cmake_parse_arguments(ARG "" "LAYER;PROGRAM" "LINKS;EXTERNAL;TEST_LINKS" ${ARGN})
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  _wissel_check_links(${folder} ${ARG_LAYER} ${ARG_LINKS})
  set_property(GLOBAL PROPERTY WISSEL_LAYER_${folder} ${ARG_LAYER})
  _wissel_targets(links ${ARG_LINKS})
  _wissel_targets(test_links ${ARG_TEST_LINKS} testing)

  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  file(GLOB nested CONFIGURE_DEPENDS */*.cc)
  list(APPEND sources ${nested})
  set(tests ${sources})
  set(pgtests ${sources})
  set(benches ${sources})
  set(fuzzers ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER pgtests INCLUDE REGEX "_pgtest\\.cc$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cc$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")
  list(FILTER sources EXCLUDE REGEX "(_test|_pgtest|_bench|_fuzz|/main)\\.cc$")

  if(sources)
    add_library(wissel_${folder} STATIC ${sources})
    target_link_libraries(wissel_${folder} PUBLIC ${links} ${ARG_EXTERNAL} PRIVATE wissel_warnings)
    target_include_directories(wissel_${folder} PUBLIC ${CMAKE_SOURCE_DIR})
    wissel_use_precompiled(wissel_${folder})
  else()
    add_library(wissel_${folder} INTERFACE)
    target_link_libraries(wissel_${folder} INTERFACE ${links} ${ARG_EXTERNAL})
    target_include_directories(wissel_${folder} INTERFACE ${CMAKE_SOURCE_DIR})
  endif()

  if(ARG_PROGRAM)
    add_executable(${ARG_PROGRAM} main.cc)
    target_link_libraries(${ARG_PROGRAM} PRIVATE wissel_${folder} wissel_warnings)
  endif()
  if(tests)
    add_executable(${folder}_test ${tests})
    target_link_libraries(${folder}_test PRIVATE wissel_${folder} ${test_links} wissel_warnings
      GTest::gmock GTest::gtest_main)
    wissel_use_precompiled(${folder}_test TESTS)
    add_test(NAME ${folder}_test COMMAND ${folder}_test)
    set_property(TEST ${folder}_test PROPERTY LABELS unit)
  endif()
  if(pgtests)
    add_executable(${folder}_pgtest ${pgtests})
    target_link_libraries(${folder}_pgtest PRIVATE wissel_${folder} ${test_links} wissel_warnings
      GTest::gmock GTest::gtest_main)
    wissel_use_precompiled(${folder}_pgtest TESTS)
    add_test(NAME ${folder}_pgtest COMMAND ${folder}_pgtest)
    set_property(TEST ${folder}_pgtest PROPERTY LABELS postgres)
  endif()
  foreach(bench IN LISTS benches)
    get_filename_component(name ${bench} NAME_WE)
    add_executable(${folder}_${name} ${bench})
    target_link_libraries(${folder}_${name} PRIVATE wissel_${folder} ${test_links} wissel_warnings
      benchmark::benchmark)
    wissel_use_precompiled(${folder}_${name} TESTS)
  endforeach()
  if(WISSEL_SANITIZE MATCHES "address")
    foreach(fuzz IN LISTS fuzzers)
      get_filename_component(name ${fuzz} NAME_WE)
      add_executable(${folder}_${name} ${fuzz})
      target_link_libraries(${folder}_${name} PRIVATE wissel_${folder} wissel_warnings)
      target_link_options(${folder}_${name} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()
