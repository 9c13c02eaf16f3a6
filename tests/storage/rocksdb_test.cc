// What is RocksDB's own: who may open a directory, and what is refused.
#include <filesystem>
#include <fstream>
#include <functional>
#include <sys/stat.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/db.h"

#include "storage/rocksdb_store.h"
#include "storage/rows.h"
#include "tests/storage/rocksdb_subject.h"
#include "tests/storage/scratch.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage {
namespace {

namespace fs = std::filesystem;
using contract::Put;
using contract::ValueAt;
using testing::HasSubstr;

class RocksDbTest : public testing::Test {
 protected:
  RocksDbTest() {
    options_.path = scratch_.path() + "/above/database";
    options_.store.owner = "matching";
    options_.store.reserve.bytes = 0;
  }

  // Changes the closed database behind the store's back.
  void Tamper(const std::function<rocksdb::Status(rocksdb::DB&)>& change) {
    rocksdb::Options raw;
    raw.create_if_missing = true;
    fs::create_directories(options_.path);
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(raw, options_.path, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    ASSERT_TRUE(change(*db).ok());
  }

  void Create() {
    auto store = OpenRocksDb(options_);
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE(Put(**store, "key", "value").ok());
  }

  contract::ScratchDirectory scratch_;
  RocksDbOptions options_;
};

TEST_F(RocksDbTest, TheDirectoryIsForItsUserOnly) {
  Create();
  struct stat facts = {};
  ASSERT_EQ(::stat(options_.path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700U);
}

TEST_F(RocksDbTest, OneAtATimeHasItOpen) {
  auto first = OpenRocksDb(options_);
  ASSERT_TRUE(first.ok());
  const auto second = OpenRocksDb(options_);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition) << second.status();
  EXPECT_THAT(second.status().message(), HasSubstr("in use"));
  EXPECT_TRUE(Put(**first, "key", "value").ok());
  first->reset();
  EXPECT_TRUE(OpenRocksDb(options_).ok());
}

TEST_F(RocksDbTest, AnothersDatabaseIsRefused) {
  Create();
  options_.store.owner = "registry";
  const auto opened = OpenRocksDb(options_);
  EXPECT_EQ(opened.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(opened.status().message(), HasSubstr("\"matching\""));
}

TEST_F(RocksDbTest, AFormatOfAnotherVersionIsRefused) {
  Create();
  for (const uint64_t version : {kOldestFormatVersion - 1, kFormatVersion + 1, kFormatVersion + 100}) {
    Tamper([&](rocksdb::DB& db) { return db.Put({}, MetaRow(kMetaFormat), EncodeNumber(version)); });
    const auto opened = OpenRocksDb(options_);
    EXPECT_EQ(opened.status().code(), absl::StatusCode::kFailedPrecondition) << version;
    EXPECT_THAT(opened.status().message(), HasSubstr("format version"));
  }
  Tamper([](rocksdb::DB& db) { return db.Put({}, MetaRow(kMetaFormat), EncodeNumber(kFormatVersion)); });
  const auto opened = OpenRocksDb(options_);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(*ValueAt(**opened, "key"), "value");
}

TEST_F(RocksDbTest, WhatIsNotOursIsRefusedAndLeftAsItIs) {
  Tamper([](rocksdb::DB& db) { return db.Put({}, "key", "of another program"); });
  EXPECT_EQ(OpenRocksDb(options_).status().code(), absl::StatusCode::kFailedPrecondition);
  Tamper([](rocksdb::DB& db) {
    std::string value;
    const rocksdb::Status status = db.Get({}, "key", &value);
    EXPECT_EQ(value, "of another program");
    return status;
  });
}

TEST_F(RocksDbTest, AFeedThatDoesNotEndWithTheLastCommitIsRefused) {
  const std::vector<std::function<rocksdb::Status(rocksdb::DB&)>> damages = {
      [](rocksdb::DB& db) { return db.Delete({}, ChangeRow(1)); },
      [](rocksdb::DB& db) { return db.Put({}, ChangeRow(2), "xx"); },
      [](rocksdb::DB& db) { return db.Put({}, MetaRow(kMetaSequence), EncodeNumber(0)); },
      [](rocksdb::DB& db) { return db.Put({}, MetaRow(kMetaSequence), EncodeNumber(5)); },
      [](rocksdb::DB& db) { return db.Put({}, MetaRow(kMetaSequence), "short"); },
      [](rocksdb::DB& db) { return db.Delete({}, MetaRow(kMetaSequence)); },
      [](rocksdb::DB& db) { return db.Delete({}, MetaRow(kMetaEpoch)); },
      [](rocksdb::DB& db) { return db.Put({}, MetaRow(kMetaCompacted), EncodeNumber(2)); },
  };
  for (std::size_t i = 0; i < damages.size(); ++i) {
    Create();
    Tamper(damages[i]);
    EXPECT_EQ(OpenRocksDb(options_).status().code(), absl::StatusCode::kDataLoss) << "damage " << i;
    fs::remove_all(options_.path);
  }
}

TEST_F(RocksDbTest, RowsThatMakeNoSenseAreDataLoss) {
  Create();
  Tamper([](rocksdb::DB& db) { return db.Put({}, TableRow("key"), "short"); });
  Tamper([](rocksdb::DB& db) { return db.Put({}, ChangeRow(1), std::string("\0\0\0\x09key", 7)); });
  const auto opened = OpenRocksDb(options_);
  ASSERT_TRUE(opened.ok());
  EXPECT_TRUE(absl::IsDataLoss((*opened)->Get("key").status()));
  EXPECT_TRUE(absl::IsDataLoss((*opened)->Scan("", "", 10).status()));
  EXPECT_TRUE(absl::IsDataLoss(contract::ReadTable(**opened).status()));
  EXPECT_TRUE(absl::IsDataLoss(contract::PutIf(**opened, {Guard::Absent("key")}, "other", "x").status()));
  const Revision start = {(*opened)->GetHealth().revision.epoch, 0};
  EXPECT_TRUE(absl::IsDataLoss(contract::ReadFeed(**opened, start, 1).status()));
  // Others are not touched by it.
  EXPECT_TRUE(Put(**opened, "other", "x").ok());
}

TEST_F(RocksDbTest, ARestoreGoesWhereNothingIs) {
  Create();
  const std::string backup = scratch_.path() + "/backup";
  ASSERT_TRUE((*OpenRocksDb(options_))->Backup(backup).ok());
  EXPECT_EQ(RestoreRocksDb(backup, options_).status().code(), absl::StatusCode::kAlreadyExists);
  RocksDbOptions target = options_;
  target.path = scratch_.path() + "/file";
  std::ofstream(target.path) << "content";
  EXPECT_EQ(RestoreRocksDb(backup, target).status().code(), absl::StatusCode::kAlreadyExists);
  target.path = scratch_.path() + "/empty";
  fs::create_directory(target.path);
  EXPECT_TRUE(RestoreRocksDb(backup, target).ok());
  EXPECT_EQ(*ValueAt(**OpenRocksDb(target), "key"), "value");
  // New directories on the way are made.
  target.path = scratch_.path() + "/new/also/database/";
  EXPECT_TRUE(RestoreRocksDb(backup, target).ok());
  EXPECT_EQ(*ValueAt(**OpenRocksDb(target), "key"), "value");
}

TEST_F(RocksDbTest, AnothersBackupIsNotRestored) {
  Create();
  const std::string backup = scratch_.path() + "/backup";
  ASSERT_TRUE((*OpenRocksDb(options_))->Backup(backup).ok());
  RocksDbOptions target = options_;
  target.path = scratch_.path() + "/target";
  target.store.owner = "registry";
  EXPECT_EQ(RestoreRocksDb(backup, target).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(RestoreRocksDb(scratch_.path() + "/nothing", target).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_FALSE(fs::exists(target.path));
}

// A backup must not share bytes with the database: damage to one would be damage to both.
TEST_F(RocksDbTest, ABackupSharesNoFileWithTheDatabase) {
  Create();
  const std::string backup = scratch_.path() + "/backup";
  ASSERT_TRUE((*OpenRocksDb(options_))->Backup(backup).ok());
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(backup)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    EXPECT_EQ(entry.hard_link_count(), 1U) << entry.path();
  }
  EXPECT_GE(files, 4);
}

// Errors of flushes and compactions, which no commit waits for, are final too.
TEST_F(RocksDbTest, AWriteErrorBehindTheScenesIsFinal) {
  contract::RocksDbSubject subject;
  subject.options().write_buffer_bytes = 64 * 1024;
  ASSERT_TRUE(subject.Reopen().ok());
  subject.files().FailNewFiles(".sst");
  absl::Status status;
  int written = 0;
  while (status.ok() && written < 10'000) {
    status = Put(subject.store(), absl::StrCat("key", written++), std::string(1'000, 'x')).status();
  }
  EXPECT_TRUE(absl::IsUnknown(status) || absl::IsUnavailable(status)) << status;
  EXPECT_TRUE(absl::IsUnavailable(subject.store().GetHealth().status));
  EXPECT_EQ(*ValueAt(subject.store(), "key0"), std::string(1'000, 'x'));
  ASSERT_TRUE(subject.Reopen().ok());
  // Closing waited for whoever was telling of the error.
  EXPECT_EQ(subject.fatal_calls(), 1);
  EXPECT_EQ(*ValueAt(subject.store(), absl::StrCat("key", written - 2)), std::string(1'000, 'x'));
}

}  // namespace
}  // namespace brokerage::storage
