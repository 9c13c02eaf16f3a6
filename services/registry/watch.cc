#include "services/registry/watch.h"

#include <iterator>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"

#include "base/errors.h"
#include "services/rpc/mutations.h"
#include "services/rpc/stream_pulse.h"
#include "services/rpc/tokens.h"

namespace brokerage::registry {
namespace {

// What a watch says to itself travels as it is, minted for the caller; only the store's words are translated.
absl::Status Translate(const absl::Status& status) {
  return status.ok() || !base::ReasonOf(status).empty() ? status : rpc::FromStore(status);
}

}  // namespace

absl::Status Watch::Serve(const rpc::Call& call, const rpc::Streams::Stream& stream,
                          absl::string_view resume_revision, WatchSpeaker& speaker) const {
  const std::optional<uint64_t> resumed = Resume(resume_revision);
  bool known = resumed.has_value();
  bool greet = known;
  uint64_t position = resumed.value_or(0);
  while (true) {
    if (auto why = stream.why(); !why.ok()) return why;
    if (!known) {
      const auto snapshot = SpeakSnapshot(speaker);
      if (!snapshot.ok()) return Translate(snapshot.status());
      position = *snapshot;
      known = true;
      greet = false;
    }
    const auto kept = changes_.Next(position, absl::ZeroDuration());
    if (kept.ok()) break;
    if (!absl::IsOutOfRange(kept.status())) return Translate(kept.status());
    const auto caught_up = CatchUp(position, speaker);
    if (caught_up.ok()) {
      position = *caught_up;
      greet = false;
    } else if (absl::IsOutOfRange(caught_up.status())) {
      known = false;
    } else {
      return Translate(caught_up.status());
    }
  }
  return Translate(SpeakChanges(call, stream, position, greet, speaker));
}

std::optional<uint64_t> Watch::Resume(absl::string_view resume_revision) const {
  const auto token = rpc::ParseConsistencyToken(resume_revision);
  if (!token || token->origin != rpc::Origin::kRegistry) return std::nullopt;
  const storage::Health health = store_.GetHealth();
  if (token->epoch != health.revision.epoch || token->sequence > health.revision.sequence)
    return std::nullopt;
  return token->sequence;
}

absl::StatusOr<uint64_t> Watch::SpeakSnapshot(WatchSpeaker& speaker) const {
  if (auto said = speaker.SnapshotBegin(); !said.ok()) return said;
  const auto revision = store_.Snapshot(changes_.prefix(), [&](const storage::EntryView& entry) {
    return speaker.Item(std::string(entry.value), "");
  });
  if (!revision.ok()) return revision.status();
  if (auto said = speaker.SnapshotEnd(Format(revision->sequence)); !said.ok()) return said;
  return revision->sequence;
}

absl::StatusOr<uint64_t> Watch::CatchUp(uint64_t position, WatchSpeaker& speaker) const {
  const storage::Revision target = changes_.position();
  const absl::Status there = absl::CancelledError("caught up");
  const absl::Status ended = store_.Follow(
      {target.epoch, position},
      [&](const std::vector<storage::Change>& batch) -> absl::Status {
        for (const storage::Change& change : batch) {
          std::vector<std::string> keys;
          absl::c_copy_if(change.keys, std::back_inserter(keys),
                          [&](const std::string& key) { return absl::StartsWith(key, changes_.prefix()); });
          for (std::size_t i = 0; i < keys.size(); ++i) {
            const uint64_t resume_at = i + 1 == keys.size() ? change.sequence : position;
            if (auto said = SpeakItem(keys[i], resume_at, speaker); !said.ok()) return said;
          }
          position = change.sequence;
        }
        return position >= target.sequence ? there : absl::OkStatus();
      },
      std::stop_token());
  if (ended != there) return ended;
  if (auto said = speaker.Heartbeat(Format(position)); !said.ok()) return said;
  return position;
}

absl::Status Watch::SpeakChanges(const rpc::Call& call, const rpc::Streams::Stream& stream, uint64_t position,
                                 bool greet, WatchSpeaker& speaker) const {
  rpc::StreamPulse pulse(call, stream, credentials_, clock_, heartbeat_period_);
  if (greet) pulse.Hurry();  // who resumed hears at once that it is up to date
  while (true) {
    if (auto why = pulse.MayGoOn(); !why.ok()) return why;
    const auto news = changes_.Next(position, pulse.Patience());
    if (absl::IsOutOfRange(news.status())) return base::WatcherTooSlow();
    if (!news.ok()) return news.status();
    for (std::size_t i = 0; i < news->events.size(); ++i) {
      const ChangeLog::Event& event = news->events[i];
      // Of a commit with several, all but the last resume before it: they are told again rather than missed.
      const bool last = i + 1 == news->events.size() || news->events[i + 1].sequence != event.sequence;
      if (auto said = SpeakItem(event.key, last ? event.sequence : position, speaker); !said.ok())
        return said;
      if (last) position = event.sequence;
    }
    // Commits of other kinds are told too: who waits for one of them here would else wait for the next
    // heartbeat.
    const bool moved = news->up_to != position;
    position = news->up_to;
    if (!news->events.empty() && !moved) {
      pulse.Restart();
    } else if (moved || pulse.IsDue()) {
      if (auto said = speaker.Heartbeat(Format(position)); !said.ok()) return said;
      pulse.Restart();
    }
  }
}

absl::Status Watch::SpeakItem(const std::string& key, uint64_t resume_at, WatchSpeaker& speaker) const {
  const auto stored = store_.Get(key);
  if (!stored.ok()) return stored.status();
  return stored->has_value() ? speaker.Item((*stored)->value, Format(resume_at)) : absl::OkStatus();
}

std::string Watch::Format(uint64_t sequence) const {
  return rpc::FormatConsistencyToken({rpc::Origin::kRegistry, changes_.position().epoch, sequence});
}

}  // namespace brokerage::registry
