#include "matcher/columnar/role_lane.h"

#include <algorithm>
#include <optional>

#include "matcher/columnar/leaf.h"
#include "matcher/columnar/saturated.h"
#include "matcher/columnar/seeker_tables.h"
#include "matcher/order.h"
#include "matcher/skills.h"

namespace brokerage::matcher {
namespace {

bool HasAvailability(const Schedule& schedule) {
  if (const auto* weekly = std::get_if<WeeklySchedule>(&schedule)) return weekly->windows.any();
  if (const auto* flexible = std::get_if<FlexibleSchedule>(&schedule)) return flexible->minutes_per_week > 0;
  return std::holds_alternative<DatedSchedule>(schedule);  // while a session is left
}

RoleParts PartsOf(const OpportunityFacts& opportunity, const Taxonomies& taxonomies) {
  const int skills = opportunity.skills.empty() ? 0 : kHasSkills;
  const int availability = HasAvailability(opportunity.schedule) ? kHasAvailability : 0;
  const int causes = StatesCause(opportunity.causes, taxonomies.causes) ? kHasCauses : 0;
  return static_cast<RoleParts>(skills | availability | causes);
}

}  // namespace

RoleLane::RoleLane(const OpportunityFacts& opportunity, const Taxonomies& taxonomies, int64_t all_connections,
                   uint32_t centre_number)
    : id(IdPrefix(LastSegment(opportunity.name))),
      facts(&opportunity),
      causes(CauseBits(opportunity.causes)),
      expire_min(Saturated<int32_t>(opportunity.expire_min.value_or(kNoExpiry))),
      minimum_coverage_bp(Saturated<uint16_t>(opportunity.minimum_coverage_bp)),
      places(Saturated<uint16_t>(opportunity.places)),
      connections(Saturated<uint16_t>(all_connections)),
      centre(Saturated<uint16_t>(centre_number)),
      check_level(opportunity.required_check.level),
      parts(PartsOf(opportunity, taxonomies)),
      wants_count(static_cast<uint8_t>(std::min(opportunity.skills.size(), kWants + 1))),
      remote(opportunity.remote) {
  for (std::size_t i = 0; i < std::min(opportunity.skills.size(), kWants); ++i) {
    const WantedSkill& wanted = opportunity.skills[i];
    wants[i] = {wanted.skill, wanted.level, static_cast<uint8_t>(wanted.importance & 0x7f), wanted.required};
  }
  SlotSet slots;
  if (const auto* weekly = std::get_if<WeeklySchedule>(&opportunity.schedule)) {
    time = RoleTime::kWeekly;
    slots = weekly->windows;
    committed_minutes = static_cast<uint16_t>(slots.count() * kSlotMinutes);
  } else if (const auto* flexible = std::get_if<FlexibleSchedule>(&opportunity.schedule)) {
    time = flexible->windows.any() ? RoleTime::kWindows : RoleTime::kAnyTime;
    slots = flexible->windows;
    committed_minutes = static_cast<uint16_t>(flexible->minutes_per_week);
    in_hours = flexible->minimum_block_minutes > kSlotMinutes;
  } else if (const auto* dated = std::get_if<DatedSchedule>(&opportunity.schedule)) {
    time = RoleTime::kDated;
    for (const Session& session : dated->sessions) {
      for (const SlotSpan& span : session.spans) slots.set(span.slot);
    }
  }
  const std::optional<RoleWeek> packed = RoleWeek::Of(slots);
  week = packed.value_or(RoleWeek());
  whole_week = packed.has_value();
}

}  // namespace brokerage::matcher
