#include "matcher/columnar/role_leaf.h"

#include <algorithm>
#include <tuple>

#include "matcher/columnar/cluster_key.h"
#include "matcher/order.h"
#include "matcher/round.h"

namespace brokerage::matcher {
namespace {

// Whether another skill is wanted more: what is required first, then what is important.
bool Less(const WantedSkill& a, const WantedSkill& b) {
  return std::tie(a.required, a.importance, b.skill) < std::tie(b.required, b.importance, a.skill);
}

MainSkill KeySkill(const OpportunityFacts& opportunity) {
  return opportunity.remote ? MainSkill(opportunity.skills) : MainSkill();
}

uint64_t KeyPlace(const OpportunityFacts& opportunity) {
  return opportunity.remote ? IdPrefix(LastSegment(opportunity.name))
                            : MortonOf(opportunity.place.value_or(GeoPoint()));
}

// Of the skills part, in millionths and rounded down.
uint32_t ShareOf(MainSkill main_skill, const OpportunityFacts& opportunity) {
  int64_t share = 0;
  int64_t importance = 0;
  for (const WantedSkill& wanted : opportunity.skills) {
    if (main_skill.any() && wanted.skill == main_skill.skill()) share = kMillion * wanted.importance;
    importance += wanted.importance;
  }
  return static_cast<uint32_t>(importance == 0 ? 0 : share / importance);
}

}  // namespace

MainSkill::MainSkill(absl::Span<const WantedSkill> wanted) {
  const auto main = std::max_element(wanted.begin(), wanted.end(), Less);
  if (main != wanted.end()) code_ = (main->skill + 1u) << 1 | (main->required ? 1u : 0u);
}

bool MayMatch(const OpportunityFacts& opportunity) {
  return opportunity.state == OpportunityState::kOpen && opportunity.places_filled < opportunity.places &&
         (opportunity.remote || opportunity.place.has_value());
}

RoleKey::RoleKey(const OpportunityFacts& opportunity)
    : main_skill(KeySkill(opportunity)), place(KeyPlace(opportunity)), name(opportunity.name) {}

uint64_t RoleLeaf::In(std::size_t word, const GeoBox& box, CheckLevel highest) const {
  LaneSet lanes{};
  lanes[word] = OpenTo(word, highest);
  KeepBetween(latitudes_e7_, box.south_e7, box.north_e7, lanes);
  KeepBetween(longitudes_e7_, box.west_e7, box.east_e7, lanes);
  return lanes[word];
}

std::size_t RoleLeaf::LowerBound(const OpportunityFacts& opportunity) const {
  const RoleKey key(opportunity);
  const auto at = std::partition_point(lanes_.begin(), lanes_.end(), [&](const RoleLane& lane) {
    const OpportunityFacts& facts = *lane.facts;
    return std::make_tuple(KeySkill(facts), KeyPlace(facts), absl::string_view(facts.name)) <
           std::make_tuple(key.main_skill, key.place, absl::string_view(key.name));
  });
  return static_cast<std::size_t>(at - lanes_.begin());
}

void RoleLeaf::Add(const RoleLane& lane, const RoleRest& rest) {
  const auto at = static_cast<std::ptrdiff_t>(LowerBound(*lane.facts));
  lanes_.insert(lanes_.begin() + at, lane);
  rests_.insert(rests_.begin() + at, rest);
  lanes_[static_cast<std::size_t>(at)].is_whole = rest.IsWhole(lane);
}

void RoleLeaf::Remove(const OpportunityFacts& opportunity) {
  const auto at = static_cast<std::ptrdiff_t>(LowerBound(opportunity));
  lanes_.erase(lanes_.begin() + at);
  rests_.erase(rests_.begin() + at);
}

RoleKey RoleLeaf::Split(RoleLeaf& upper) {
  const auto half = static_cast<std::ptrdiff_t>(lanes_.size() / 2);
  upper.lanes_.assign(lanes_.begin() + half, lanes_.end());
  upper.rests_.assign(rests_.begin() + half, rests_.end());
  lanes_.erase(lanes_.begin() + half, lanes_.end());
  rests_.erase(rests_.begin() + half, rests_.end());
  return RoleKey(*upper.lanes_.front().facts);
}

void RoleLeaf::Index() {
  open_to_ = {};
  words_.fill(Word());
  runs_.clear();
  for (std::size_t number = 0; number < lanes_.size(); ++number) {
    const RoleLane& lane = lanes_[number];
    const GeoPoint place = lane.facts->place.value_or(GeoPoint());
    latitudes_e7_[number] = place.latitude_e7;
    longitudes_e7_[number] = place.longitude_e7;
    Word& word = words_[number / 64];
    word.places.Add(place);
    word.least_id = std::min(word.least_id, lane.id);
    word.parts |= 1u << lane.parts;
    for (auto level = static_cast<std::size_t>(lane.check_level); level < kCheckLevels; ++level)
      open_to_[level][number / 64] |= uint64_t{1} << (number % 64);
    const MainSkill main_skill = KeySkill(*lane.facts);
    if (runs_.empty() || runs_.back().main_skill != main_skill)
      runs_.push_back({main_skill, kMillion, static_cast<uint16_t>(number), 0});
    runs_.back().end = static_cast<uint16_t>(number + 1);
    runs_.back().least_share = std::min(runs_.back().least_share, ShareOf(main_skill, *lane.facts));
  }
}

GeoBox RoleLeaf::places() const {
  GeoBox places;
  for (const Word& word : words_) places.Add(word.places);
  return places;
}

}  // namespace brokerage::matcher
