#include "services/matching/index_feed.h"

#include <algorithm>
#include <chrono>
#include <malloc.h>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

#include "base/errors.h"
#include "base/log.h"
#include "brokerage/storage/v1/record.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/convert/facts.h"
#include "services/matching/registry_views.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {
namespace {

// After an error of the store, before it is read again.
constexpr absl::Duration kRetryPause = absl::Milliseconds(200);

// What is in memory is made of these. Of the others there may be as many as like: referrals as they were,
// decisions, who saw what.
std::vector<absl::string_view> KeptInMemory() {
  return {storage::kVolunteers,           storage::kOpportunities,     storage::kVolunteerReferrals,
          storage::kOpportunityReferrals, storage::kOrganisationViews, storage::kCentreViews,
          storage::kCredentialViews,      storage::kWatchCursors};
}

// No wait is longer than this: far enough, and safe to add to any clock.
constexpr absl::Duration kLongestWait = absl::Hours(1);

std::chrono::steady_clock::time_point SteadyDeadline(absl::Time deadline) {
  return std::chrono::steady_clock::now() +
         absl::ToChronoNanoseconds(std::min(deadline - absl::Now(), kLongestWait));
}

absl::Status Unreadable(absl::string_view key) {
  return absl::DataLossError(absl::StrCat("the record at ", key, " cannot be read"));
}

template <typename Message>
absl::StatusOr<Message> Parse(absl::string_view key, absl::string_view value) {
  Message message;
  if (!message.ParseFromArray(value.data(), static_cast<int>(value.size()))) return Unreadable(key);
  return message;
}

absl::Status ReadVolunteer(absl::string_view key, absl::string_view value, VolunteerReader& reader) {
  const auto read = reader.Read(value, storage::v1::VolunteerRecord::kVolunteerFieldNumber);
  return read.ok() ? read : Unreadable(key);
}

}  // namespace

absl::Status IndexFeed::Start() {
  const auto loaded = Load();
  if (!loaded.ok()) return loaded.status();
  thread_ = std::jthread([this, from = *loaded](std::stop_token stop) { Run(stop, from); });
  return absl::OkStatus();
}

void IndexFeed::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  {
    const std::lock_guard lock(mutex_);
    pause_.request_stop();
  }
  thread_.join();
}

void IndexFeed::Reload() {
  const std::lock_guard lock(mutex_);
  reload_ = true;
  pause_.request_stop();
}

void IndexFeed::NoticeDay() {
  const absl::CivilDay today = base::LondonDate(clock_.Now());
  const std::lock_guard lock(mutex_);
  if (today == expanded_day_) return;
  expanded_day_ = today;
  expand_ = true;
  pause_.request_stop();
}

absl::Status IndexFeed::AwaitWrite(storage::Revision revision, absl::Time deadline) {
  const auto result = targets_.index.WaitFor({revision.epoch, revision.sequence}, SteadyDeadline(deadline));
  if (result == matcher::WaitResult::kReached) return absl::OkStatus();
  return result == matcher::WaitResult::kOtherEpoch ? base::EpochChanged() : base::NotYetVisible();
}

