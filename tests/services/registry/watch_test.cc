// Watches through real streams.

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <thread>

#include "brokerage/storage/v1/record.pb.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/typed.h"
#include "tests/services/registry/watcher.h"
#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string Made(World& world, const std::string& display_name) {
  return Create(world.Lead(), absl::StrCat("kind: KIND_CHARITY display_name: '", display_name,
                                           "' contact { email: 'a@b.org' }"))
      ->name();
}

// Organisations in one commit, past the handlers.
void PutTogether(storage::Store& store, const std::vector<std::string>& display_names) {
  const storage::Table<storage::v1::OrganisationRecord> table(store, storage::kOrganisations);
  storage::CommitRequest commit;
  for (const std::string& display_name : display_names) {
    storage::v1::OrganisationRecord record;
    record.mutable_organisation()->set_name("organisations/" + display_name);
    record.mutable_organisation()->set_display_name(display_name);
    record.mutable_organisation()->set_state(v1::Organisation::STATE_ACTIVE);
    commit.writes.push_back(table.Put(record.organisation().name(), record));
  }
  const auto done = store.Commit(std::move(commit));
  ASSERT_TRUE(done.ok()) << done.status();
}

TEST(WatchOrganisations, ASnapshotThenChanges) {
  World world;
  const std::string first = Made(world, "First");
  const std::string second = Made(world, "Second");
  OrganisationWatcher watcher(world, world.service_token());
  EXPECT_THAT(watcher.ReadSnapshot(), UnorderedElementsAre("First ACTIVE", "Second ACTIVE"));
  EXPECT_FALSE(watcher.last_revision().empty());
  ASSERT_TRUE(Step(world.Lead(), "SuspendOrganisation", first).ok());
  EXPECT_EQ(watcher.ReadWord(), "First SUSPENDED");
  ASSERT_TRUE(Step(world.Lead(), "DeleteOrganisation", second).ok());
  EXPECT_EQ(watcher.ReadWord(), "Second DELETED");
  Made(world, "Third");
  EXPECT_EQ(watcher.ReadWord(), "Third ACTIVE");
}

TEST(WatchOrganisations, NobodySeesContactInIt) {
  for (const bool lead : {false, true}) {
    World world;
    Made(world, "First");
    OrganisationWatcher watcher(world, lead ? world.lead_token() : world.service_token());
    EXPECT_EQ(watcher.ReadWord(), "begin");
    EXPECT_FALSE(watcher.ReadItem().organisation().has_contact());
    EXPECT_EQ(watcher.ReadWord(), "end");
    const std::string name = Made(world, "Second");
    EXPECT_FALSE(watcher.ReadItem().organisation().has_contact());
    ASSERT_TRUE(Step(world.Lead(), "SuspendOrganisation", name).ok());
    EXPECT_EQ(watcher.ReadItem().organisation().suspend_reason(), "");
  }
}

TEST(WatchOrganisations, RevisionsAreForResumingAndGrow) {
  World world;
  Made(world, "First");
  OrganisationWatcher watcher(world, world.service_token());
  EXPECT_EQ(watcher.Read()->revision(), "") << "none within a snapshot";
  EXPECT_EQ(watcher.Read()->revision(), "");
  uint64_t last = SequenceOf(watcher.Read()->revision());
  EXPECT_GT(last, 0u);
  for (int i = 0; i < 3; ++i) {
    const auto made = Create(world.Lead(), kCharity);
    const auto told = watcher.ReadItem();
    EXPECT_EQ(told.revision(), made->consistency_token());
    EXPECT_GT(SequenceOf(told.revision()), last);
    last = SequenceOf(told.revision());
  }
}

TEST(WatchOrganisations, ResumingTellsWhatWasMissedAndNothingElse) {
  World world;
  Made(world, "First");
  OrganisationWatcher first(world, world.service_token());
  first.ReadSnapshot();
  const std::string revision = first.last_revision();
  first.Cancel();
  Made(world, "Second");
  Made(world, "Third");
  OrganisationWatcher resumed(world, world.service_token(), revision);
  EXPECT_EQ(resumed.ReadWord(), "Second ACTIVE");
  EXPECT_EQ(resumed.ReadWord(), "Third ACTIVE");
  const std::string later = resumed.last_revision();
  Made(world, "Fourth");
  EXPECT_EQ(resumed.ReadWord(), "Fourth ACTIVE");
  resumed.Cancel();
  OrganisationWatcher again(world, world.service_token(), later);
  EXPECT_EQ(again.ReadWord(), "Fourth ACTIVE");
}

