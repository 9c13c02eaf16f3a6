// Follows one of the registry's watches into this service's own store, on a thread of its own, for ever: a
// broken stream is opened again where it broke.
#pragma once

#include <chrono>
#include <condition_variable>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"

#include "base/clock.h"
#include "base/log.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/context.h"
#include "services/matching/registry_state.h"
#include "services/rpc/tokens.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {

struct WatchOptions {
  std::string token;  // the bearer credential
  // Without a sign of life for so long, the stream is given up and opened again.
  absl::Duration silence = absl::Seconds(15);
  // Between two attempts.
  absl::Duration pause = absl::Milliseconds(250);
};

// `Traits` says what is watched:
//   Response, View                 the stream's message and the record kept of each item
//   kName, kPrefix                 the cursor's name and the views' prefix in the store
//   Open(channel, context, resume) starts the stream
//   Item(response, &view)         fills the record kept of an item; false when the response is none
//   Gone(view)                     what is kept of an item that a snapshot no longer has
template <typename Traits>
class RegistryWatch {
 public:
  using View = typename Traits::View;
  using Response = typename Traits::Response;

  // Everything outlives the watch.
  RegistryWatch(storage::Store& store, IndexGate& index, WatchState& state, const base::Clock& clock,
                std::shared_ptr<grpc::Channel> channel, WatchOptions options)
      : store_(store),
        index_(index),
        state_(state),
        clock_(clock),
        channel_(std::move(channel)),
        options_(std::move(options)),
        views_(store, Traits::kPrefix),
        cursors_(store, storage::kWatchCursors) {}
  ~RegistryWatch() { Stop(); }

  // Reads how far the registry was followed before, and follows on. Errors: the store's.
  absl::Status Start() {
    const auto cursor = cursors_.Get(Traits::kName);
    if (!cursor.ok()) return cursor.status();
    if (cursor->has_value()) {
      cursor_ = (*cursor)->message;
      state_.SetHeard(absl::FromUnixSeconds(cursor_.last_heard_time().seconds()));
      if (const auto token = rpc::ParseConsistencyToken(cursor_.resume_revision())) state_.SetApplied(*token);
    }
    thread_ = std::jthread([this](std::stop_token stop) { Run(stop); });
    watchdog_ = std::jthread([this](std::stop_token stop) { Watch(stop); });
    return absl::OkStatus();
  }

  void Stop() {
    thread_.request_stop();
    watchdog_.request_stop();
    Cancel();
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (watchdog_.joinable()) watchdog_.join();
  }

 private:
  // Silence is measured by a clock that nobody sets.
  using SteadyClock = std::chrono::steady_clock;

  // Records written in one commit, well under the store's limit.
  static constexpr std::size_t kCommitBatch = 2'000;
  // How long the index may take to hold a commit before the stream is begun again.
  static constexpr absl::Duration kIndexPatience = absl::Seconds(30);
  // How often the cursor of a silent registry is kept.
  static constexpr absl::Duration kCursorPeriod = absl::Minutes(1);

