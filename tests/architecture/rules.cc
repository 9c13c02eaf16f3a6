#include "tests/architecture/rules.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace brokerage::architecture {
namespace {

// Files that may be longer than kMaxLines, each with its reason.
const std::map<std::string, absl::string_view>& LongWithReason() {
  static const auto& reasons = *new std::map<std::string, absl::string_view>{};
  return reasons;
}

// The words, written so that this file does not hold them.
const std::regex& Unfinished() {
  static const auto& words = *new std::regex(
      "\\b(TO"
      "DO|FIX"
      "ME|X"
      "XX|HA"
      "CK|not implement"
      "ed|unimplement"
      "ed|place"
      "holder|for n"
      "ow|stub"
      "bed)\\b",
      std::regex::icase | std::regex::optimize);
  return words;
}

// Calls and words that hold one of those words without meaning it.
bool IsMeantOtherwise(absl::string_view line) {
  return absl::StrContains(line,
                           "kUnimplement"
                           "ed") ||
         absl::StrContains(line,
                           "UNIMPLEMENT"
                           "ED") ||
         absl::StrContains(line,
                           "Code.Unimplement"
                           "ed") ||
         absl::StrContains(line,
                           "place"
                           "holder=");
}

template <typename Holds>
std::vector<Fault> LinesThat(const SourceFile& file, const Holds& why) {
  std::vector<Fault> faults;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++number;
    std::string what = why(line);
    if (!what.empty()) faults.push_back({file.path, number, std::move(what)});
  }
  return faults;
}

}  // namespace

bool IsCode(absl::string_view path) {
  static constexpr absl::string_view kEndings[] = {".cc", ".h",     ".proto", ".py", ".sh",
                                                   ".ts", ".cmake", ".mjs",   ".js", "CMakeLists.txt"};
  const absl::string_view name = path.substr(path.rfind('/') + 1);
  return !absl::StrContains(name, '.') ||
         std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](absl::string_view ending) { return absl::EndsWith(path, ending); });
}

std::vector<Fault> LargeFiles(const std::vector<SourceFile>& files) {
  std::vector<Fault> faults;
  for (const SourceFile& file : files) {
    if (!IsCode(file.path) || file.path == "LICENSE") continue;
    const auto lines = std::count(file.text.begin(), file.text.end(), '\n');
    if (lines <= kMaxLines || LongWithReason().contains(file.path)) continue;
    faults.push_back({file.path, 0, absl::StrCat("has ", lines, " lines")});
  }
  return faults;
}

std::vector<Fault> UnfinishedWords(const SourceFile& file) {
  if (!IsCode(file.path)) return {};
  return LinesThat(file, [](absl::string_view line) -> std::string {
    std::cmatch match;
    if (!std::regex_search(line.data(), line.data() + line.size(), match, Unfinished())) return "";
    return IsMeantOtherwise(line) ? "" : absl::StrCat("says \"", match.str(), "\"");
  });
}

std::vector<Fault> UnguardedHeaders(const SourceFile& file) {
  if (!absl::EndsWith(file.path, ".h") || absl::StrContains(file.text, "#pragma once\n")) return {};
  return {{file.path, 0, "has no #pragma once"}};
}

std::vector<Fault> ClockReads(const SourceFile& file) {
  const std::string room = RoomOf(file.path);
  if (room != "matcher" && room != "schedule") return {};
  return LinesThat(file, [](absl::string_view line) -> std::string {
    if (!absl::StrContains(line, "::now(") && !absl::StrContains(line, "absl::Now(")) return "";
    return "reads a clock: the moment is given to this room";
  });
}

std::vector<Fault> BrokenLinks(const std::vector<SourceFile>& files) {
  std::set<std::string> present;
  for (const SourceFile& file : files) {
    for (std::filesystem::path path = file.path; !path.empty(); path = path.parent_path())
      present.insert(path);
  }
  static const auto& link = *new std::regex("\\]\\(([^)#: ]+)(#[^)]*)?\\)");
  std::vector<Fault> faults;
  for (const SourceFile& file : files) {
    if (!absl::EndsWith(file.path, ".md")) continue;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), link), end; it != end; ++it) {
      const std::filesystem::path folder = std::filesystem::path(file.path).parent_path();
      const std::string target = (folder / (*it)[1].str()).lexically_normal().string();
      if (present.contains(target)) continue;
      const auto line = 1 + std::count(file.text.begin(), file.text.begin() + it->position(), '\n');
      faults.push_back(
          {file.path, static_cast<int>(line), absl::StrCat("links to ", target, ", which is not there")});
    }
  }
  return faults;
}

}  // namespace brokerage::architecture