TEST(WatchOrganisations, WhoMissedNothingHearsSoAtOnce) {
  World world;
  Made(world, "First");
  OrganisationWatcher first(world, world.service_token());
  first.ReadSnapshot();
  OrganisationWatcher resumed(world, world.service_token(), first.last_revision());
  EXPECT_EQ(resumed.ReadAnyWord(), "heartbeat");
  EXPECT_EQ(resumed.last_revision(), first.last_revision());
}

TEST(WatchOrganisations, WhoIsFarBehindCatchesUpFromTheStore) {
  World world;
  OrganisationWatcher first(world, world.service_token());
  first.ReadSnapshot();
  const std::string revision = first.last_revision();
  first.Cancel();
  // More than are kept in memory.
  const int count = static_cast<int>(base::kMaxStreamQueue) + 200;
  for (int i = 0; i < count; ++i) PutTogether(world.store(), {absl::StrCat("o", i)});
  OrganisationWatcher resumed(world, world.service_token(), revision);
  for (int i = 0; i < count; ++i) ASSERT_EQ(resumed.ReadWord(), absl::StrCat("o", i, " ACTIVE"));
  EXPECT_EQ(resumed.ReadAnyWord(), "heartbeat") << "it has caught up";
  PutTogether(world.store(), {"last"});
  EXPECT_EQ(resumed.ReadWord(), "last ACTIVE");
}

TEST(WatchOrganisations, EachRevisionOfACatchUpResumesThere) {
  World world;
  OrganisationWatcher first(world, world.service_token());
  first.ReadSnapshot();
  const std::string revision = first.last_revision();
  first.Cancel();
  const int count = static_cast<int>(base::kMaxStreamQueue) + 10;
  for (int i = 0; i < count; ++i) PutTogether(world.store(), {absl::StrCat("o", i)});
  OrganisationWatcher resumed(world, world.service_token(), revision);
  EXPECT_EQ(resumed.ReadWord(), "o0 ACTIVE");
  OrganisationWatcher again(world, world.service_token(), resumed.last_revision());
  EXPECT_EQ(again.ReadWord(), "o1 ACTIVE");
}

TEST(WatchOrganisations, ACommitOfSeveralIsResumedWhole) {
  World world;
  OrganisationWatcher watcher(world, world.service_token());
  watcher.ReadSnapshot();
  const std::string before = watcher.last_revision();
  PutTogether(world.store(), {"a", "b", "c"});
  EXPECT_EQ(watcher.ReadWord(), "a ACTIVE");
  EXPECT_EQ(watcher.last_revision(), before);
  EXPECT_EQ(watcher.ReadWord(), "b ACTIVE");
  EXPECT_EQ(watcher.last_revision(), before);
  EXPECT_EQ(watcher.ReadWord(), "c ACTIVE");
  EXPECT_EQ(SequenceOf(watcher.last_revision()), SequenceOf(before) + 1);
}

TEST(WatchOrganisations, WhatCannotBeResumedFromBeginsAgain) {
  World world;
  Made(world, "First");
  const storage::Revision now = world.store().GetHealth().revision;
  ASSERT_TRUE(world.store().Compact(now.sequence).ok());
  const auto revision = [&](rpc::Origin origin, uint64_t epoch, uint64_t sequence) {
    return rpc::FormatConsistencyToken({origin, epoch, sequence});
  };
  const struct {
    const char* what;
    std::string revision;
  } kTable[] = {
      {"garbage", "nonsense"},
      {"forgotten", revision(rpc::Origin::kRegistry, now.epoch, 1)},
      {"before everything", revision(rpc::Origin::kRegistry, now.epoch, 0)},
      {"of another epoch", revision(rpc::Origin::kRegistry, now.epoch + 1, now.sequence)},
      {"of the future", revision(rpc::Origin::kRegistry, now.epoch, now.sequence + 1)},
      {"of the other service", revision(rpc::Origin::kMatching, now.epoch, now.sequence)},
  };
  for (const auto& row : kTable) {
    SCOPED_TRACE(row.what);
    OrganisationWatcher watcher(world, world.service_token(), row.revision);
    EXPECT_THAT(watcher.ReadSnapshot(), ElementsAre("First ACTIVE"));
    EXPECT_EQ(SequenceOf(watcher.last_revision()), now.sequence);
  }
  OrganisationWatcher good(world, world.service_token(),
                           revision(rpc::Origin::kRegistry, now.epoch, now.sequence));
  EXPECT_EQ(good.ReadAnyWord(), "heartbeat");
}

