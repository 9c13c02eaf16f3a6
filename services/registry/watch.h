// A watch: a snapshot, its end, the changes as they come, and signs of life; from where the watcher left off
// when that is still known. Commits of other kinds are told by a heartbeat that carries their revision.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "base/limits.h"
#include "services/registry/change_log.h"
#include "services/rpc/credentials.h"
#include "services/rpc/run.h"
#include "services/rpc/streams.h"
#include "storage/store.h"

namespace brokerage::registry {

// How a watch speaks on its stream. An error ends the watch.
class WatchSpeaker {
 public:
  virtual ~WatchSpeaker() = default;
  virtual absl::Status SnapshotBegin() = 0;
  // `bytes` are the record as it is stored now; `revision` is what to resume from, empty in a snapshot.
  virtual absl::Status Item(const std::string& bytes, const std::string& revision) = 0;
  virtual absl::Status SnapshotEnd(const std::string& revision) = 0;
  virtual absl::Status Heartbeat(const std::string& revision) = 0;
};

// The watch of one kind of record. Thread-safe: any number of streams at once. The collaborators outlive it.
class Watch {
 public:
  Watch(const storage::Store& store, const ChangeLog& changes, rpc::Streams& streams,
        const rpc::CredentialDirectory& credentials, const base::Clock& clock,
        absl::Duration heartbeat_period = base::kHeartbeatPeriod)
      : store_(store),
        changes_(changes),
        streams_(streams),
        credentials_(credentials),
        clock_(clock),
        heartbeat_period_(heartbeat_period) {}

  rpc::Streams& streams() const { return streams_; }

  // Speaks until the stream is over. `resume_revision` is as the watcher sent it: what cannot be resumed from
  // (empty, forgotten, of another epoch, no revision at all) is answered with a snapshot. Errors: Cancelled,
  // ServiceStopping, WatcherTooSlow, CredentialInvalid (the watcher's was revoked or has expired),
  // FromStore's.
  absl::Status Serve(const rpc::Call& call, const rpc::Streams::Stream& stream,
                     absl::string_view resume_revision, WatchSpeaker& speaker) const;

 private:
  // Where the watcher left off, as far as that can be told without the feed.
  std::optional<uint64_t> Resume(absl::string_view resume_revision) const;
  absl::StatusOr<uint64_t> SpeakSnapshot(WatchSpeaker& speaker) const;
  // Speaks what the feed has after `position`, as far as the log had got; OUT_OF_RANGE when it is forgotten.
  absl::StatusOr<uint64_t> CatchUp(uint64_t position, WatchSpeaker& speaker) const;
  absl::Status SpeakChanges(const rpc::Call& call, const rpc::Streams::Stream& stream, uint64_t position,
                            bool greet, WatchSpeaker& speaker) const;
  absl::Status SpeakItem(const std::string& key, uint64_t resume_at, WatchSpeaker& speaker) const;
  std::string Format(uint64_t sequence) const;

  const storage::Store& store_;
  const ChangeLog& changes_;
  rpc::Streams& streams_;
  const rpc::CredentialDirectory& credentials_;
  const base::Clock& clock_;
  const absl::Duration heartbeat_period_;
};

}  // namespace brokerage::registry
