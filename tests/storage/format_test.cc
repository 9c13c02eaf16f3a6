// Databases and backups of older versions open, with everything in them.
#include <filesystem>

#include "gtest/gtest.h"

#include "storage/rows.h"
#include "tests/storage/fixture.h"
#include "tests/storage/scratch.h"

namespace brokerage::storage::contract {
namespace {

namespace fs = std::filesystem;

struct OldVersion {
  uint64_t version;
  const char* directory;  // under the top of the tree, where tests run
  uint64_t epoch;
};

constexpr OldVersion kVersions[] = {{1, "tests/storage/testdata/v1", 2098530646783088751}};

TEST(FormatTest, EveryVersionHasAFixture) {
  ASSERT_EQ(std::size(kVersions), kFormatVersion - kOldestFormatVersion + 1);
  for (std::size_t i = 0; i < std::size(kVersions); ++i)
    EXPECT_EQ(kVersions[i].version, kOldestFormatVersion + i);
}

TEST(FormatTest, ADatabaseOfEveryKnownVersionOpensWhole) {
  for (const OldVersion& old : kVersions) {
    SCOPED_TRACE(old.directory);
    const ScratchDirectory scratch;
    RocksDbOptions options;
    options.path = scratch.path() + "/database";
    options.store.owner = kFixtureOwner;
    options.store.reserve.bytes = 0;
    fs::copy(old.directory, options.path, fs::copy_options::recursive);
    {
      const auto store = OpenRocksDb(options);
      ASSERT_TRUE(store.ok()) << store.status();
      EXPECT_EQ((*store)->GetHealth().revision.epoch, old.epoch);
      const absl::Status verdict = CheckFixture(**store);
      EXPECT_TRUE(verdict.ok()) << verdict;
      ASSERT_TRUE((*store)->Backup(scratch.path() + "/backup").ok());
    }
    // It is written to and opens again.
    EXPECT_EQ((*OpenRocksDb(options))->GetHealth().revision.sequence, 26U);
    options.path = scratch.path() + "/restored";
    ASSERT_TRUE(RestoreRocksDb(scratch.path() + "/backup", options).ok());
    EXPECT_EQ((*OpenRocksDb(options))->GetHealth().revision.sequence, 26U);
  }
}

// What is written today is what the fixtures' readers expect.
TEST(FormatTest, ADatabaseOfThisVersionIsTheFixturesEqual) {
  const ScratchDirectory scratch;
  RocksDbOptions options;
  options.path = scratch.path() + "/database";
  options.store.owner = kFixtureOwner;
  options.store.reserve.bytes = 0;
  const absl::Status written = WriteFixture(options);
  ASSERT_TRUE(written.ok()) << written;
  const absl::Status verdict = CheckFixture(**OpenRocksDb(options));
  EXPECT_TRUE(verdict.ok()) << verdict;
}

// The encodings of docs/storage-format.md, byte by byte.
TEST(FormatTest, RowsAreEncodedAsThePageSays) {
  EXPECT_EQ(EncodeNumber(0x0102030405060708), "\x01\x02\x03\x04\x05\x06\x07\x08");
  EXPECT_EQ(ChangeRow(1), std::string("c\0\0\0\0\0\0\0\1", 9));
  EXPECT_EQ(MetaRow("epoch"), "mepoch");
  EXPECT_EQ(RequestRow("id"), "rid");
  EXPECT_EQ(TableRow("key"), "tkey");
  EXPECT_EQ(EncodeVersioned(2, "value"), std::string("\0\0\0\0\0\0\0\2value", 13));
  CommitRequest request;
  request.request_id = "id";
  request.writes = {Write::Put("a", "value"), Write::Delete(std::string(258, 'b'))};
  EXPECT_EQ(EncodeChange(request), std::string("\0\2id\0\1a\1\2", 9) + std::string(258, 'b'));
}

}  // namespace
}  // namespace brokerage::storage::contract
