#include "storage/committer.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

#include "base/log.h"
#include "storage/errors.h"

namespace brokerage::storage {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// What one batch may hold, a single commit apart: bounds the memory of a write and how long the next batch
// waits.
constexpr std::size_t kMaxBatchCommits = 1024;
constexpr std::size_t kMaxBatchBytes = 2 * kMaxCommitBytes;

// A deadline further away than this is none.
constexpr absl::Duration kFarAway = absl::Hours(24);

// Rows of the engine's own for a write and for a commit, roughly: for the reserve of space.
constexpr std::size_t kRowOverheadBytes = 64;

std::size_t KeyAndValueBytes(const Write& write) {
  return write.key.size() + (write.value.has_value() ? write.value->size() : 0);
}

absl::Status CheckKey(absl::string_view key) {
  if (key.empty()) return InvalidCommit("may not name an empty key");
  if (key.size() > kMaxKeyBytes)
    return InvalidCommit(absl::StrCat("may name keys of ", kMaxKeyBytes, " bytes"));
  return absl::OkStatus();
}

absl::Status CheckLimits(const CommitRequest& request) {
  if (request.writes.empty()) return InvalidCommit("needs a write");
  if (request.writes.size() > kMaxCommitWrites) {
    return InvalidCommit(absl::StrCat("may have ", kMaxCommitWrites, " writes"));
  }
  if (request.guards.size() > kMaxCommitGuards) {
    return InvalidCommit(absl::StrCat("may have ", kMaxCommitGuards, " guards"));
  }
  if (request.request_id.size() > kMaxRequestIdBytes) {
    return InvalidCommit(absl::StrCat("may have a request id of ", kMaxRequestIdBytes, " bytes"));
  }
  for (const Guard& guard : request.guards) {
    if (absl::Status status = CheckKey(guard.key); !status.ok()) return status;
  }
  std::size_t bytes = 0;
  for (const Write& write : request.writes) {
    if (absl::Status status = CheckKey(write.key); !status.ok()) return status;
    bytes += KeyAndValueBytes(write);
  }
  if (bytes > kMaxCommitBytes) return InvalidCommit(absl::StrCat("may have ", kMaxCommitBytes, " bytes"));
  return absl::OkStatus();
}

// Leaves of several writes to a key the last, and puts keys in order.
void Normalise(std::vector<Write>& writes) {
  std::stable_sort(writes.begin(), writes.end(),
                   [](const Write& a, const Write& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    if (i + 1 < writes.size() && writes[i].key == writes[i + 1].key) continue;
    if (kept != i) writes[kept] = std::move(writes[i]);
    ++kept;
  }
  writes.erase(writes.begin() + static_cast<std::ptrdiff_t>(kept), writes.end());
}

std::size_t RoughBytes(const CommitRequest& request) {
  std::size_t bytes = kRowOverheadBytes + request.request_id.size();
  // A key is written with its value and again in the feed.
  for (const Write& write : request.writes) {
    bytes += KeyAndValueBytes(write) + write.key.size() + kRowOverheadBytes;
  }
  return bytes;
}

}  // namespace

// A caller of Commit, on its own stack. Guarded by mutex_, but for what the committer's thread fills between
// taking and answering.
struct Committer::Waiter {
  const CommitRequest* request = nullptr;
  std::size_t bytes = 0;
  std::optional<SteadyTime> deadline;
  bool done = false;
  std::condition_variable answered;
  // The answer; `in_batch` when it is true only once the batch is written.
  absl::Status status;
  uint64_t sequence = 0;
  bool in_batch = false;
};

struct Committer::Batch {
  std::vector<NumberedCommit> commits;
  // What the batch's earlier commits made of keys (nullopt: removed) and request ids.
  absl::flat_hash_map<absl::string_view, std::optional<uint64_t>> keys;
  absl::flat_hash_map<absl::string_view, uint64_t> request_ids;
  uint64_t last = 0;
};

Committer::Committer(CommitLog& log, Feed& feed, CommitterOptions options)
    : log_(log), feed_(feed), options_(std::move(options)), thread_([this] { Run(); }) {}

Committer::~Committer() {
  if (thread_.joinable()) Close();
}

void Committer::Close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  work_.notify_all();
  thread_.join();
}

absl::StatusOr<Revision> Committer::Commit(CommitRequest request) {
  if (absl::Status status = CheckLimits(request); !status.ok()) return status;
  Normalise(request.writes);

  Waiter waiter;
  waiter.request = &request;
  waiter.bytes = RoughBytes(request);
  if (request.deadline != absl::InfiniteFuture()) {
    const absl::Duration left = request.deadline - options_.clock->Now();
    if (left <= absl::ZeroDuration()) return CommitExpired();
    if (left < kFarAway) waiter.deadline = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(left);
  }

  std::unique_lock lock(mutex_);
  if (absl::Status refusal = Refusal(); !refusal.ok()) return refusal;
  queue_.push_back(&waiter);
  work_.notify_one();
  const auto done = [&] { return waiter.done; };
  if (waiter.deadline.has_value() && !waiter.answered.wait_until(lock, *waiter.deadline, done)) {
    const auto place = std::find(queue_.begin(), queue_.end(), &waiter);
    if (place != queue_.end()) {
      queue_.erase(place);
      return CommitExpired();
    }
  }
  // Once taken, only the outcome counts, however long it takes.
  waiter.answered.wait(lock, done);
  if (!waiter.status.ok()) return waiter.status;
  return Revision{feed_.published().epoch, waiter.sequence};
}

