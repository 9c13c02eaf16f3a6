#include "services/matching/reports/district_counts.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "base/resource_names.h"
#include "brokerage/storage/v1/record.pb.h"
#include "reference/centroids.h"
#include "reference/districts.h"
#include "services/matching/convert/facts.h"
#include "services/matching/opportunity_states.h"
#include "services/matching/reports/pinned_rows.h"
#include "services/places/resolve.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"

namespace brokerage::matching {
namespace {

template <typename Terms>
void AddOnce(TermNumber term, Terms& terms) {
  if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
}

// Adds `term` and all that is above it, but groups, which are no terms themselves. `number_of` numbers them.
template <typename Terms, typename NumberOf>
void AddWithAbove(uint16_t term, const matcher::Taxonomy& taxonomy, const NumberOf& number_of, Terms& terms) {
  if (taxonomy.IsGroup(term)) return;
  AddOnce(number_of(term), terms);
  for (const uint16_t above : taxonomy.Ancestors(term)) {
    if (!taxonomy.IsGroup(above)) AddOnce(number_of(above), terms);
  }
}

}  // namespace

AreaTally& AreaTally::operator+=(const AreaTally& others) {
  counts += others.counts;
  terms.resize(std::max(terms.size(), others.terms.size()));
  for (std::size_t i = 0; i < others.terms.size(); ++i) terms[i] += others.terms[i];
  return *this;
}

// What is kept of each record that has a row; all of them are one group.
class DistrictCounts::Rows {
 public:
  using Entry = std::variant<std::monostate, Volunteer, Role>;
  static constexpr std::array kPrefixes = {storage::kVolunteers, storage::kOpportunities};
  static std::optional<std::string> GroupOf(absl::string_view /*name*/) { return ""; }

  void Put(const std::string& name, Entry entry) {
    if (auto* const volunteer = std::get_if<Volunteer>(&entry))
      return volunteers_.Put(name, std::move(*volunteer));
    if (auto* const role = std::get_if<Role>(&entry)) return roles_.Put(name, std::move(*role));
    volunteers_.Remove(name);
    roles_.Remove(name);
  }

  struct State {
    PinnedRows<Volunteer>::State volunteers;
    PinnedRows<Role>::State roles;
  };
  State Pin() const { return {volunteers_.Pin(), roles_.Pin()}; }

