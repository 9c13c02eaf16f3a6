# Generated code: one library for Google's messages, one for our contract, and the descriptor set that buf lints.

# generate_protos(NAME ROOT dir FILES a.proto … [GRPC_FILES b.proto …] [IMPORTS dir …] [DEPS lib …])
#
# FILES are relative to ROOT and become messages; GRPC_FILES also become service stubs. Output paths mirror ROOT.
function(generate_protos name)
  cmake_parse_arguments(ARG "" "ROOT" "FILES;GRPC_FILES;IMPORTS;DEPS" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR})
  set(import_flags -I${ARG_ROOT})
  foreach(dir IN LISTS ARG_IMPORTS)
    list(APPEND import_flags -I${dir})
  endforeach()

  set(sources)
  foreach(file IN LISTS ARG_FILES ARG_GRPC_FILES)
    string(REGEX REPLACE "\\.proto$" "" stem ${file})
    set(outputs ${out}/${stem}.pb.cc ${out}/${stem}.pb.h)
    set(flags --cpp_out=${out})
    if(file IN_LIST ARG_GRPC_FILES)
      list(APPEND outputs ${out}/${stem}.grpc.pb.cc ${out}/${stem}.grpc.pb.h)
      list(APPEND flags --grpc_out=${out} --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>)
    endif()
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND protobuf::protoc ${import_flags} ${flags} ${file}
      DEPENDS ${ARG_ROOT}/${file}
      VERBATIM)
    list(APPEND sources ${outputs})
  endforeach()

  add_library(${name} STATIC ${sources})
  target_include_directories(${name} SYSTEM PUBLIC ${out})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
  target_compile_options(${name} PRIVATE -w)
endfunction()
