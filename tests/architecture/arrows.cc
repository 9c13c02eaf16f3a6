#include "tests/architecture/arrows.h"

#include <algorithm>
#include <map>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace brokerage::architecture {
namespace {

struct Room {
  // Files under this folder belong here, unless a room with a longer name claims them.
  absl::string_view folder;
  // Kinds and rooms that any file may include; its own room always.
  std::vector<absl::string_view> anywhere;
  // Kinds that only .cc files may include: they stay inside.
  std::vector<absl::string_view> inside = {};
};

constexpr absl::string_view kEverything = "*";

// The table. "storage" is the port and what is typed over it: kEngineHeaders are for main.cc alone. "std" is
// the language's library without input, output and clocks, which are "io" and "clock"; "messages" are those
// of the public contract, "stubs" its services.
const std::vector<Room>& Rooms() {
  static const auto& rooms = *new std::vector<Room>{
      {"base",
       {"std", "io", "clock", "absl", "absl/time", "google/rpc"},
       {"protobuf", "posix", "openssl", "utf8proc", "libcsv", "json"}},
      {"matcher", {"std", "absl", "highway"}, {"pages of memory"}},
      {"schedule", {"std", "absl", "absl/time"}, {"libical"}},
      {"reference", {"std", "io", "absl", "absl/time", "base"}, {"proj", "posix"}},
      {"storage",
       {"std", "io", "clock", "absl", "absl/time", "base", "protobuf", "messages", "storage messages"},
       {"posix", "rocksdb"}},
      {"services/rpc",
       {"std", "clock", "absl", "absl/time", "base", "protobuf", "google/rpc", "messages", "stubs", "grpc",
        "prometheus", "storage", "storage messages"},
       {"io", "posix", "cli11"}},
      {"services/places", {"std", "absl", "base", "protobuf", "messages", "reference"}},
      {"services/matching/convert",
       {"std", "absl", "absl/time", "base", "protobuf", "protozero", "messages", "matcher", "schedule",
        "reference"}},
      {"services/matching",
       {"std", "io", "clock", "absl", "absl/time", "base", "protobuf", "google/rpc", "messages", "stubs",
        "grpc", "services/rpc", "services/places", "storage", "storage messages", "reference", "matcher",
        "schedule", "services/matching/convert"},
       {"posix", "pages of memory", "cli11", "prometheus"}},
      {"services/registry",
       {"std", "io", "clock", "absl", "absl/time", "base", "protobuf", "google/rpc", "messages", "stubs",
        "grpc", "services/rpc", "services/places", "storage", "storage messages", "reference"},
       {"posix", "cli11", "prometheus"}},
      {"apps/cli/client",
       {"std", "io", "clock", "absl", "absl/time", "base", "protobuf", "google/rpc", "messages", "stubs",
        "grpc"},
       {"posix"}},
      {"apps/cli",
       {"apps/cli/client", "std", "io", "clock", "absl", "absl/time", "base", "protobuf", "google/rpc",
        "messages", "stubs", "grpc", "reference", "cli11", "json"},
       {"posix"}},
      {"apps/demo",
       {"apps/cli/client", "std", "io", "clock", "absl", "absl/time", "base", "protobuf", "google/rpc",
        "messages", "stubs", "grpc", "reference", "cli11", "json"},
       {"posix"}},
      {"deploy", {"std", "io", "clock", "absl", "absl/time", "stubs", "grpc"}},
      {"bench", {kEverything}},
      {"tests", {kEverything}},
  };
  return rooms;
}

// Only a service's main names a concrete engine.
constexpr absl::string_view kEngineHeaders[] = {"storage/memory_store.h", "storage/rocksdb_store.h"};

// Includes by how their names begin; the longest counts.
const std::map<absl::string_view, absl::string_view>& KindsByPrefix() {
  static const auto& kinds = *new std::map<absl::string_view, absl::string_view>{
      {"absl/", "absl"},
      {"absl/time/", "absl/time"},
      {"brokerage/common/v1/", "messages"},
      {"brokerage/matching/v1/", "messages"},
      {"brokerage/registry/v1/", "messages"},
      {"brokerage/storage/v1/", "storage messages"},
      {"google/protobuf/", "protobuf"},
      {"google/rpc/", "google/rpc"},
      {"grpc/", "grpc"},
      {"grpc/health/v1/", "stubs"},
      {"grpcpp/", "grpc"},
      {"rocksdb/", "rocksdb"},
      {"hwy/", "highway"},
      {"libical/", "libical"},
      {"openssl/", "openssl"},
      {"utf8proc.h", "utf8proc"},
      {"csv.h", "libcsv"},
      {"protozero/", "protozero"},
      {"nlohmann/", "json"},
      {"CLI/", "cli11"},
      {"prometheus/", "prometheus"},
      {"proj.h", "proj"},
      {"gtest/", "test libraries"},
      {"gmock/", "test libraries"},
      {"benchmark/", "test libraries"},
      {"sys/", "posix"},
      {"malloc.h", "pages of memory"},
      {"sys/mman.h", "pages of memory"},
      {"netinet/", "posix"},
      {"arpa/", "posix"},
  };
  return kinds;
}

constexpr absl::string_view kIoHeaders[] = {"cstdio",   "filesystem", "fstream", "iomanip",
                                            "iostream", "istream",    "ostream", "sstream",
                                            "iosfwd",   "locale",     "stdio.h", "syncstream"};
constexpr absl::string_view kClockHeaders[] = {"ctime", "time.h"};

bool Contains(const std::vector<absl::string_view>& list, absl::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

const Room* FindRoom(absl::string_view path) {
  const Room* found = nullptr;
  for (const Room& room : Rooms()) {
    if (!absl::StartsWith(path, absl::StrCat(room.folder, "/"))) continue;
    if (found == nullptr || room.folder.size() > found->folder.size()) found = &room;
  }
  return found;
}

// The name that an include line names, without its quotes or brackets.
std::optional<absl::string_view> IncludedBy(absl::string_view line) {
  line = absl::StripLeadingAsciiWhitespace(line);
  if (!absl::ConsumePrefix(&line, "#")) return std::nullopt;
  line = absl::StripLeadingAsciiWhitespace(line);
  if (!absl::ConsumePrefix(&line, "include")) return std::nullopt;
  line = absl::StripLeadingAsciiWhitespace(line);
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return absl::string_view();
  const std::size_t end = line.find(line[0] == '"' ? '"' : '>', 1);
  if (end == absl::string_view::npos) return absl::string_view();
  return line.substr(1, end - 1);
}

// Why `room` may not include `include` from `path`; empty when it may.
std::string WhyForbidden(const Room& room, absl::string_view path, absl::string_view include) {
  const std::string kind = KindOf(include);
  if (kind.empty()) return absl::StrCat("includes ", include, ", which the table does not know");
  if (Contains(room.anywhere, kEverything)) return "";
  const bool names_engine =
      std::find(std::begin(kEngineHeaders), std::end(kEngineHeaders), include) != std::end(kEngineHeaders);
  if (names_engine && room.folder != "storage" && !absl::EndsWith(path, "/main.cc")) {
    return absl::StrCat("includes ", include, ": only main.cc names an engine");
  }
  if (kind == room.folder || Contains(room.anywhere, kind)) return "";
  if (Contains(room.inside, kind)) {
    if (absl::EndsWith(path, ".cc")) return "";
    return absl::StrCat("includes ", include, " in a header: ", room.folder, " keeps ", kind, " inside");
  }
  return absl::StrCat("includes ", include, ": ", room.folder, " may not include ", kind);
}

}  // namespace

std::string RoomOf(absl::string_view path) {
  const Room* room = FindRoom(path);
  return room == nullptr ? "" : std::string(room->folder);
}

std::string KindOf(absl::string_view include) {
  if (absl::StrContains(include, "..")) return "";
  if (absl::EndsWith(include, ".grpc.pb.h")) return "stubs";
  absl::string_view found;
  absl::string_view kind;
  for (const auto& [prefix, its_kind] : KindsByPrefix()) {
    if (absl::StartsWith(include, prefix) && prefix.size() > found.size()) {
      found = prefix;
      kind = its_kind;
    }
  }
  if (!kind.empty()) return std::string(kind);
  if (absl::StrContains(include, '/')) return RoomOf(include);
  const auto is = [&](const auto& headers) {
    return std::find(std::begin(headers), std::end(headers), include) != std::end(headers);
  };
  if (is(kIoHeaders)) return "io";
  if (is(kClockHeaders)) return "clock";
  return absl::EndsWith(include, ".h") ? "posix" : "std";
}

std::vector<Fault> ForbiddenArrows(const SourceFile& file) {
  const Room* room = FindRoom(file.path);
  if (room == nullptr) return {{file.path, 0, "is in no room of the table"}};
  std::vector<Fault> faults;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
    ++number;
    const std::optional<absl::string_view> include = IncludedBy(line);
    if (!include.has_value()) continue;
    std::string why = WhyForbidden(*room, file.path, *include);
    if (!why.empty()) faults.push_back({file.path, number, std::move(why)});
  }
  return faults;
}

std::vector<Fault> SpreadEngines(const std::vector<SourceFile>& files) {
  std::vector<Fault> users;
  for (const SourceFile& file : files) {
    const std::string room = RoomOf(file.path);
    if (room == "tests" || room == "bench") continue;
    for (absl::string_view line : absl::StrSplit(file.text, '\n')) {
      const std::optional<absl::string_view> include = IncludedBy(line);
      if (!include.has_value() || KindOf(*include) != "rocksdb") continue;
      users.push_back({file.path, 0, "includes rocksdb/, as another file does"});
      break;
    }
  }
  return users.size() > 1 ? users : std::vector<Fault>();
}

}  // namespace brokerage::architecture
