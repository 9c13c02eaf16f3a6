#include "services/rpc/housekeeping.h"

#include <chrono>
#include <stop_token>
#include <utility>

#include "base/log.h"

namespace brokerage::rpc {

Housekeeping::Housekeeping(storage::Store& store, const Mutations& mutations, const base::Clock& clock,
                           Metrics& metrics, HousekeepingOptions options)
    : store_(store), mutations_(mutations), clock_(clock), metrics_(metrics), options_(std::move(options)) {}

Housekeeping::~Housekeeping() { Stop(); }

void Housekeeping::Start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { Loop(stop); });
}

void Housekeeping::Stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Housekeeping::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void Housekeeping::Loop(const std::stop_token& stop) {
  auto next_tidy = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    Check();
    if (!store_failed_ && std::chrono::steady_clock::now() >= next_tidy) {
      Tidy();
      next_tidy = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.tidy_period);
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, absl::ToChronoNanoseconds(options_.check_period), [this] { return woken_; });
    woken_ = false;
  }
}

void Housekeeping::Check() {
  const storage::Health health = store_.GetHealth();
  const bool readable = IsServing(health);
  const bool serving = readable && (!options_.is_ready || options_.is_ready());
  if (options_.set_serving && said_ != serving) options_.set_serving(serving);
  said_ = serving;
  metrics_.SetGauge("brokerage_store_writable", "1 while the store takes commits, 0 while it does not.",
                    health.status.ok() ? 1 : 0);
  metrics_.SetGauge("brokerage_store_sequence", "Sequence of the store's last commit.",
                    static_cast<double>(health.revision.sequence));
  metrics_.SetGauge("brokerage_feed_compacted_to", "Sequence of the last commit that the feed has forgotten.",
                    static_cast<double>(health.compacted_to));
  if (options_.at_each_check) options_.at_each_check();
  if (options_.set_gauges) options_.set_gauges(metrics_);
  if (readable || store_failed_) return;
  store_failed_ = true;
  base::Log(base::Severity::kError, "store.failed",
            {{"code", absl::StatusCodeToString(health.status.code())}, {"detail", health.status.message()}});
  if (options_.on_store_failed) options_.on_store_failed();
}

void Housekeeping::Tidy() {
  const auto purged = mutations_.PurgeRequests(clock_.Now() - base::kRequestIdPeriod);
  if (!purged.ok()) {
    base::Log(base::Severity::kError, "tidy.requests", {{"detail", purged.status().message()}});
  }
  const uint64_t last = store_.GetHealth().revision.sequence;
  if (last > options_.kept_changes) {
    const absl::Status compacted = store_.Compact(last - options_.kept_changes + 1);
    if (!compacted.ok()) base::Log(base::Severity::kError, "tidy.feed", {{"detail", compacted.message()}});
  }
  base::Log(base::Severity::kInfo, "tidy.done",
            {{"forgotten_requests", purged.value_or(0)}, {"last_sequence", last}});
}

bool IsServing(const storage::Health& health) {
  return health.status.ok() || health.status.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace brokerage::rpc