 private:
  // Pinning is noted in them.
  mutable PinnedRows<Volunteer> volunteers_;
  mutable PinnedRows<Role> roles_;
};

DistrictCounts::DistrictCounts(const storage::Store& store, const ReferenceTables& tables,
                               std::shared_ptr<const matcher::World> world, const PlacesInUse& places,
                               const base::Clock& clock)
    : tables_(tables),
      numbers_(tables),
      world_(std::move(world)),
      places_(places),
      clock_(clock),
      rows_(std::make_unique<LazyTables<Rows>>(store)) {
  const auto& districts = tables_.districts.all();
  for (std::size_t i = 0; i < districts.size(); ++i) {
    area_of_district_.emplace(base::FormatDistrictName(districts[i].code), static_cast<Area>(i));
  }
  for (const reference::Centroid& centroid : reference::ShippedCentroids()) {
    const std::string district = places::DistrictOfOutcode(centroid.code, tables_.districts);
    if (!district.empty()) {
      area_of_outcode_.emplace(centroid.code, AreaOf(base::FormatDistrictName(district)));
    }
  }
}

DistrictCounts::~DistrictCounts() = default;

DistrictCounts::Area DistrictCounts::AreaOf(absl::string_view district) const {
  if (district.empty()) return elsewhere();
  const auto found = area_of_district_.find(district);
  // Once served and now no more is outside too.
  return found == area_of_district_.end() ? outside() : found->second;
}

DistrictCounts::Area DistrictCounts::ShownAreaOf(absl::string_view outcode) const {
  const auto found = area_of_outcode_.find(outcode);
  return found == area_of_outcode_.end() ? elsewhere() : found->second;
}

void DistrictCounts::AddSkill(matcher::SkillId skill, Terms& terms) const {
  AddWithAbove(
      skill, world_->taxonomies.skills, [&](uint16_t term) { return numbers_.OfSkill(term); }, terms);
}

void DistrictCounts::AddCause(matcher::CauseId cause, Terms& terms) const {
  AddWithAbove(
      cause, world_->taxonomies.causes, [&](uint16_t term) { return numbers_.OfCause(term); }, terms);
}

DistrictCounts::Volunteer DistrictCounts::RowOf(const matcher::VolunteerFacts& facts,
                                                const HomeArea& home) const {
  Volunteer row;
  row.centre = NumberOf(facts.centre);
  row.home = AreaOf(home.district);
  row.shown = ShownAreaOf(home.outcode);
  row.shared = facts.sharing == matcher::Sharing::kCounty;
  row.accepts_remote = facts.accepts_remote;
  for (const matcher::HeldSkill& held : facts.skills) AddSkill(held.skill, row.terms);
  for (const matcher::CauseId cause : facts.causes) AddCause(cause, row.terms);
  return row;
}

DistrictCounts::Role DistrictCounts::RowOf(const v1::Opportunity& opportunity,
                                           const matcher::OpportunityFacts& facts) const {
  Role row;
  row.centre = NumberOf(facts.centre);
  row.place = AreaOf(opportunity.place().district());
  row.shared = facts.sharing == matcher::Sharing::kCounty;
  row.remote = facts.remote;
  row.places = int64_t{facts.places} - int64_t{facts.places_filled};
  row.expire_time =
      opportunity.has_expire_time() ? rpc::ToTime(opportunity.expire_time()) : absl::InfiniteFuture();
  for (const matcher::WantedSkill& wanted : facts.skills) {
    AddSkill(wanted.skill, row.terms);
    row.named.push_back(numbers_.OfSkill(wanted.skill));
  }
  for (const matcher::CauseId cause : facts.causes) {
    AddCause(cause, row.terms);
    row.named.push_back(numbers_.OfCause(cause));
  }
  return row;
}

DistrictCounts::Centre DistrictCounts::NumberOf(const std::string& centre) const {
  const std::lock_guard lock(mutex_);
  return centres_.try_emplace(centre, static_cast<Centre>(centres_.size())).first->second;
}

std::optional<DistrictCounts::Centre> DistrictCounts::KnownNumberOf(const std::string& centre) const {
  const std::lock_guard lock(mutex_);
  const auto known = centres_.find(centre);
  return known == centres_.end() ? std::nullopt : std::optional(known->second);
}

// Makes rows of stored records. The places in use are asked for again with each record: when they are
// replaced meanwhile, all that was read before is forgotten, and what is read after is not.
class DistrictCounts::Reader {
 public:
  explicit Reader(const DistrictCounts& counts) : counts_(counts) {}

  // Errors: DATA_LOSS.
  absl::StatusOr<Rows::Entry> Read(absl::string_view name, absl::string_view bytes) {
    if (auto places = counts_.places_.Get(); places != places_) {
      reader_.emplace(counts_.tables_, *places);
      places_ = std::move(places);
    }
    return base::CentreOfVolunteer(name) ? ReadVolunteer(bytes) : ReadRole(bytes);
  }

 private:
  absl::StatusOr<Rows::Entry> ReadVolunteer(absl::string_view bytes) {
    reader_->Clear();
    auto read = reader_->Read(bytes, storage::v1::VolunteerRecord::kVolunteerFieldNumber);
    if (!read.ok()) return read;
    const matcher::VolunteerFacts& facts = reader_->facts().front();
    if (facts.state != matcher::VolunteerState::kSearching) return Rows::Entry();
    return counts_.RowOf(facts, reader_->areas().front());
  }

