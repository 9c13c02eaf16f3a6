// Rules of the house that a text can break, other than its includes.
#pragma once

#include <string>
#include <vector>

#include "tests/architecture/arrows.h"

namespace brokerage::architecture {

// A file of more lines is two rooms.
inline constexpr int kMaxLines = 400;

// Files of code with more than kMaxLines lines. Tables of facts are not code.
std::vector<Fault> LargeFiles(const std::vector<SourceFile>& files);

// Words that say that something is unfinished. Documentation may use them; code, contract and scripts may
// not.
std::vector<Fault> UnfinishedWords(const SourceFile& file);

// Headers without `#pragma once`.
std::vector<Fault> UnguardedHeaders(const SourceFile& file);

// A clock read in a room that has none.
std::vector<Fault> ClockReads(const SourceFile& file);

// Links of a document to files that are not in the tree. `files` is the whole tree.
std::vector<Fault> BrokenLinks(const std::vector<SourceFile>& files);

// Whether the file is code, contract or script of ours, by its name.
bool IsCode(absl::string_view path);

}  // namespace brokerage::architecture
