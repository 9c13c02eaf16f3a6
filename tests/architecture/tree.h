// The files of this tree.
#pragma once

#include <string>
#include <vector>

#include "tests/architecture/arrows.h"

namespace brokerage::architecture {

// Every file under `root` but what is built, fetched or hidden, by path. Of what is no text only the path.
std::vector<SourceFile> ReadTree(const std::string& root);

// The names of the folders at the top of `root`, in order, but what is built, fetched or hidden.
std::vector<std::string> TopFolders(const std::string& root);

}  // namespace brokerage::architecture