  absl::StatusOr<Rows::Entry> ReadRole(absl::string_view bytes) {
    storage::v1::OpportunityRecord stored;
    if (!stored.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
      return absl::DataLossError("a role's record cannot be read");
    const v1::Opportunity& opportunity = stored.opportunity();
    // Open at some time: from its expiry on it is not, which is seen to when it is counted.
    if (EffectiveState(opportunity, absl::InfinitePast()) != v1::Opportunity::STATE_OPEN)
      return Rows::Entry();
    return counts_.RowOf(opportunity, ToFacts(opportunity, counts_.tables_, *places_, counts_.clock_.Now()));
  }

  const DistrictCounts& counts_;
  std::shared_ptr<const reference::PlaceIndex> places_;
  std::optional<VolunteerReader> reader_;  // by these
};

absl::Status DistrictCounts::Put(absl::string_view name, std::optional<absl::string_view> record) {
  Reader reader(*this);
  return rows_->Put(name, record, [&](auto... stored) { return reader.Read(stored...); });
}

void DistrictCounts::Forget() { rows_->Forget(); }

// Counts one after another.
class DistrictCounts::Counter {
 public:
  // `own`: the centre that is asked for, if anything is kept of it.
  Counter(const DistrictCounts& counts, const DistrictQuestion& question, std::optional<Centre> own)
      : question_(question), own_(own) {
    tally_.areas.resize(std::size_t{counts.elsewhere()} + 1);
    for (AreaTally& area : tally_.areas) area.terms.resize(counts.numbers_.size());
  }

  void Add(const Volunteer& row) {
    const bool is_own = IsOwn(row.centre);
    if ((!is_own && !row.shared) || !HasTerms(row.terms)) return;
    AreaTally& area = tally_.areas[is_own ? row.home : row.shown];
    ++area.counts.volunteers;
    for (const TermNumber term : row.terms) ++area.terms[term].counts.volunteers;
    if (row.accepts_remote) ++tally_.remote.volunteers;
  }

  void Add(const Role& row) {
    if ((!IsOwn(row.centre) && !row.shared) || !HasTerms(row.terms)) return;
    if (question_.now >= row.expire_time) return;
    const Counts one{0, 1, row.places};
    if (row.remote) {
      tally_.remote += one;
      return;
    }
    AreaTally& area = tally_.areas[row.place];
    area.counts += one;
    for (const TermNumber term : row.terms) area.terms[term].counts += one;
    for (const TermNumber term : row.named) area.terms[term].named = true;
  }

  DistrictTally Finish() && { return std::move(tally_); }

 private:
  bool IsOwn(Centre centre) const { return question_.acting.all || centre == own_; }
  bool HasTerms(const Terms& terms) const {
    return std::all_of(question_.terms.begin(), question_.terms.end(), [&](TermNumber term) {
      return std::find(terms.begin(), terms.end(), term) != terms.end();
    });
  }

  const DistrictQuestion& question_;
  const std::optional<Centre> own_;
  DistrictTally tally_;
};

absl::StatusOr<DistrictTally> DistrictCounts::Count(const DistrictQuestion& question) const {
  Reader reader(*this);
  std::optional<Rows::State> state;
  const auto read = [&](auto... stored) { return reader.Read(stored...); };
  const auto pin = [&] { return rows_->Ask("", read, [&](const Rows& rows) { state = rows.Pin(); }); };
  // The first time is for reading, which takes longer than anybody is to be held up.
  if (auto first = pin(); !first.ok()) return first;
  {
    const std::lock_guard turn(counting_);
    if (auto pinned = pin(); !pinned.ok()) return pinned;
  }
  Counter counter(*this, question, KnownNumberOf(question.acting.centre));
  const auto count = [&](const auto& row) { counter.Add(row); };
  state->volunteers.ForEach(count);
  state->roles.ForEach(count);
  return std::move(counter).Finish();
}

}  // namespace brokerage::matching
