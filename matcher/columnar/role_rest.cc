#include "matcher/columnar/role_rest.h"

#include <optional>

#include "matcher/columnar/saturated.h"

namespace brokerage::matcher {
namespace {

std::optional<uint32_t> AgeOf(uint16_t age, uint16_t none) {
  return age == none ? std::nullopt : std::optional<uint32_t>(age);
}

Schedule ScheduleOf(const RoleLane& lane, int32_t block_minutes) {
  switch (lane.time) {
    case RoleTime::kWeekly:
      return WeeklySchedule{lane.week.Slots()};
    case RoleTime::kAnyTime:
    case RoleTime::kWindows:
      return FlexibleSchedule{lane.committed_minutes, block_minutes, lane.week.Slots()};
    case RoleTime::kUnscheduled:
    case RoleTime::kDated:
      break;
  }
  return std::monostate();
}

int32_t BlockMinutes(const Schedule& schedule) {
  const auto* const flexible = std::get_if<FlexibleSchedule>(&schedule);
  return flexible == nullptr ? 0 : flexible->minimum_block_minutes;
}

}  // namespace

RoleRest::RoleRest(const OpportunityFacts& opportunity, int64_t all_connections, uint32_t organisation_number)
    : connections(all_connections),
      organisation(organisation_number),
      languages(opportunity.languages),
      causes(opportunity.causes),
      licences(opportunity.licences),
      access_support(opportunity.access_support),
      minimum_age(Saturated<uint16_t>(opportunity.minimum_age.value_or(kNoAge))),
      maximum_age(Saturated<uint16_t>(opportunity.maximum_age.value_or(kNoAge))),
      // Longer than a week is too long, however long.
      block_minutes(Saturated<uint16_t>(BlockMinutes(opportunity.schedule))),
      workforces(opportunity.required_check.workforces),
      barred_lists(opportunity.required_check.barred_lists),
      sharing(opportunity.sharing),
      guardian_consent(opportunity.guardian_consent) {}

bool RoleRest::IsWhole(const RoleLane& lane) const {
  const OpportunityFacts& facts = *lane.facts;
  const bool lists_fit = lane.wants_count <= RoleLane::kWants && languages.fit() && causes.fit() &&
                         licences.fit() && access_support.fit();
  const bool has_age_limits = facts.minimum_age.has_value() == (minimum_age != kNoAge) &&
                              facts.maximum_age.has_value() == (maximum_age != kNoAge);
  const bool expires = facts.expire_min.has_value();
  return lists_fit && has_age_limits && lane.whole_week && lane.time != RoleTime::kDated &&
         expires == (lane.expire_min != RoleLane::kNoExpiry) && lane.centre != RoleLane::kSomeCentre;
}

void RoleRest::Restore(const RoleLane& lane, GeoPoint place, OpportunityFacts& facts) const {
  facts.state = OpportunityState::kOpen;
  facts.expire_min =
      lane.expire_min == RoleLane::kNoExpiry ? std::nullopt : std::optional<Minute>(lane.expire_min);
  facts.places = lane.places;
  facts.places_filled = 0;  // as good as any number below
  facts.sharing = sharing;
  facts.remote = lane.remote;
  facts.place = lane.remote ? std::nullopt : std::optional<GeoPoint>(place);
  facts.skills.clear();
  for (std::size_t i = 0; i < lane.wants_count; ++i) {
    const RoleLane::Want& want = lane.wants[i];
    facts.skills.push_back({want.skill, want.level, want.importance, want.required != 0});
  }
  facts.schedule = ScheduleOf(lane, block_minutes);
  facts.minimum_coverage_bp = lane.minimum_coverage_bp;
  facts.causes.assign(causes.begin(), causes.end());
  facts.languages.assign(languages.begin(), languages.end());
  facts.licences.assign(licences.begin(), licences.end());
  facts.required_check = {lane.check_level, workforces, barred_lists};
  facts.minimum_age = AgeOf(minimum_age, kNoAge);
  facts.maximum_age = AgeOf(maximum_age, kNoAge);
  facts.guardian_consent = guardian_consent;
  facts.access_support.assign(access_support.begin(), access_support.end());
}

}  // namespace brokerage::matcher
