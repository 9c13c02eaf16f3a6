#include "services/matching/reports/district_counts.h"

#include <algorithm>
#include <utility>

#include "base/resource_names.h"
#include "reference/centroids.h"
#include "reference/districts.h"
#include "services/matching/opportunity_states.h"
#include "services/places/resolve.h"
#include "services/rpc/moments.h"

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

DistrictCounts::DistrictCounts(const ReferenceTables& tables, std::shared_ptr<const matcher::World> world)
    : tables_(tables), numbers_(tables), world_(std::move(world)) {
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

void DistrictCounts::Put(absl::Span<const matcher::VolunteerFacts> volunteers,
                         absl::Span<const HomeArea> homes) {
  const auto is_searching = [&](std::size_t i) {
    return volunteers[i].state == matcher::VolunteerState::kSearching;
  };
  std::vector<Volunteer> rows(volunteers.size());
  for (std::size_t i = 0; i < volunteers.size(); ++i) {
    if (is_searching(i)) rows[i] = RowOf(volunteers[i], homes[i]);
  }
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < volunteers.size(); ++i) {
    if (is_searching(i)) {
      rows[i].centre = NumberOf(volunteers[i].centre);
      Target().volunteers.Put(volunteers[i].name, std::move(rows[i]));
    } else {
      Target().volunteers.Remove(volunteers[i].name);
    }
  }
}

void DistrictCounts::RemoveVolunteer(absl::string_view name) {
  const std::lock_guard lock(mutex_);
  Target().volunteers.Remove(name);
}

void DistrictCounts::Put(const v1::Opportunity& opportunity, const matcher::OpportunityFacts& facts) {
  // Open at some time: from its expiry on it is not, which is seen to when it is counted.
  if (EffectiveState(opportunity, absl::InfinitePast()) != v1::Opportunity::STATE_OPEN) {
    return RemoveOpportunity(opportunity.name());
  }
  Role row = RowOf(opportunity, facts);
  const std::lock_guard lock(mutex_);
  row.centre = NumberOf(facts.centre);
  Target().roles.Put(opportunity.name(), std::move(row));
}

void DistrictCounts::RemoveOpportunity(absl::string_view name) {
  const std::lock_guard lock(mutex_);
  Target().roles.Remove(name);
}

void DistrictCounts::BeginLoad() {
  const std::lock_guard lock(mutex_);
  loading_ = std::make_unique<Kept>();
}

void DistrictCounts::EndLoad() {
  const std::lock_guard lock(mutex_);
  kept_ = std::move(loading_);
}

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

DistrictTally DistrictCounts::Count(const DistrictQuestion& question) const {
  std::unique_lock turn(counting_);
  std::unique_lock lock(mutex_);
  const auto known = centres_.find(question.acting.centre);
  const std::optional<Centre> own =
      known == centres_.end() ? std::nullopt : std::optional<Centre>(known->second);
  const auto volunteers = kept_->volunteers.Pin();
  const auto roles = kept_->roles.Pin();
  lock.unlock();
  turn.unlock();

  Counter counter(*this, question, own);
  volunteers.ForEach([&](const Volunteer& row) { counter.Add(row); });
  roles.ForEach([&](const Role& row) { counter.Add(row); });
  return std::move(counter).Finish();
}

}  // namespace brokerage::matching
