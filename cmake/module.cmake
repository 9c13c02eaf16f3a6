# One library per folder, one test program per folder of tests/.

# module(NAME SOURCES a.cc … [DEPS lib …] [PRIVATE_DEPS lib …])
#
# A static library of this folder's sources. DEPS are seen by who links it, PRIVATE_DEPS are not.
# Without SOURCES the library is headers only. Includes are written from the top of the tree.
function(module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS} brokerage_warnings)
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
endfunction()

# program(NAME SOURCES a.cc … DEPS lib …): an executable of ours.
function(program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} brokerage_warnings)
endfunction()

# The tests that run under tsan, for building them alone.
add_custom_target(concurrency_tests)

# test_module(NAME SOURCES a_test.cc … DEPS lib … [TIMEOUT seconds] [LABELS label …])
#
# A GoogleTest program; every TEST is a test of CTest's. TIMEOUT is a guard against hanging, never a measurement.
# Labels choose what a preset runs: "concurrency" runs under tsan.
function(test_module name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  program(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  if("concurrency" IN_LIST ARG_LABELS)
    add_dependencies(concurrency_tests ${name})
  endif()
  gtest_discover_tests(${name}
    DISCOVERY_MODE PRE_TEST
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()

# uses_regular_expressions(FILES...): sources of the present folder that include <regex>.
#
# GCC 12 takes the library's own states for uninitialised where AddressSanitizer is built in.
function(uses_regular_expressions)
  if(BROKERAGE_SANITIZE)
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -Wno-maybe-uninitialized)
  endif()
endfunction()