absl::StatusOr<storage::Revision> IndexFeed::Load() {
  {
    const std::lock_guard lock(mutex_);
    expanded_day_ = base::LondonDate(clock_.Now());
  }
  std::unique_ptr<matcher::Load> load = targets_.index.StartLoad();
  const auto places = places_.Get();
  const auto work = [&]() -> LoadThreads::Work {
    // Each thread's own, for it reuses its memory.
    const auto reader = std::make_shared<VolunteerReader>(tables_, *places);
    const auto histories = std::make_shared<PairHistories>(store_, clock_.Now());
    return [this, &load, reader, histories](const RecordBatch& batch) {
      return Take(batch, *reader, *histories, *load);
    };
  };
  LoadThreads threads(work);
  RecordBatch batch;
  RecordBatch cursors;  // say that all views are there: last, when all are
  const auto revision =
      store_.SnapshotOf(KeptInMemory(), [&](const storage::EntryView& entry) -> absl::Status {
        (absl::StartsWith(entry.key, storage::kWatchCursors) ? cursors : batch).Add(entry);
        return batch.IsFull() ? threads.Push(std::exchange(batch, {})) : absl::OkStatus();
      });
  if (!revision.ok()) return revision.status();
  if (auto status = threads.Push(std::move(batch)); !status.ok()) return status;
  if (auto status = threads.Finish(); !status.ok()) return status;
  if (auto status = work()(cursors); !status.ok()) return status;
  read_sequence_ = 0;
  // Before it is said that the index holds what was written: the tables are asked for the same then.
  targets_.duplicates.Forget();
  targets_.volunteer_book.Forget();
  targets_.referral_book.Forget();
  targets_.districts.Forget();
  load->Finish({revision->epoch, revision->sequence});
  targets_.on_published();
  applied_sequence_ = revision->sequence;
  load.reset();
  malloc_trim(0);  // what it worked in is nearly as much as the index
  return *revision;
}

absl::Status IndexFeed::Take(const RecordBatch& batch, VolunteerReader& reader, PairHistories& histories,
                             matcher::Load& load) {
  reader.Clear();
  std::vector<matcher::Change> others;
  const auto taken = batch.ForEach([&](absl::string_view key, absl::string_view value) {
    if (absl::StartsWith(key, storage::kVolunteers)) return ReadVolunteer(key, value, reader);
    return ApplyRecord(key, value, histories, others);
  });
  if (!taken.ok()) return taken;
  load.AddVolunteers(reader.facts());
  load.Add(std::move(others));
  return absl::OkStatus();
}

void IndexFeed::Run(std::stop_token stop, storage::Revision from) {
  while (!stop.stop_requested()) {
    std::stop_token pause;
    bool reload = false;
    bool expand = false;
    {
      const std::lock_guard lock(mutex_);
      if (stop.stop_requested()) return;
      pause_ = std::stop_source();
      pause = pause_.get_token();
      std::swap(reload, reload_);
      std::swap(expand, expand_);
    }
    if (reload) {
      const auto loaded = Load();
      if (!loaded.ok()) {
        base::Log(base::Severity::kError, "index.reload",
                  {{"code", absl::StatusCodeToString(loaded.status().code())},
                   {"detail", loaded.status().message()}});
        Reload();
        absl::SleepFor(kRetryPause);
        continue;
      }
      from = *loaded;
    } else if (expand) {
      if (const absl::Status expanded = ExpandAnew(); !expanded.ok()) {
        base::Log(base::Severity::kError, "index.expand",
                  {{"code", absl::StatusCodeToString(expanded.code())}, {"detail", expanded.message()}});
        const std::lock_guard lock(mutex_);
        expanded_day_ = absl::CivilDay();  // to be noticed again
      }
    }
    const absl::Status status = store_.Follow(
        from,
        [&](const std::vector<storage::Change>& batch) {
          if (auto applied = Apply(batch, from.epoch); !applied.ok()) return applied;
          from.sequence = batch.back().sequence;
          return absl::OkStatus();
        },
        pause);
    counts_held_ = {};
    if (status.ok()) continue;  // paused: to stop or to reload
    base::Log(base::Severity::kError, "index.feed",
              {{"code", absl::StatusCodeToString(status.code())}, {"detail", status.message()}});
    if (status.code() == absl::StatusCode::kOutOfRange) {
      const std::lock_guard lock(mutex_);
      reload_ = true;
    }
    absl::SleepFor(kRetryPause);
  }
}

absl::Status IndexFeed::ExpandAnew() {
  std::vector<matcher::Change> changes;
  PairHistories histories(store_, clock_.Now());
  const auto read = store_.Snapshot(storage::kOpportunities, [&](const storage::EntryView& entry) {
    const auto record = Parse<storage::v1::OpportunityRecord>(entry.key, entry.value);
    if (!record.ok()) return record.status();
    if (!record->opportunity().schedule().dated().has_recurrence()) return absl::OkStatus();
    auto applied = ApplyRecord(entry.key, entry.value, histories, changes);
    return applied.ok() ? FollowRole(histories, changes) : applied;
  });
  if (!read.ok()) return read.status();
  // What was written since the last commit that was followed comes again with its own.
  targets_.index.Publish(std::move(changes), targets_.index.Pin()->revision());
  return absl::OkStatus();
}