void Committer::Run() {
  while (true) {
    const std::vector<Waiter*> waiters = Take();
    if (waiters.empty()) return;
    Process(waiters);
    Answer(waiters);
  }
}

// What waits, up to a batch; empty when closing. When nothing more will be committed, it is answered here.
std::vector<Committer::Waiter*> Committer::Take() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return closing_ || !queue_.empty(); });
  std::vector<Waiter*> taken;
  if (closing_) {
    for (Waiter* waiter : queue_) {
      waiter->status = Refusal();
      waiter->done = true;
      waiter->answered.notify_one();
    }
    queue_.clear();
    return taken;
  }
  std::size_t bytes = 0;
  while (!queue_.empty() && taken.size() < kMaxBatchCommits) {
    bytes += queue_.front()->bytes;
    if (!taken.empty() && bytes > kMaxBatchBytes) break;
    taken.push_back(queue_.front());
    queue_.pop_front();
  }
  return taken;
}

void Committer::Process(const std::vector<Waiter*>& waiters) {
  if (const absl::Status failure = status(); !failure.ok()) {
    for (Waiter* waiter : waiters) waiter->status = failure;
    return;
  }
  std::size_t bytes = 0;
  for (const Waiter* waiter : waiters) bytes += waiter->bytes;
  const bool has_room = log_.HasRoom(bytes);

  Batch batch;
  batch.last = feed_.published().sequence;
  for (Waiter* waiter : waiters) Decide(*waiter, has_room, batch);
  if (batch.commits.empty()) return;

  if (const absl::Status written = log_.Write(batch.commits); !written.ok()) {
    const absl::Status lost = OutcomeLost(written);
    for (Waiter* waiter : waiters) {
      if (waiter->in_batch) waiter->status = lost;
    }
    Fail(written);
    return;
  }
  feed_.Publish(batch.last);
}

void Committer::Decide(Waiter& waiter, bool has_room, Batch& batch) const {
  const CommitRequest& request = *waiter.request;
  if (waiter.deadline.has_value() && std::chrono::steady_clock::now() >= *waiter.deadline) {
    waiter.status = CommitExpired();
    return;
  }
  if (!request.request_id.empty()) {
    if (const auto earlier = batch.request_ids.find(request.request_id); earlier != batch.request_ids.end()) {
      waiter.sequence = earlier->second;
      waiter.in_batch = true;
      return;
    }
    const absl::StatusOr<std::optional<uint64_t>> stored = log_.SequenceOfRequest(request.request_id);
    if (!stored.ok()) {
      waiter.status = stored.status();
      return;
    }
    if (stored->has_value()) {
      waiter.sequence = **stored;
      return;
    }
  }
  for (const Guard& guard : request.guards) {
    const absl::StatusOr<std::optional<uint64_t>> present = SequenceOfKey(guard.key, batch);
    if (!present.ok()) {
      waiter.status = present.status();
      return;
    }
    if (*present != guard.sequence) {
      waiter.status = GuardFailed(guard.key);
      return;
    }
  }
  if (!has_room) {
    waiter.status = NoRoom();
    return;
  }
  waiter.sequence = ++batch.last;
  waiter.in_batch = true;
  batch.commits.push_back({waiter.sequence, &request});
  if (!request.request_id.empty()) batch.request_ids[request.request_id] = waiter.sequence;
  for (const Write& write : request.writes) {
    batch.keys[write.key] = write.value.has_value() ? std::optional(waiter.sequence) : std::nullopt;
  }
}

absl::StatusOr<std::optional<uint64_t>> Committer::SequenceOfKey(absl::string_view key,
                                                                 const Batch& batch) const {
  if (const auto earlier = batch.keys.find(key); earlier != batch.keys.end()) return earlier->second;
  return log_.SequenceOfKey(key);
}

void Committer::Answer(const std::vector<Waiter*>& waiters) {
  const std::lock_guard lock(mutex_);
  for (Waiter* waiter : waiters) {
    waiter->done = true;
    // Under the lock: the waiter is gone as soon as its caller can see the answer.
    waiter->answered.notify_one();
  }
}

void Committer::Fail(const absl::Status& why) {
  {
    const std::lock_guard lock(mutex_);
    if (!failure_.ok()) return;
    failure_ = why;
  }
  base::Log(base::Severity::kError, "store.write_failed", {{"reason", why.ToString()}});
  if (options_.on_fatal) options_.on_fatal(why);
}

absl::Status Committer::Refusal() const {
  if (!failure_.ok()) return TakesNoCommits(failure_.message());
  return closing_ ? TakesNoCommits("it is closing") : absl::OkStatus();
}

absl::Status Committer::status() const {
  const std::lock_guard lock(mutex_);
  return Refusal();
}

std::size_t Committer::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

}  // namespace brokerage::storage
