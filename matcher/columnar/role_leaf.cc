#include "matcher/columnar/role_leaf.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"

#include "matcher/columnar/cluster_key.h"
#include "matcher/order.h"
#include "matcher/round.h"
#include "matcher/skills.h"

namespace brokerage::matcher {
namespace {

template <typename Holds>
LaneSet LanesWhere(std::size_t count, const Holds& holds) {
  LaneSet lanes{};
  for (std::size_t lane = 0; lane < count; ++lane) {
    if (holds(lane)) lanes[lane / 64] |= uint64_t{1} << (lane % 64);
  }
  return lanes;
}

bool HasAvailability(const Schedule& schedule) {
  if (const auto* weekly = std::get_if<WeeklySchedule>(&schedule)) return weekly->windows.any();
  if (const auto* flexible = std::get_if<FlexibleSchedule>(&schedule)) return flexible->minutes_per_week > 0;
  return std::holds_alternative<DatedSchedule>(schedule);  // while a session is left
}

}  // namespace

bool MayMatch(const OpportunityFacts& opportunity) {
  return opportunity.state == OpportunityState::kOpen && opportunity.places_filled < opportunity.places;
}

RoleKind::RoleKind(const OpportunityFacts& opportunity, const Taxonomies& taxonomies)
    : remote(opportunity.remote),
      skills(!opportunity.skills.empty()),
      availability(HasAvailability(opportunity.schedule)),
      causes(StatesCause(opportunity.causes, taxonomies.causes)) {}

RoleKey RoleKeyOf(const OpportunityFacts& opportunity, const Taxonomies& taxonomies) {
  const uint64_t place = opportunity.remote ? IdPrefix(LastSegment(opportunity.name))
                                            : MortonOf(opportunity.place.value_or(GeoPoint()));
  return {RoleKind(opportunity, taxonomies), place, opportunity.name};
}

uint64_t CauseBits(absl::Span<const CauseId> causes) {
  uint64_t bits = 0;
  for (const CauseId cause : causes) bits |= uint64_t{1} << (cause % 64);
  return bits;
}

int32_t CentreHash(absl::string_view centre) { return static_cast<int32_t>(absl::HashOf(centre)); }

RoleLane::RoleLane(const OpportunityFacts& opportunity, int64_t connection_count)
    : facts(&opportunity),
      id(IdPrefix(LastSegment(opportunity.name))),
      place(opportunity.place.value_or(GeoPoint())),
      has_place(opportunity.place.has_value()),
      centre(CentreHash(opportunity.centre)),
      causes(CauseBits(opportunity.causes)),
      expire_min(opportunity.expire_min.value_or(std::numeric_limits<Minute>::max())),
      connections(connection_count),
      check_level(opportunity.required_check.level) {
  if (const auto* weekly = std::get_if<WeeklySchedule>(&opportunity.schedule)) {
    slots = weekly->windows;
    committed_minutes = static_cast<int32_t>(slots.count()) * kSlotMinutes;
  } else if (const auto* flexible = std::get_if<FlexibleSchedule>(&opportunity.schedule)) {
    slots = flexible->windows.any() ? flexible->windows : SlotSet().set();
    committed_minutes = flexible->minutes_per_week;
  } else if (const auto* schedule = std::get_if<DatedSchedule>(&opportunity.schedule)) {
    dated = true;
    for (const Session& session : schedule->sessions) {
      for (const SlotSpan& span : session.spans) slots.set(span.slot);
    }
  }
  for (const WantedSkill& wanted : opportunity.skills) required_skills += wanted.required ? 1 : 0;
}

LaneSet RoleLeaf::In(const GeoBox& box) const {
  LaneSet lanes = placed_;
  KeepBetween(latitudes_e7_, box.south_e7, box.north_e7, lanes);
  KeepBetween(longitudes_e7_, box.west_e7, box.east_e7, lanes);
  return lanes;
}

LaneSet RoleLeaf::OfCentre(int32_t centre_hash) const {
  LaneSet lanes = all_;
  KeepBetween(centres_, centre_hash, centre_hash, lanes);
  return lanes;
}

void RoleLeaf::Add(const OpportunityFacts& opportunity, int64_t connections) {
  lanes_.emplace_back(opportunity, connections);
}

void RoleLeaf::Remove(const OpportunityFacts& opportunity) {
  const auto lane = std::find_if(lanes_.begin(), lanes_.end(),
                                 [&](const RoleLane& one) { return one.facts == &opportunity; });
  *lane = lanes_.back();
  lanes_.pop_back();
}

RoleKey RoleLeaf::Split(RoleLeaf& upper, const Taxonomies& taxonomies) {
  std::vector<std::pair<RoleKey, RoleLane>> order;
  order.reserve(lanes_.size());
  for (const RoleLane& lane : lanes_) order.emplace_back(RoleKeyOf(*lane.facts, taxonomies), lane);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::size_t half = order.size() / 2;
  lanes_.clear();
  for (std::size_t i = 0; i < order.size(); ++i) {
    (i < half ? lanes_ : upper.lanes_).push_back(order[i].second);
  }
  return std::move(order[half].first);
}

void RoleLeaf::Index(const Taxonomies& taxonomies) {
  const std::size_t count = lanes_.size();
  places_ = GeoBox();
  least_id_ = std::numeric_limits<uint64_t>::max();
  for (std::size_t number = 0; number < count; ++number) {
    const RoleLane& lane = lanes_[number];
    latitudes_e7_[number] = lane.place.latitude_e7;
    longitudes_e7_[number] = lane.place.longitude_e7;
    centres_[number] = lane.centre;
    if (lane.has_place) places_.Add(lane.place);
    least_id_ = std::min(least_id_, lane.id);
  }
  all_ = LanesWhere(count, [](std::size_t) { return true; });
  placed_ = LanesWhere(count, [&](std::size_t lane) { return lanes_[lane].has_place; });
  requiring_ = LanesWhere(count, [&](std::size_t lane) { return lanes_[lane].required_skills > 0; });
  IndexSkills(taxonomies);
}

void RoleLeaf::IndexSkills(const Taxonomies& taxonomies) {
  const std::size_t skills = taxonomies.skills.size();
  begins_.assign(skills + 1, 0);
  for (const RoleLane& lane : lanes_) {
    for (const WantedSkill& wanted : lane.facts->skills) {
      if (wanted.skill < skills) ++begins_[wanted.skill];
    }
  }
  uint32_t sum = 0;
  for (uint32_t& begin : begins_) begin = sum += begin;
  postings_.resize(sum);
  // From behind, so that each begin comes down from its end to where it is.
  for (std::size_t lane = lanes_.size(); lane-- > 0;) {
    const std::vector<WantedSkill>& all = lanes_[lane].facts->skills;
    int64_t importance = 0;
    for (const WantedSkill& wanted : all) importance += wanted.importance;
    for (const WantedSkill& wanted : all) {
      if (wanted.skill >= skills) continue;
      const int64_t share = (kMillion * wanted.importance + importance - 1) / importance;
      postings_[--begins_[wanted.skill]] = {static_cast<uint32_t>(share), static_cast<uint16_t>(lane),
                                            wanted.level, wanted.required};
    }
  }
}

}  // namespace brokerage::matcher
