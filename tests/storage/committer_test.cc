// The committer by itself, over a log whose writes the test holds up.
#include "storage/committer.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/storage/check.h"

namespace brokerage::storage {
namespace {

using testing::ElementsAre;

// A log that waits in Write until let go, and fails when told to.
class HeldLog final : public CommitLog {
 public:
  absl::StatusOr<std::optional<uint64_t>> SequenceOfKey(absl::string_view key) const override {
    const std::lock_guard lock(mutex_);
    if (!read_error_.ok()) return read_error_;
    const auto found = keys_.find(std::string(key));
    return found == keys_.end() ? std::nullopt : std::optional(found->second);
  }
  absl::StatusOr<std::optional<uint64_t>> SequenceOfRequest(absl::string_view) const override {
    return std::nullopt;
  }
  bool HasRoom(std::size_t) const override { return true; }
  absl::Status Write(const std::vector<NumberedCommit>& batch) override {
    std::unique_lock lock(mutex_);
    batches_.push_back(batch.size());
    changed_.notify_all();
    changed_.wait(lock, [&] { return !held_; });
    if (!write_error_.ok()) return write_error_;
    for (const NumberedCommit& commit : batch) {
      for (const auto& write : commit.request->writes) keys_[write.key] = commit.sequence;
    }
    return absl::OkStatus();
  }

  void Hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }
  void WaitForBatches(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return batches_.size() >= count; });
  }
  void FailReads(absl::Status error) {
    const std::lock_guard lock(mutex_);
    read_error_ = std::move(error);
  }
  void FailWrites(absl::Status error) {
    const std::lock_guard lock(mutex_);
    write_error_ = std::move(error);
  }
  std::vector<std::size_t> batches() {
    const std::lock_guard lock(mutex_);
    return batches_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  absl::Status read_error_;
  absl::Status write_error_;
  std::vector<std::size_t> batches_;
  std::map<std::string, uint64_t> keys_;
};

CommitRequest PutRequest(absl::string_view key) {
  CommitRequest request;
  request.writes = {Write::Put(key, "value")};
  return request;
}

class CommitterTest : public testing::Test {
 protected:
  // A commit on a thread of its own.
  struct Pending {
    explicit Pending(Committer& committer, CommitRequest request)
        : thread([this, &committer, request] { result = committer.Commit(request); }) {}
    absl::StatusOr<Revision> Join() {
      thread.join();
      return result;
    }
    absl::StatusOr<Revision> result = absl::InternalError("no answer");
    std::thread thread;
  };

  HeldLog log_;
  Feed feed_{{5, 0}, 0};
  int fatal_ = 0;
  std::optional<Committer> committer_{
      std::in_place, log_, feed_, CommitterOptions{.on_fatal = [this](const absl::Status&) { ++fatal_; }}};
};

TEST_F(CommitterTest, CommitsThatWaitShareOneWrite) {
  log_.Hold(true);
  Pending first(*committer_, PutRequest("first"));
  log_.WaitForBatches(1);
  std::vector<std::unique_ptr<Pending>> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.push_back(std::make_unique<Pending>(*committer_, PutRequest(absl::StrCat("key", i))));
  }
  while (committer_->waiting() < 20) std::this_thread::yield();
  log_.Hold(false);
  EXPECT_EQ(*first.Join(), (Revision{5, 1}));
  std::vector<uint64_t> sequences;
  for (const auto& pending : waiting) sequences.push_back(pending->Join()->sequence);
  std::sort(sequences.begin(), sequences.end());
  for (std::size_t i = 0; i < sequences.size(); ++i) EXPECT_EQ(sequences[i], i + 2);
  EXPECT_THAT(log_.batches(), ElementsAre(1, 20));
}

TEST_F(CommitterTest, ACommitWhoseTurnDoesNotComeIsNotDone) {
  log_.Hold(true);
  Pending first(*committer_, PutRequest("first"));
  log_.WaitForBatches(1);
  CommitRequest late = PutRequest("late");
  late.deadline = absl::Now() + absl::Milliseconds(20);
  // Answered although the log is stuck.
  EXPECT_EQ(committer_->Commit(late).status().code(), absl::StatusCode::kDeadlineExceeded);
  log_.Hold(false);
  EXPECT_TRUE(first.Join().ok());
  EXPECT_EQ(committer_->Commit(PutRequest("next"))->sequence, 2);
}

