# Language level, warnings, sanitizers and the compiler cache, for every target of ours.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(BROKERAGE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them; empty for none")
if(BROKERAGE_SANITIZE)
  add_compile_options(-fsanitize=${BROKERAGE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -O1)
  add_link_options(-fsanitize=${BROKERAGE_SANITIZE})
endif()

# Warnings are errors in our own code; generated code is compiled without them (see protos.cmake).
add_library(brokerage_warnings INTERFACE)
target_compile_options(brokerage_warnings INTERFACE -Wall -Wextra -Wshadow -Werror)

# Compiled files are shared between build folders and clones: paths are made relative to the tree.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# Debug information of the tests is what makes linking slow; the release keeps none.
set(CMAKE_CXX_FLAGS_DEBUG "-g1 -O0")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()