TEST(WatchOrganisations, HeartbeatsComeAgainAndAgain) {
  World world({.heartbeat_period = absl::Milliseconds(1)});
  OrganisationWatcher watcher(world, world.service_token());
  watcher.ReadSnapshot();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(watcher.ReadAnyWord(), "heartbeat");
}

TEST(WatchOrganisations, CommitsOfOtherKindsMoveTheRevision) {
  World world;
  OrganisationWatcher watcher(world, world.service_token());
  watcher.ReadSnapshot();
  ASSERT_TRUE(CreateCredential(world.Lead(), kDover, "display_name: 'A' role: ROLE_READER").ok());
  const uint64_t now = world.store().GetHealth().revision.sequence;
  while (SequenceOf(watcher.last_revision()) < now) ASSERT_EQ(watcher.ReadAnyWord(), "heartbeat");
  EXPECT_EQ(SequenceOf(watcher.last_revision()), now);
}

TEST(WatchOrganisations, ASlowWatcherIsToldAndResumes) {
  World world;
  OrganisationWatcher watcher(world, world.service_token());
  watcher.ReadSnapshot();
  // It reads nothing more: the first is under way, and the rest outgrow what is kept for it.
  const int count = static_cast<int>(base::kMaxStreamQueue) * 2 + 2;
  for (int i = 0; i < count; ++i) PutTogether(world.store(), {absl::StrCat("o", i)});
  int told = 0;
  while (watcher.ReadWord() == absl::StrCat("o", told, " ACTIVE")) ++told;
  const std::string revision = watcher.last_revision();
  EXPECT_EQ(Outline(watcher.Finish()), "ABORTED WATCHER_TOO_SLOW");
  EXPECT_LT(told, count);
  OrganisationWatcher resumed(world, world.service_token(), revision);
  for (int i = told; i < count; ++i) ASSERT_EQ(resumed.ReadWord(), absl::StrCat("o", i, " ACTIVE"));
}

