// Writes the fixture of the present format version into the new directory of its argument:
//   storage_make_fixture tests/storage/testdata/v1
// Then put the epoch that it prints into format_test.cc. A fixture is never written anew: its version is
// history.
#include <cstdio>
#include <filesystem>

#include "absl/strings/match.h"

#include "tests/storage/fixture.h"

int main(int argc, char** argv) {
  using namespace brokerage::storage;  // NOLINT: a main of a test
  if (argc != 2 || std::filesystem::exists(argv[1])) {
    std::fprintf(stderr, "usage: storage_make_fixture NEW-DIRECTORY\n");
    return 2;
  }
  RocksDbOptions options;
  options.path = argv[1];
  options.store.owner = contract::kFixtureOwner;
  options.store.reserve.bytes = 0;
  if (const absl::Status status = contract::WriteFixture(options); !status.ok()) {
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
    return 1;
  }
  const std::string copy = options.path + ".opened";
  std::filesystem::copy(options.path, copy, std::filesystem::copy_options::recursive);
  // What RocksDB writes about this machine, and what it makes anew.
  for (const auto& entry : std::filesystem::directory_iterator(options.path)) {
    const std::string name = entry.path().filename().string();
    if (absl::StartsWith(name, "LOG") || absl::StartsWith(name, "OPTIONS") || name == "LOCK") {
      std::filesystem::remove(entry.path());
    }
  }
  options.path = copy;
  {
    const auto store = OpenRocksDb(options);
    if (!store.ok()) return 1;
    std::printf("epoch %llu\n", static_cast<unsigned long long>((*store)->GetHealth().revision.epoch));
  }
  std::filesystem::remove_all(copy);
  return 0;
}
