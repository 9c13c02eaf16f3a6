// How many volunteers are searching in each district, and what is open there.
//
// Kept is what counting needs of every volunteer who is searching and of every role that is stored as open,
// from the first question on; a question is one pass over that. The matcher's facts know no districts, for no
// rule of a match needs one.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "matcher/types.h"
#include "matcher/world.h"
#include "services/matching/context.h"
#include "services/matching/convert/tables.h"
#include "services/matching/convert/volunteer_reader.h"
#include "services/matching/lazy_tables.h"
#include "services/matching/reports/term_numbers.h"
#include "services/rpc/policy.h"
#include "storage/store.h"

namespace brokerage::matching {

struct Counts {
  int64_t volunteers = 0;     // searching
  int64_t opportunities = 0;  // open
  int64_t places = 0;         // of these, not filled

  Counts& operator+=(const Counts& others) {
    volunteers += others.volunteers;
    opportunities += others.opportunities;
    places += others.places;
    return *this;
  }
  friend bool operator==(const Counts&, const Counts&) = default;
};

// What was counted of a skill or a cause: who has it or what is below it.
struct TermTally {
  Counts counts;
  bool named = false;  // by a role that was counted

  TermTally& operator+=(const TermTally& others) {
    counts += others.counts;
    named = named || others.named;
    return *this;
  }
};

// What was counted in an area.
struct AreaTally {
  Counts counts;
  std::vector<TermTally> terms;  // by TermNumber

  AreaTally& operator+=(const AreaTally& others);
};

struct DistrictTally {
  // The districts as they are configured, then those outside, then who is elsewhere: in a district that is
  // not known, or not told to whom it is counted for.
  std::vector<AreaTally> areas;
  // Remote roles, which are in no area; and the volunteers who accept remote work, who are in theirs too.
  Counts remote;
};

// Whom to count, and when.
struct DistrictQuestion {
  rpc::Acting acting;             // counted is what it may see, in the districts that it is shown
  std::vector<TermNumber> terms;  // only who has each of these, or what is below it
  absl::Time now;                 // roles expire
};

// Thread-safe.
class DistrictCounts {
 public:
  // All of it outlives this.
  DistrictCounts(const storage::Store& store, const ReferenceTables& tables,
                 std::shared_ptr<const matcher::World> world, const PlacesInUse& places,
                 const base::Clock& clock);
  ~DistrictCounts();

  // From the store's feed, as LazyTables has it. Errors: DATA_LOSS.
  absl::Status Put(absl::string_view name, std::optional<absl::string_view> record);
  void Forget();

  // While it is held no count begins. Held for as long as some of what was told is newer than the rest: what
  // was written together is counted together.
  std::unique_lock<std::mutex> HoldCounts() { return std::unique_lock(counting_); }

  // Waits for who holds counts, and then holds up nobody; the first one waits until all is read. Errors: the
  // store's, DATA_LOSS.
  absl::StatusOr<DistrictTally> Count(const DistrictQuestion& question) const;

 private:
  using Area = uint16_t;    // where it stands in DistrictTally::areas
  using Centre = uint32_t;  // a number for its name
  using Terms = absl::InlinedVector<TermNumber, 12>;

  struct Volunteer {
    Centre centre = 0;
    Area home = 0;   // as the own centre sees it
    Area shown = 0;  // as others do
    bool shared = false;
    bool accepts_remote = false;
    Terms terms;  // held, and all above them
  };
  struct Role {
    Centre centre = 0;
    Area place = 0;
    bool shared = false;
    bool remote = false;
    int64_t places = 0;
    absl::Time expire_time;
    Terms terms;  // named, and all above them
    Terms named;
  };
  class Rows;
  class Reader;
  class Counter;

  Area outside() const { return static_cast<Area>(tables_.districts.all().size()); }
  Area elsewhere() const { return static_cast<Area>(outside() + 1); }
  Area AreaOf(absl::string_view district) const;
  Area ShownAreaOf(absl::string_view outcode) const;
  void AddSkill(matcher::SkillId skill, Terms& terms) const;
  void AddCause(matcher::CauseId cause, Terms& terms) const;
  Volunteer RowOf(const matcher::VolunteerFacts& facts, const HomeArea& home) const;
  Role RowOf(const v1::Opportunity& opportunity, const matcher::OpportunityFacts& facts) const;
  // The number of a centre, which is given it if it has none.
  Centre NumberOf(const std::string& centre) const;
  std::optional<Centre> KnownNumberOf(const std::string& centre) const;

  const ReferenceTables tables_;
  const TermNumbers numbers_;
  const std::shared_ptr<const matcher::World> world_;
  absl::flat_hash_map<std::string, Area> area_of_district_;  // `districts/…`
  absl::flat_hash_map<std::string, Area> area_of_outcode_;   // as far as it tells one

  const PlacesInUse& places_;
  const base::Clock& clock_;
  const std::unique_ptr<LazyTables<Rows>> rows_;

  mutable std::mutex counting_;  // before all others
  mutable std::mutex mutex_;
  mutable absl::flat_hash_map<std::string, Centre> centres_;
};

}  // namespace brokerage::matching
