# Run by embed_tables() at build time: writes OUTPUT from FILES.

set(source "#include \"absl/strings/string_view.h\"\n\nnamespace ${NAMESPACE} {\n\n")
foreach(file IN LISTS FILES)
  get_filename_component(stem ${file} NAME_WE)
  string(REPLACE "_" ";" words ${stem})
  set(name "")
  foreach(word IN LISTS words)
    string(SUBSTRING ${word} 0 1 first)
    string(SUBSTRING ${word} 1 -1 others)
    string(TOUPPER ${first} first)
    string(APPEND name ${first}${others})
  endforeach()
  file(READ ${file} content)
  # The declaration first: a function without one would be a warning in some compilers.
  string(APPEND source "absl::string_view ${name}Csv();\n"
         "absl::string_view ${name}Csv() { return R\"table(${content})table\"; }\n\n")
endforeach()
string(APPEND source "}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUTPUT} "${source}")