TEST_F(CommitterTest, ACommitWhoseTurnHasComeIsAnsweredWithItsOutcome) {
  log_.Hold(true);
  CommitRequest request = PutRequest("key");
  request.deadline = absl::Now() + absl::Milliseconds(20);
  Pending pending(*committer_, request);
  log_.WaitForBatches(1);
  while (absl::Now() < request.deadline) std::this_thread::yield();
  log_.Hold(false);
  EXPECT_EQ(pending.Join()->sequence, 1);
}

// A clock that jumps makes a deadline come early or late, but never turns the order back.
TEST_F(CommitterTest, SequencesGoOnWhateverTheClockSays) {
  class JumpingClock final : public base::Clock {
   public:
    absl::Time Now() const override { return absl::Now() + offset; }
    absl::Duration offset;
  };
  const auto clock = std::make_shared<JumpingClock>();
  committer_.emplace(log_, feed_, CommitterOptions{.clock = clock});
  const absl::Duration decade = absl::Hours(24 * 3652);
  uint64_t last = 0;
  for (const absl::Duration offset :
       {absl::ZeroDuration(), absl::Hours(1), -absl::Hours(1), decade, -decade}) {
    clock->offset = offset;
    EXPECT_EQ(committer_->Commit(PutRequest("key"))->sequence, ++last);
    CommitRequest timed = PutRequest("key");
    timed.deadline = absl::Now() + absl::Minutes(30);
    const absl::StatusOr<Revision> revision = committer_->Commit(timed);
    if (offset > absl::ZeroDuration()) {
      EXPECT_EQ(revision.status().code(), absl::StatusCode::kDeadlineExceeded);
    } else {
      EXPECT_EQ(revision->sequence, ++last);
    }
  }
}

TEST_F(CommitterTest, AWriteErrorAnswersTheBatchUnknownAndWhatWaitsUnavailable) {
  log_.Hold(true);
  CommitRequest request = PutRequest("first");
  request.request_id = "id";
  Pending first(*committer_, request);
  log_.WaitForBatches(1);
  Pending second(*committer_, PutRequest("second"));
  while (committer_->waiting() < 1) std::this_thread::yield();
  log_.FailWrites(absl::DataLossError("broken"));
  log_.Hold(false);
  EXPECT_EQ(first.Join().status().code(), absl::StatusCode::kUnknown);
  EXPECT_EQ(second.Join().status().code(), absl::StatusCode::kUnavailable);
  log_.FailWrites(absl::OkStatus());
  // Never resumed in place.
  EXPECT_EQ(committer_->Commit(PutRequest("third")).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(committer_->status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(feed_.published(), (Revision{5, 0}));
  EXPECT_EQ(fatal_, 1);
  EXPECT_THAT(log_.batches(), ElementsAre(1));
}

TEST_F(CommitterTest, FailingFromOutsideIsFinalToo) {
  EXPECT_TRUE(committer_->status().ok());
  committer_->Fail(absl::DataLossError("behind the scenes"));
  committer_->Fail(absl::DataLossError("and again"));
  EXPECT_EQ(committer_->Commit(PutRequest("key")).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(fatal_, 1);
}

TEST_F(CommitterTest, ClosingFinishesWhatIsBeingWrittenAndRefusesTheRest) {
  log_.Hold(true);
  Pending first(*committer_, PutRequest("first"));
  log_.WaitForBatches(1);
  Pending second(*committer_, PutRequest("second"));
  while (committer_->waiting() < 1) std::this_thread::yield();
  std::thread closing([&] { committer_->Close(); });
  while (committer_->status().ok()) std::this_thread::yield();
  log_.Hold(false);
  closing.join();
  EXPECT_EQ(first.Join()->sequence, 1);
  EXPECT_EQ(second.Join().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(committer_->Commit(PutRequest("third")).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(fatal_, 0);
}

TEST_F(CommitterTest, AGuardThatCannotBeReadFailsItsCommitOnly) {
  CommitRequest guarded = PutRequest("key");
  guarded.guards = {Guard::Absent("key")};
  log_.FailReads(absl::DataLossError("rotten"));
  EXPECT_EQ(committer_->Commit(guarded).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(committer_->Commit(PutRequest("other")).ok());
  log_.FailReads(absl::OkStatus());
  EXPECT_EQ(committer_->Commit(guarded)->sequence, 2);
}

}  // namespace
}  // namespace brokerage::storage
