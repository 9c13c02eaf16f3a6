# embed_tables(TARGET NAMESPACE ns FILES a.csv …): text files built into a library.
#
# Each file becomes a function of NAMESPACE that answers its content as absl::string_view, named after the file:
# data/skill_groups.csv is SkillGroupsCsv(). The library's own header declares them.
function(embed_tables target)
  cmake_parse_arguments(ARG "" "NAMESPACE" "FILES" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_tables.cc)
  set(files)
  foreach(file IN LISTS ARG_FILES)
    list(APPEND files ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DNAMESPACE=${ARG_NAMESPACE} "-DFILES=${files}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
