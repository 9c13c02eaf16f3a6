#include "storage/forwarding_store.h"

#include <algorithm>
#include <utility>

#include "storage/errors.h"

namespace brokerage::storage {
namespace {

constexpr uint64_t kAlways = 10'000;

absl::Status PlannedFault() { return EngineUnavailable("a planned fault"); }

}  // namespace

absl::StatusOr<Revision> ForwardingStore::Commit(CommitRequest request) {
  return inner_.Commit(std::move(request));
}

absl::StatusOr<std::optional<Versioned>> ForwardingStore::Get(absl::string_view key) const {
  return inner_.Get(key);
}

absl::StatusOr<std::vector<Entry>> ForwardingStore::Scan(absl::string_view prefix, absl::string_view after,
                                                         std::size_t limit) const {
  return inner_.Scan(prefix, after, limit);
}

absl::StatusOr<Revision> ForwardingStore::SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                                     const SnapshotSink& sink) const {
  return inner_.SnapshotOf(prefixes, sink);
}

absl::Status ForwardingStore::Follow(Revision from, const FollowSink& sink, std::stop_token stop) const {
  return inner_.Follow(from, sink, std::move(stop));
}

absl::Status ForwardingStore::Compact(uint64_t keep_from) { return inner_.Compact(keep_from); }

absl::StatusOr<Revision> ForwardingStore::Backup(const std::string& to) { return inner_.Backup(to); }

Health ForwardingStore::GetHealth() const { return inner_.GetHealth(); }

FaultyStore::FaultyStore(Store& inner, uint64_t seed, std::function<void()> delay)
    : ForwardingStore(inner), delay_(std::move(delay)), random_(seed) {}

void FaultyStore::Set(const Faults& faults) {
  const std::lock_guard lock(mutex_);
  faults_ = faults;
}

void FaultyStore::ChangeEpoch() {
  std::stop_source ended;
  {
    const std::lock_guard lock(mutex_);
    ++epoch_shift_;
    std::swap(ended, epoch_ends_);
  }
  ended.request_stop();
}

void FaultyStore::Settle() const {
  const std::lock_guard lock(tail_mutex_);
  if (!kept_back_.has_value()) return;
  // Its caller has long been told OK.
  inner().Commit(*std::move(kept_back_)).status().IgnoreError();
  kept_back_.reset();
}

Faults FaultyStore::faults() const {
  const std::lock_guard lock(mutex_);
  return faults_;
}

bool FaultyStore::Happens(int per_10000) const {
  if (per_10000 == 0) return false;
  const std::lock_guard lock(mutex_);
  return random_() % kAlways < static_cast<uint64_t>(per_10000);
}

Revision FaultyStore::Outward(Revision revision) const {
  const std::lock_guard lock(mutex_);
  return {revision.epoch + epoch_shift_, revision.sequence};
}

absl::StatusOr<Revision> FaultyStore::Outward(absl::StatusOr<Revision> revision) const {
  if (!revision.ok()) return revision;
  return Outward(*revision);
}

absl::StatusOr<Revision> FaultyStore::Commit(CommitRequest request) {
  Settle();
  const Faults faults = this->faults();
  if (Happens(faults.delays) && delay_) delay_();
  if (Happens(faults.refused_commits)) return TakesNoCommits("a planned fault");
  if (Happens(faults.unknown_before_commit)) return OutcomeLost(PlannedFault());
  if (faults.drop_guards) request.guards.clear();
  if (faults.forget_request_ids) request.request_id.clear();
  if (faults.lose_tail) return Outward(KeepBack(std::move(request)));
  absl::StatusOr<Revision> revision = inner().Commit(std::move(request));
  if (revision.ok() && Happens(faults.unknown_after_commit)) return OutcomeLost(PlannedFault());
  return Outward(std::move(revision));
}

absl::StatusOr<Revision> FaultyStore::KeepBack(CommitRequest request) {
  // Only what is sure to succeed later can be answered with OK before.
  const bool plain = request.request_id.empty() && request.guards.empty() &&
                     request.deadline == absl::InfiniteFuture() && request.writes.size() == 1 &&
                     !request.writes[0].key.empty() && request.writes[0].key.size() <= kMaxKeyBytes &&
                     request.writes[0].value.value_or("").size() < kMaxCommitBytes - kMaxKeyBytes &&
                     inner().GetHealth().status.ok();
  if (!plain) return inner().Commit(std::move(request));
  const std::lock_guard lock(tail_mutex_);
  if (kept_back_.has_value()) return inner().Commit(std::move(request));
  kept_back_ = std::move(request);
  Revision revision = inner().GetHealth().revision;
  ++revision.sequence;
  return revision;
}

absl::Status FaultyStore::BeforeReading() const {
  Settle();
  const Faults faults = this->faults();
  if (Happens(faults.delays) && delay_) delay_();
  return Happens(faults.failed_reads) ? PlannedFault() : absl::OkStatus();
}

absl::StatusOr<std::optional<Versioned>> FaultyStore::Get(absl::string_view key) const {
  if (absl::Status status = BeforeReading(); !status.ok()) return status;
  return inner().Get(key);
}

absl::StatusOr<std::vector<Entry>> FaultyStore::Scan(absl::string_view prefix, absl::string_view after,
                                                     std::size_t limit) const {
  if (absl::Status status = BeforeReading(); !status.ok()) return status;
  return inner().Scan(prefix, after, limit);
}

absl::StatusOr<Revision> FaultyStore::SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                                 const SnapshotSink& sink) const {
  if (absl::Status status = BeforeReading(); !status.ok()) return status;
  // The epoch is that in which the snapshot began.
  const uint64_t shift = Outward(Revision{}).epoch;
  absl::StatusOr<Revision> revision = inner().SnapshotOf(prefixes, sink);
  if (revision.ok()) revision->epoch += shift;
  return revision;
}

absl::Status FaultyStore::Follow(Revision from, const FollowSink& sink, std::stop_token stop) const {
  Settle();
  std::stop_token epoch_ends;
  {
    const std::lock_guard lock(mutex_);
    // Of another epoch, as seen from outside, is of another epoch inside too.
    from.epoch -= epoch_shift_;
    epoch_ends = epoch_ends_.get_token();
  }
  std::stop_source ended;
  const std::stop_callback on_stop(stop, [&] { ended.request_stop(); });
  const std::stop_callback on_epoch(epoch_ends, [&] { ended.request_stop(); });
  const absl::Status status = inner().Follow(
      from,
      [&](const std::vector<Change>& batch) -> absl::Status {
        const Faults faults = this->faults();
        if (Happens(faults.delays) && delay_) delay_();
        if (Happens(faults.compacted)) return ChangesForgotten();
        if (!faults.reorder_feed) return sink(batch);
        return sink({batch.rbegin(), batch.rend()});
      },
      ended.get_token());
  if (status.ok() && epoch_ends.stop_requested() && !stop.stop_requested()) return OtherEpoch();
  return status;
}

absl::Status FaultyStore::Compact(uint64_t keep_from) {
  Settle();
  return inner().Compact(keep_from);
}

absl::StatusOr<Revision> FaultyStore::Backup(const std::string& to) {
  Settle();
  return Outward(inner().Backup(to));
}

Health FaultyStore::GetHealth() const {
  Settle();
  Health health = inner().GetHealth();
  health.revision = Outward(health.revision);
  return health;
}

}  // namespace brokerage::storage
