// Keeps what is in memory in step with the store: the index, the organisations, the centres, the credentials,
// the tables that lists are found by, what is counted by district.
//
// There is one way in: everything written here or learned from the registry is committed first, and comes
// back through the store's feed, in the store's order.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "matcher/index.h"
#include "services/matching/context.h"
#include "services/matching/convert/tables.h"
#include "services/matching/convert/volunteer_reader.h"
#include "services/matching/duplicates.h"
#include "services/matching/listings.h"
#include "services/matching/load_threads.h"
#include "services/matching/referrals/pair_histories.h"
#include "services/matching/referrals/referral_book.h"
#include "services/matching/registry_state.h"
#include "services/matching/reports/district_counts.h"
#include "services/matching/volunteer_book.h"
#include "services/rpc/credentials.h"
#include "storage/store.h"

namespace brokerage::matching {

// Thread-safe. Everything that it is given outlives it.
class IndexFeed final : public IndexGate {
 public:
  struct Targets {
    matcher::Index& index;
    OrganisationViews& organisations;
    CentreViews& centres;
    rpc::CredentialDirectory& credentials;
    Duplicates& duplicates;
    VolunteerBook& volunteer_book;
    ReferralBook& referral_book;
    Listings& listings;
    DistrictCounts& districts;
    // Called after each change of the index, on the thread that made it.
    std::function<void()> on_published = [] {};
  };

  IndexFeed(const storage::Store& store, Targets targets, const ReferenceTables& tables,
            const PlacesInUse& places, const base::Clock& clock)
      : store_(store), targets_(targets), tables_(tables), places_(places), clock_(clock) {}
  ~IndexFeed() override { Stop(); }

  // Reads the whole store, then follows it on a thread of its own. Errors: the store's.
  absl::Status Start();
  void Stop();

  // Reads every record again: the places that they refer to have changed. Returns at once.
  void Reload();

  // Makes recurring sessions anew when the London day is another than when they were made. To be called
  // often; returns at once.
  void NoticeDay();

  // The commits up to this sequence are in the index: the store's feed may forget them.
  uint64_t applied_sequence() const { return applied_sequence_; }

  absl::Status AwaitWrite(storage::Revision revision, absl::Time deadline) override;

 private:
  absl::StatusOr<storage::Revision> Load();
  // Adds records to a load. Errors: DATA_LOSS; the store's.
  absl::Status Take(const RecordBatch& batch, VolunteerReader& reader, PairHistories& histories,
                    matcher::Load& load);
  void Run(std::stop_token stop, storage::Revision from);
  // Publishes every role with a recurrence, as it is stored and expanded now. Errors: the store's, DATA_LOSS.
  absl::Status ExpandAnew();
  absl::Status Apply(const std::vector<storage::Change>& batch, uint64_t epoch);
  // Adds what the record at `key` changes; no `value`: there is none any more. Errors: DATA_LOSS; the
  // store's.
  absl::Status ApplyRecord(absl::string_view key, std::optional<absl::string_view> value,
                           PairHistories& histories, std::vector<matcher::Change>& changes);
  // Adds what the change of a role that is in the index, the last of `changes`, means for what referrals say
  // of it. Errors: DATA_LOSS; the store's.
  absl::Status FollowRole(PairHistories& histories, std::vector<matcher::Change>& changes);
  // Errors: DATA_LOSS.
  absl::Status TellTables(absl::string_view key, std::optional<absl::string_view> value);
  void Publish(std::vector<matcher::Change> changes, storage::Revision revision);

  const storage::Store& store_;
  const Targets targets_;
  const ReferenceTables tables_;
  const PlacesInUse& places_;
  const base::Clock& clock_;

  std::atomic<uint64_t> applied_sequence_{0};
  // The feed's own. It reads the present value of a key, which may be of a later commit than the one that
  // names it: until that one is applied too, nothing is to be counted, unless the feed comes to a halt.
  std::unique_lock<std::mutex> counts_held_;
  uint64_t read_sequence_ = 0;  // the last commit of which something that is counted was read
  std::mutex mutex_;
  bool reload_ = false;
  bool expand_ = false;
  absl::CivilDay expanded_day_;  // the London day that recurring sessions were last made for
  std::stop_source pause_;       // ends the present Follow, for one of these or to stop
  std::jthread thread_;
};

}  // namespace brokerage::matching
