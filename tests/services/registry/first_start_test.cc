// The first start and later ones: what is begun, what stays, what a restore changes.

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/strings/ascii.h"

#include "base/files.h"
#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "services/registry/bootstrap.h"
#include "services/rpc/credentials.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/rocksdb_store.h"
#include "storage/typed.h"
#include "tests/services/registry/watcher.h"
#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using storage::contract::ScratchDirectory;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

unsigned ModeOf(const std::string& path) {
  struct stat found {};
  EXPECT_EQ(::stat(path.c_str(), &found), 0) << path;
  return found.st_mode & 0777;
}

std::string Read(const std::string& path) { return base::ReadFile(path).value_or(""); }

absl::Status Begin(storage::Store& store, const std::string& directory, const std::string& lead = "ashford") {
  const support::ManualClock clock(kNow);
  return Bootstrap(store, reference::KentDistricts(), clock, {lead, directory});
}

TEST(FirstStart, WritesTwoSecretsForTheirOwnerOnly) {
  const auto store = storage::NewMemoryStore();
  const ScratchDirectory scratch;
  const std::string directory = scratch.path() + "/data/credentials";
  ASSERT_TRUE(Begin(*store, directory).ok());
  EXPECT_EQ(ModeOf(directory), 0700u);
  for (const char* file : {"lead.token", "matching-service.token"}) {
    EXPECT_EQ(ModeOf(directory + "/" + file), 0600u) << file;
    EXPECT_THAT(Read(directory + "/" + file),
                ::testing::MatchesRegex("vb_ashford_[0-9a-v]{26}_[0-9a-f]{64}\n"))
        << file;
  }
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory)) ++files;
  EXPECT_EQ(files, 2) << "no temporary file is left";
}

TEST(FirstStart, HappensOnce) {
  const auto store = storage::NewMemoryStore();
  const ScratchDirectory scratch;
  ASSERT_TRUE(Begin(*store, scratch.path()).ok());
  const std::string token = Read(scratch.path() + "/lead.token");
  const auto sequence = store->GetHealth().revision.sequence;
  ASSERT_TRUE(Begin(*store, scratch.path(), "dover").ok());
  EXPECT_EQ(Read(scratch.path() + "/lead.token"), token);
  EXPECT_EQ(store->GetHealth().revision.sequence, sequence);
  // The files are not needed again either.
  std::filesystem::remove(scratch.path() + "/lead.token");
  ASSERT_TRUE(Begin(*store, scratch.path()).ok());
  EXPECT_FALSE(std::filesystem::exists(scratch.path() + "/lead.token"));
}

TEST(FirstStart, WhatACrashLeftIsReplaced) {
  const ScratchDirectory scratch;
  const auto memory = storage::NewMemoryStore();
  storage::FaultyStore faulty(*memory, 1);
  storage::Faults faults;
  faults.refused_commits = 10'000;
  faulty.Set(faults);
  EXPECT_FALSE(Begin(faulty, scratch.path()).ok());
  const std::string left = Read(scratch.path() + "/lead.token");
  EXPECT_THAT(left, ::testing::Not(IsEmpty())) << "the secrets are written before the commit";
  faulty.Set({});
  ASSERT_TRUE(Begin(faulty, scratch.path()).ok());
  EXPECT_NE(Read(scratch.path() + "/lead.token"), left);
  World world({.store = memory.get()});
  EXPECT_EQ(Outline(List(world.WithToken(
                             std::string(absl::StripAsciiWhitespace(Read(scratch.path() + "/lead.token")))),
                         "")),
            "OK");
}

TEST(FirstStart, SecretsThatCannotBeWrittenLeaveTheStoreEmpty) {
  const auto store = storage::NewMemoryStore();
  const ScratchDirectory scratch;
  ASSERT_TRUE(base::WriteFileAtomically(scratch.path() + "/taken", "a file").ok());
  EXPECT_FALSE(Begin(*store, scratch.path() + "/taken").ok());
  EXPECT_EQ(store->GetHealth().revision.sequence, 0u);
}