absl::Status IndexFeed::Apply(const std::vector<storage::Change>& batch, uint64_t epoch) {
  std::set<std::string> keys;  // a key that changed twice is read once
  for (const storage::Change& change : batch) keys.insert(change.keys.begin(), change.keys.end());
  std::vector<matcher::Change> changes;
  PairHistories histories(store_, clock_.Now());
  if (!counts_held_.owns_lock()) counts_held_ = targets_.districts.HoldCounts();
  for (const std::string& key : keys) {
    const auto present = store_.Get(key);
    if (!present.ok()) return present.status();
    const std::optional<absl::string_view> value =
        present->has_value() ? std::optional<absl::string_view>((*present)->value) : std::nullopt;
    const bool is_role = absl::StartsWith(key, storage::kOpportunities);
    if (present->has_value() && (is_role || absl::StartsWith(key, storage::kVolunteers)))
      read_sequence_ = std::max(read_sequence_, (*present)->sequence);
    if (auto status = ApplyRecord(key, value, histories, changes); !status.ok()) return status;
    if (is_role) {
      if (auto status = FollowRole(histories, changes); !status.ok()) return status;
    }
    if (auto status = TellTables(key, value); !status.ok()) return status;
  }
  Publish(std::move(changes), {epoch, batch.back().sequence});
  if (read_sequence_ <= batch.back().sequence) counts_held_.unlock();
  return absl::OkStatus();
}

absl::Status IndexFeed::TellTables(absl::string_view key, std::optional<absl::string_view> value) {
  if (absl::ConsumePrefix(&key, storage::kReferrals)) return targets_.referral_book.Put(key, value);
  if (absl::ConsumePrefix(&key, storage::kOpportunities)) return targets_.districts.Put(key, value);
  if (!absl::ConsumePrefix(&key, storage::kVolunteers)) return absl::OkStatus();
  for (auto told : {targets_.duplicates.Put(key, value), targets_.volunteer_book.Put(key, value),
                    targets_.districts.Put(key, value)}) {
    if (!told.ok()) return told;
  }
  return absl::OkStatus();
}

void IndexFeed::Publish(std::vector<matcher::Change> changes, storage::Revision revision) {
  targets_.index.Publish(std::move(changes), {revision.epoch, revision.sequence});
  applied_sequence_ = revision.sequence;
  targets_.on_published();
}

absl::Status IndexFeed::FollowRole(PairHistories& histories, std::vector<matcher::Change>& changes) {
  const auto* upsert = std::get_if<matcher::UpsertOpportunity>(&changes.back());
  if (upsert == nullptr) return absl::OkStatus();  // it is gone, and what is known of it with it
  const std::string name = upsert->facts.name;
  histories.Use(name, upsert->facts.schedule);
  const auto view = targets_.index.Pin();
  const matcher::OpportunityFacts* before = view->FindOpportunity(name, {.centre = "", .sees_all = true});
  if (before != nullptr && SameSessions(before->schedule, upsert->facts.schedule)) return absl::OkStatus();
  const storage::Table<storage::v1::OpportunityReferrals> table(store_, storage::kOpportunityReferrals);
  const auto stored = table.Get(name);
  if (!stored.ok() || !stored->has_value()) return stored.status();
  changes.push_back(ConnectionsOf(name, (*stored)->message));
  for (const auto& live : (*stored)->message.live()) {
    if (!live.placed()) continue;
    auto history = histories.Of(live.volunteer());
    if (!history.ok()) return history.status();
    changes.push_back(*std::move(history));
  }
  return absl::OkStatus();
}

