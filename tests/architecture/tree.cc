#include "tests/architecture/tree.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/match.h"

#include "base/files.h"

namespace brokerage::architecture {
namespace {

bool IsSkipped(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return absl::StartsWith(name, ".") || name == "build" || name == "node_modules" || name == "__pycache__";
}

}  // namespace

std::vector<SourceFile> ReadTree(const std::string& root) {
  std::vector<SourceFile> files;
  for (auto it = std::filesystem::recursive_directory_iterator(root); it != decltype(it)(); ++it) {
    if (IsSkipped(it->path())) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    auto text = base::ReadFile(it->path().string());
    if (!text.ok()) continue;
    if (absl::StrContains(*text, '\0')) text->clear();  // a picture, say: it is there, and has no lines
    files.push_back({std::filesystem::relative(it->path(), root).string(), *std::move(text)});
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::vector<std::string> TopFolders(const std::string& root) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (entry.is_directory() && !IsSkipped(entry.path())) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace brokerage::architecture
