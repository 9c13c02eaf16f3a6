// Which folder may include what: the table of docs/architecture.md as data, and what breaks it.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace brokerage::architecture {

// A source file: its path from the top of the tree ("matcher/pair.cc"), and its text.
struct SourceFile {
  std::string path;
  std::string text;
};

// Something that breaks a rule of the house.
struct Fault {
  std::string path;
  int line = 0;  // from 1; 0: the file as a whole
  std::string what;

  friend bool operator==(const Fault&, const Fault&) = default;
};

// The room that a file of the tree belongs to ("services/matching/convert"), or "" when it is in none.
std::string RoomOf(absl::string_view path);

// What kind of thing an include names: a room of the tree, or one of the kinds of the table ("absl", "stubs",
// "grpc" …);
// "" when it is neither. `include` is the name between the quotes or brackets.
std::string KindOf(absl::string_view include);

// The arrows of `file` that the table forbids. Includes that are no kind of thing we know count as forbidden,
// so that a new dependency is written into the table first.
std::vector<Fault> ForbiddenArrows(const SourceFile& file);

// Headers of a storage engine that more than one source file of a room includes: those files.
std::vector<Fault> SpreadEngines(const std::vector<SourceFile>& files);

}  // namespace brokerage::architecture