absl::Status IndexFeed::ApplyRecord(absl::string_view key, std::optional<absl::string_view> value,
                                    PairHistories& histories, std::vector<matcher::Change>& changes) {
  const auto name_after = [&](absl::string_view prefix) { return std::string(key.substr(prefix.size())); };
  const auto places = places_.Get();

  if (absl::StartsWith(key, storage::kVolunteers)) {
    const std::string name = name_after(storage::kVolunteers);
    if (!value) {
      changes.push_back(matcher::RemoveVolunteer{name});
      return absl::OkStatus();
    }
    VolunteerReader reader(tables_, *places);
    if (auto status = ReadVolunteer(key, *value, reader); !status.ok()) return status;
    changes.push_back(matcher::UpsertVolunteer{reader.facts().front()});
  } else if (absl::StartsWith(key, storage::kOpportunities)) {
    const std::string name = name_after(storage::kOpportunities);
    if (!value) {
      targets_.listings.Remove(name);
      changes.push_back(matcher::RemoveOpportunity{name});
      return absl::OkStatus();
    }
    const auto record = Parse<storage::v1::OpportunityRecord>(key, *value);
    if (!record.ok()) return record.status();
    matcher::OpportunityFacts facts = ToFacts(record->opportunity(), tables_, *places, clock_.Now());
    targets_.listings.Put(record->opportunity(), facts, *places);
    if (record->opportunity().state() == v1::Opportunity::STATE_DELETED) {
      changes.push_back(matcher::RemoveOpportunity{name});
    } else {
      changes.push_back(matcher::UpsertOpportunity{std::move(facts)});
    }
  } else if (absl::StartsWith(key, storage::kVolunteerReferrals)) {
    const auto stored = Parse<storage::v1::VolunteerReferrals>(key, value.value_or(""));
    if (!stored.ok()) return stored.status();
    auto history = histories.Of(name_after(storage::kVolunteerReferrals), *stored);
    if (!history.ok()) return history.status();
    changes.push_back(*std::move(history));
  } else if (absl::StartsWith(key, storage::kOpportunityReferrals)) {
    const auto stored = Parse<storage::v1::OpportunityReferrals>(key, value.value_or(""));
    if (!stored.ok()) return stored.status();
    changes.push_back(ConnectionsOf(name_after(storage::kOpportunityReferrals), *stored));
  } else if (absl::StartsWith(key, storage::kOrganisationViews)) {
    const std::string name = name_after(storage::kOrganisationViews);
    if (!value) {
      targets_.organisations.Remove(name);
      changes.push_back(matcher::SetOrganisation{name, matcher::OrganisationStanding::kUnknown});
      return absl::OkStatus();
    }
    const auto view = Parse<storage::v1::OrganisationView>(key, *value);
    if (!view.ok()) return view.status();
    const matcher::OrganisationStanding standing = StandingIn(*view);
    targets_.organisations.Put(name, standing, view->display_name());
    changes.push_back(matcher::SetOrganisation{name, standing});
  } else if (absl::StartsWith(key, storage::kCentreViews) && value) {
    const auto view = Parse<storage::v1::CentreView>(key, *value);
    if (!view.ok()) return view.status();
    if (view->gone()) {
      targets_.centres.Remove(view->name());
    } else {
      targets_.centres.Put(view->name());
    }
  } else if (absl::StartsWith(key, storage::kCredentialViews) && value) {
    const auto view = Parse<storage::v1::CredentialView>(key, *value);
    if (!view.ok()) return view.status();
    targets_.credentials.Put(EntryFor(*view));
  } else if (key == absl::StrCat(storage::kWatchCursors, kOrganisationsWatch) && value) {
    targets_.organisations.SetSeen();
  } else if (key == absl::StrCat(storage::kWatchCursors, kCentresWatch) && value) {
    targets_.centres.SetSeen();
  } else if (key == absl::StrCat(storage::kWatchCursors, kCredentialsWatch) && value) {
    // Cursors come after all views, in the store's order and in a batch's, so all that it tells of is there.
    targets_.credentials.SetSeen();
  }
  return absl::OkStatus();
}

}  // namespace brokerage::matching