  void Run(std::stop_token stop) {
    std::string last_failure;
    while (!stop.stop_requested()) {
      grpc::ClientContext context;
      context.AddMetadata("authorization", "Bearer " + options_.token);
      {
        const std::lock_guard lock(mutex_);
        if (stop.stop_requested()) return;
        context_ = &context;
        last_sign_ = SteadyClock::now();
      }
      auto reader = Traits::Open(channel_, &context, cursor_.resume_revision());
      Response response;
      absl::Status applied;
      while (applied.ok() && reader->Read(&response)) {
        last_failure.clear();  // the next one is news again
        Heard();
        applied = Apply(response);
      }
      context.TryCancel();
      const grpc::Status finished = reader->Finish();
      state_.SetConnected(false);
      {
        const std::lock_guard lock(mutex_);
        context_ = nullptr;
      }
      in_snapshot_ = false;
      snapshot_.clear();
      const std::string failure =
          applied.ok() ? absl::StatusCodeToString(static_cast<absl::StatusCode>(finished.error_code()))
                       : std::string(applied.message());
      // A registry that is away for an hour is one line, not thousands.
      if (!stop.stop_requested() && failure != last_failure) {
        base::Log(base::Severity::kWarning, "watch.broken", {{"watch", Traits::kName}, {"detail", failure}});
      }
      last_failure = failure;
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, absl::ToChronoMilliseconds(options_.pause), [&] { return stop.stop_requested(); });
    }
  }

  // Gives up a stream that has gone silent.
  void Watch(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      wake_.wait_for(lock, absl::ToChronoMilliseconds(options_.silence / 4),
                     [&] { return stop.stop_requested(); });
      if (context_ != nullptr &&
          SteadyClock::now() - last_sign_ > absl::ToChronoNanoseconds(options_.silence))
        context_->TryCancel();
    }
  }

  void Cancel() {
    const std::lock_guard lock(mutex_);
    if (context_ != nullptr) context_->TryCancel();
  }

  void Heard() {
    {
      const std::lock_guard lock(mutex_);
      last_sign_ = SteadyClock::now();
    }
    state_.SetHeard(clock_.Now());
    state_.SetConnected(true);
  }

  absl::Status Apply(const Response& response) {
    if (response.has_snapshot_begin()) {
      in_snapshot_ = true;
      snapshot_.clear();
      return absl::OkStatus();
    }
    View view;
    if (Traits::Item(response, &view)) {
      if (in_snapshot_) {
        snapshot_.insert_or_assign(view.name(), std::move(view));
        return absl::OkStatus();
      }
      return Keep({views_.Put(view.name(), view)}, response.revision());
    }
    if (response.has_snapshot_end()) return KeepSnapshot(response.revision());
    // A heartbeat: other things may have happened at the registry, and this watch has missed none.
    if (response.revision().empty() || in_snapshot_) return absl::OkStatus();
    cursor_.set_resume_revision(response.revision());
    const bool due =
        clock_.Now() - absl::FromUnixSeconds(cursor_.last_heard_time().seconds()) > kCursorPeriod;
    if (due) return Keep({}, response.revision());
    if (const auto token = rpc::ParseConsistencyToken(response.revision())) state_.SetApplied(*token);
    return absl::OkStatus();
  }

  // Writes what the snapshot has, and what it no longer has as gone; the cursor in the last commit only, so
  // that a crash begins again.
  absl::Status KeepSnapshot(const std::string& revision) {
    in_snapshot_ = false;
    std::vector<storage::Write> writes;
    std::string after;
    while (true) {
      const auto page = views_.List("", after, kCommitBatch);
      if (!page.ok()) return page.status();
      for (const auto& stored : *page) {
        if (snapshot_.find(stored.name) == snapshot_.end()) {
          writes.push_back(views_.Put(stored.name, Traits::Gone(stored.message)));
        }
      }
      if (page->size() < kCommitBatch) break;
      after = page->back().name;
    }
    for (const auto& [name, view] : snapshot_) writes.push_back(views_.Put(name, view));
    snapshot_.clear();
    while (writes.size() > kCommitBatch) {
      storage::CommitRequest commit;
      commit.writes.assign(std::make_move_iterator(writes.end() - kCommitBatch),
                           std::make_move_iterator(writes.end()));
      writes.resize(writes.size() - kCommitBatch);
      if (const auto done = store_.Commit(std::move(commit)); !done.ok()) return done.status();
    }
    return Keep(std::move(writes), revision);
  }

  // Commits `writes` and the cursor, and says so once the index holds them. What could not be stored is not
  // passed over: the cursor moves with the commit only, so the registry tells it again.
  absl::Status Keep(std::vector<storage::Write> writes, const std::string& revision) {
    storage::v1::WatchCursor cursor;
    cursor.set_resume_revision(revision);
    cursor.mutable_last_heard_time()->set_seconds(absl::ToUnixSeconds(clock_.Now()));
    storage::CommitRequest commit;
    commit.writes = std::move(writes);
    commit.writes.push_back(cursors_.Put(Traits::kName, cursor));
    const auto done = store_.Commit(std::move(commit));
    if (!done.ok()) return done.status();
    cursor_ = std::move(cursor);
    if (auto indexed = index_.AwaitWrite(*done, absl::Now() + kIndexPatience); !indexed.ok()) return indexed;
    if (const auto token = rpc::ParseConsistencyToken(revision)) state_.SetApplied(*token);
    return absl::OkStatus();
  }

  storage::Store& store_;
  IndexGate& index_;
  WatchState& state_;
  const base::Clock& clock_;
  const std::shared_ptr<grpc::Channel> channel_;
  const WatchOptions options_;
  const storage::Table<View> views_;
  const storage::Table<storage::v1::WatchCursor> cursors_;

  // The following thread's own.
  storage::v1::WatchCursor cursor_;
  bool in_snapshot_ = false;
  std::map<std::string, View> snapshot_;

  std::mutex mutex_;
  std::condition_variable wake_;
  grpc::ClientContext* context_ = nullptr;
  SteadyClock::time_point last_sign_;
  std::jthread thread_;
  std::jthread watchdog_;
};

}  // namespace brokerage::matching
