#include "services/registry/change_log.h"

#include <algorithm>

#include "absl/strings/match.h"

#include "base/log.h"

namespace brokerage::registry {

ChangeLog::ChangeLog(const storage::Store& store, absl::string_view prefix, std::size_t capacity,
                     absl::Duration retry_pause)
    : store_(store),
      prefix_(prefix),
      capacity_(capacity),
      retry_pause_(retry_pause),
      position_(store.GetHealth().revision),
      forgotten_(position_.sequence),
      follower_([this](const std::stop_token& stop) { Follow(stop); }) {}

ChangeLog::~ChangeLog() {
  follower_.request_stop();
  follower_.join();
}

absl::StatusOr<ChangeLog::News> ChangeLog::Next(uint64_t after, absl::Duration wait) const {
  std::unique_lock lock(mutex_);
  const uint64_t interrupts = interrupts_;
  changed_.wait_for(lock, absl::ToChronoNanoseconds(wait), [&] {
    return !failure_.ok() || interrupts_ != interrupts || forgotten_ > after ||
           (!events_.empty() && events_.back().sequence > after);
  });
  if (!failure_.ok()) return failure_;
  if (forgotten_ > after) return absl::OutOfRangeError("no longer kept");
  News news;
  const auto first =
      std::upper_bound(events_.begin(), events_.end(), after,
                       [](uint64_t sequence, const Event& e) { return sequence < e.sequence; });
  news.events.assign(first, events_.end());
  news.up_to = std::max(after, position_.sequence);
  return news;
}

storage::Revision ChangeLog::position() const {
  const std::lock_guard lock(mutex_);
  return position_;
}

void ChangeLog::Interrupt() {
  {
    const std::lock_guard lock(mutex_);
    ++interrupts_;
  }
  changed_.notify_all();
}

void ChangeLog::Follow(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const absl::Status ended = store_.Follow(
        position(),
        [this](const std::vector<storage::Change>& batch) {
          Append(batch);
          return absl::OkStatus();
        },
        stop);
    if (ended.ok()) return;
    base::Log(base::Severity::kError, "change_log.broken",
              {{"prefix", prefix_}, {"detail", ended.message()}});
    std::unique_lock lock(mutex_);
    if (absl::IsOutOfRange(ended)) {
      // Changes were forgotten before they were read here: whoever waits for them begins again.
      position_ = store_.GetHealth().revision;
      forgotten_ = position_.sequence;
      events_.clear();
      changed_.notify_all();
      continue;
    }
    failure_ = ended;
    changed_.notify_all();
    changed_.wait_for(lock, stop, absl::ToChronoNanoseconds(retry_pause_), [] { return false; });
    failure_ = absl::OkStatus();
  }
}

void ChangeLog::Append(const std::vector<storage::Change>& batch) {
  bool news = false;
  {
    const std::lock_guard lock(mutex_);
    for (const storage::Change& change : batch) {
      for (const std::string& key : change.keys) {
        if (!absl::StartsWith(key, prefix_)) continue;
        events_.push_back({change.sequence, key});
        news = true;
      }
    }
    position_.sequence = batch.back().sequence;
    while (events_.size() > capacity_) {
      forgotten_ = events_.front().sequence;
      events_.pop_front();
    }
  }
  // Commits of other kinds wake nobody: how far the log got is told when the waiting is over.
  if (news) changed_.notify_all();
}

}  // namespace brokerage::registry