TEST(FirstStart, TheLeadCentreIsNamedByItsId) {
  const ScratchDirectory scratch;
  for (const char* id : {"Ashford", "", "a b", "-", "ashford/"}) {
    EXPECT_FALSE(Begin(*storage::NewMemoryStore(), scratch.path(), id).ok()) << id;
  }
  const auto store = storage::NewMemoryStore();
  ASSERT_TRUE(Begin(*store, scratch.path(), "folkestone-and-hythe").ok());
  const storage::Table<storage::v1::CentreRecord> centres(*store, storage::kCentres);
  EXPECT_THAT((*centres.Get("centres/folkestone-and-hythe"))->message.centre(),
              Holds("display_name: 'Folkestone and Hythe Volunteer Centre' lead: true districts: "
                    "'districts/E07000112'"));
  const auto elsewhere = storage::NewMemoryStore();
  ASSERT_TRUE(Begin(*elsewhere, scratch.path(), "wessex").ok());
  const storage::Table<storage::v1::CentreRecord> others(*elsewhere, storage::kCentres);
  EXPECT_THAT((*others.Get("centres/wessex"))->message.centre(),
              Holds("display_name: 'wessex Volunteer Centre'"));
}

class OnDiskTest : public ::testing::Test {
 protected:
  storage::RocksDbOptions Options(const std::string& name) const {
    storage::RocksDbOptions options;
    options.path = scratch_.path() + "/" + name;
    options.store.owner = "registry";
    return options;
  }

  ScratchDirectory scratch_;
};

TEST_F(OnDiskTest, EverythingIsThereAfterARestart) {
  constexpr char kId[] = "request_id: '6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d'";
  std::string lead;
  std::string revoked;
  std::string revision;
  v1::Organisation made;
  {
    const auto store = storage::OpenRocksDb(Options("db"));
    ASSERT_TRUE(store.ok()) << store.status();
    World world({.store = store->get()});
    lead = world.lead_token();
    made = *Create(world.Lead(), kCharity, kId);
    const auto credential = CreateCredential(world.Lead(), kDover, "display_name: 'A' role: ROLE_READER");
    revoked = credential->secret();
    v1::RevokeCredentialRequest revoke;
    revoke.set_name(credential->name());
    ASSERT_TRUE(world.Lead().Call(&Centres::RevokeCredential, revoke).ok());
    OrganisationWatcher watcher(world, world.service_token());
    watcher.ReadSnapshot();
    revision = watcher.last_revision();
  }
  const auto store = storage::OpenRocksDb(Options("db"));
  ASSERT_TRUE(store.ok()) << store.status();
  World world({.store = store->get()});
  const Client client = world.WithToken(lead);
  EXPECT_EQ(Get(client, made.name())->etag(), made.etag());
  EXPECT_EQ(Create(client, kCharity, kId)->SerializeAsString(), made.SerializeAsString())
      << "the request id is remembered";
  EXPECT_EQ(Outline(List(world.WithToken(revoked), "")), kBadCredential);
  OrganisationWatcher resumed(world, lead, revision);
  ASSERT_TRUE(Create(client, "kind: KIND_CHARITY display_name: 'Second'").ok());
  EXPECT_EQ(resumed.ReadWord(), "Second ACTIVE");
}

TEST_F(OnDiskTest, ARestoreBeginsANewEpoch) {
  std::string lead;
  std::string path;
  v1::Organisation kept;
  v1::Organisation lost;
  {
    const auto store = storage::OpenRocksDb(Options("db"));
    ASSERT_TRUE(store.ok()) << store.status();
    World world({.store = store->get()});
    lead = world.lead_token();
    kept = *Create(world.Lead(), kCharity);
    v1::CreateBackupRequest request;
    request.set_backup_id("one");
    const auto backup = world.Lead().Call(&Admin::CreateBackup, request);
    ASSERT_TRUE(backup.ok()) << backup.status();
    path = scratch_.path() + "/backup";
    std::filesystem::copy(backup->path(), path, std::filesystem::copy_options::recursive);
    lost = *Create(world.Lead(), "kind: KIND_CHARITY display_name: 'Made after the backup'");
  }
  ASSERT_TRUE(storage::RestoreRocksDb(path, Options("restored")).ok());
  const auto store = storage::OpenRocksDb(Options("restored"));
  ASSERT_TRUE(store.ok()) << store.status();
  World world({.store = store->get()});
  const Client client = world.WithToken(lead);
  EXPECT_EQ(Outline(Get(client, lost.name())), kNotFound);
  ASSERT_TRUE(Get(client, kept.name()).ok());
  EXPECT_EQ(Outline(Step(client, "SuspendOrganisation", kept.name(), kept.etag())), "ABORTED ETAG_MISMATCH")
      << "etags of before the restore are none";
  OrganisationWatcher watcher(world, lead, lost.consistency_token());
  EXPECT_THAT(watcher.ReadSnapshot(), ::testing::ElementsAre("Ashford Food Bank ACTIVE"));
}

}  // namespace
}  // namespace brokerage::registry