TEST(WatchOrganisations, AsManyStreamsAsAreAllowed) {
  World world;
  std::vector<std::unique_ptr<OrganisationWatcher>> watchers;
  for (int i = 0; i < base::kMaxStreams - base::kServiceStreams; ++i) {
    watchers.push_back(std::make_unique<OrganisationWatcher>(world, world.lead_token()));
    ASSERT_THAT(watchers.back()->ReadSnapshot(), IsEmpty());
  }
  OrganisationWatcher refused(world, world.lead_token());
  EXPECT_EQ(Outline(refused.Finish()), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS");
  // The rest is kept for services. The limit is of the process, for all watches together.
  for (int i = 0; i < base::kServiceStreams - 1; ++i) {
    watchers.push_back(std::make_unique<OrganisationWatcher>(world, world.service_token()));
    ASSERT_THAT(watchers.back()->ReadSnapshot(), IsEmpty());
  }
  CredentialWatcher last(world, world.service_token());
  last.ReadSnapshot();
  CredentialWatcher one_more(world, world.service_token());
  EXPECT_EQ(Outline(one_more.Finish()), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS");
  // Whoever goes makes room, once its going was noticed.
  watchers.clear();
  while (true) {
    OrganisationWatcher another(world, world.lead_token());
    if (another.ReadWord() == "begin") break;
    ASSERT_EQ(Outline(another.Finish()), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS");
  }
}

TEST(WatchOrganisations, ARevokedWatcherIsSentAway) {
  World world;
  const auto reader = CreateCredential(world.Lead(), kDover, "display_name: 'A' role: ROLE_READER");
  OrganisationWatcher watcher(world, reader->secret());
  watcher.ReadSnapshot();
  v1::RevokeCredentialRequest revoke;
  revoke.set_name(reader->name());
  ASSERT_TRUE(world.Lead().Call(&Centres::RevokeCredential, revoke).ok());
  EXPECT_EQ(watcher.ReadWord(), "over");
  EXPECT_EQ(Outline(watcher.Finish()), kBadCredential);
}

TEST(WatchOrganisations, AnExpiredWatcherIsSentAway) {
  World world;
  const auto reader = CreateCredential(
      world.Lead(), kDover, "display_name: 'A' role: ROLE_READER expire_time { seconds: 1781521200 }");
  OrganisationWatcher watcher(world, reader->secret());
  watcher.ReadSnapshot();
  world.clock.Advance(absl::Hours(1));
  EXPECT_EQ(Outline(watcher.Finish()), kBadCredential);
}

TEST(WatchOrganisations, StoppingEndsThoseThatWaitAndThoseThatDoNotRead) {
  World world;
  OrganisationWatcher waiting(world, world.service_token());
  waiting.ReadSnapshot();
  OrganisationWatcher idle(world, world.service_token());
  idle.ReadSnapshot();
  for (int i = 0; i < 50; ++i) PutTogether(world.store(), {absl::StrCat("o", i)});
  for (int i = 0; i < 50; ++i) ASSERT_EQ(waiting.ReadWord(), absl::StrCat("o", i, " ACTIVE"));
  world.registry().EndWatches();
  EXPECT_EQ(Outline(waiting.Finish()), "UNAVAILABLE SERVICE_STOPPING");
  world.Stop();  // waits for the other
  EXPECT_FALSE(idle.Finish().ok());
}

TEST(WatchOrganisations, AStoreThatCannotBeReadEndsTheStream) {
  const auto memory = storage::NewMemoryStore();
  storage::FaultyStore faulty(*memory, 1);
  World world({.store = &faulty});
  OrganisationWatcher watcher(world, world.service_token());
  watcher.ReadSnapshot();
  const std::string revision = watcher.last_revision();
  storage::Faults faults;
  faults.failed_reads = 10'000;
  faulty.Set(faults);
  PutTogether(*memory, {"a"});
  EXPECT_EQ(Outline(watcher.Finish()), "UNAVAILABLE STORE_UNAVAILABLE");
  OrganisationWatcher refused(world, world.service_token());
  EXPECT_EQ(refused.ReadWord(), "begin");
  EXPECT_EQ(Outline(refused.Finish()), "UNAVAILABLE STORE_UNAVAILABLE");
  faulty.Set({});
  OrganisationWatcher resumed(world, world.service_token(), revision);
  EXPECT_EQ(resumed.ReadWord(), "a ACTIVE");
}

// Whatever is written while watchers come and go, each ends with what is stored.
TEST(WatchOrganisations, SnapshotsAndChangesMakeTheTable) {
  World world;
  const Client lead = world.Lead();
  std::vector<std::thread> writers;
  for (int w = 0; w < 3; ++w) {
    writers.emplace_back([&lead, w] {
      for (int i = 0; i < 20; ++i) {
        const std::string name =
            Create(lead, absl::StrCat("kind: KIND_CHARITY display_name: 'w", w, "-", i, "'"))->name();
        EXPECT_TRUE(Step(lead, "SuspendOrganisation", name).ok());
        if (i % 3 == 0) {
          EXPECT_TRUE(Step(lead, "DeleteOrganisation", name).ok());
        }
      }
    });
  }
  std::vector<std::map<std::string, std::string>> tables(3);
  std::vector<std::thread> readers;
  std::atomic<uint64_t> target{0};
  for (std::size_t r = 0; r < tables.size(); ++r) {
    readers.emplace_back([&, r] {
      auto& table = tables[r];
      std::string revision;
      for (int stream = 0;; ++stream) {
        OrganisationWatcher watcher(world, world.service_token(), revision);
        // Now and then it breaks off and resumes.
        for (int i = 0; i < 10 + static_cast<int>(r) * 7 || target > 0; ++i) {
          const auto told = watcher.Read();
          if (!told) break;
          if (told->has_snapshot_begin()) table.clear();
          if (told->has_organisation()) {
            table[told->organisation().display_name()] =
                v1::Organisation::State_Name(told->organisation().state());
          }
          // The revision is remembered with what was taken in; a snapshot that was broken off begins again.
          if (!told->revision().empty()) revision = told->revision();
          if (target > 0 && SequenceOf(revision) >= target) return;
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  // One more, so that every watcher hears of the end.
  ASSERT_TRUE(Create(lead, "kind: KIND_CHARITY display_name: 'the end'").ok());
  target = world.store().GetHealth().revision.sequence;
  ASSERT_TRUE(Create(lead, "kind: KIND_CHARITY display_name: 'after the end'").ok());
  for (std::thread& reader : readers) reader.join();
  const auto all = List(lead, "page_size: 1000 show_deleted: true");
  ASSERT_TRUE(all.ok());
  std::map<std::string, std::string> stored;
  for (const auto& organisation : all->organisations()) {
    if (organisation.display_name() != "after the end") {
      stored[organisation.display_name()] = v1::Organisation::State_Name(organisation.state());
    }
  }
  for (auto& table : tables) {
    table.erase("after the end");
    EXPECT_EQ(table, stored);
  }
}

}  // namespace
}  // namespace brokerage::registry
