// A role as what bounds its pairs' scores, in one cache line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "matcher/columnar/role_week.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Which parts the score of a pair with a role has, as bits; causes only when the volunteer states one too.
using RoleParts = uint8_t;
inline constexpr RoleParts kHasSkills = 1;
inline constexpr RoleParts kHasAvailability = 2;
inline constexpr RoleParts kHasCauses = 4;
inline constexpr std::size_t kRolePartsCount = 8;

// When a role is done.
enum class RoleTime : uint8_t {
  kUnscheduled,
  kWeekly,   // in all of its slots
  kAnyTime,  // so many minutes a week, at any time
  kWindows,  // so many minutes a week, in some of its slots
  kDated,    // the moment decides how much of it is left
};

// As far as it does not depend on the moment. What does not fit is left to the facts; connections that
// saturate make a bound wider.
struct alignas(64) RoleLane {
  RoleLane(const OpportunityFacts& opportunity, const Taxonomies& taxonomies, int64_t all_connections,
           uint32_t centre_number);

  struct Want {
    SkillId skill;
    uint8_t level;
    uint8_t importance : 7;
    uint8_t required : 1;
  };
  static constexpr std::size_t kWants = 4;
  static constexpr int32_t kNoExpiry = std::numeric_limits<int32_t>::max();
  static constexpr uint16_t kSomeCentre = std::numeric_limits<uint16_t>::max();

  uint64_t id;                    // IdPrefix
  const OpportunityFacts* facts;  // kept by the opportunity tables of the same state
  uint64_t causes;                // CauseBits
  RoleWeek week;                  // half-hours that may count for it: the windows, or those of any session
  int32_t expire_min;             // kNoExpiry: ask the facts
  std::array<Want, kWants> wants{};
  uint16_t committed_minutes = 0;  // a week; 0 when it is unscheduled or dated
  uint16_t minimum_coverage_bp;
  uint16_t places;
  uint16_t connections;  // at least so many
  uint16_t centre;       // its number in the role table; kSomeCentre: a greater one
  RoleTime time : 3 = RoleTime::kUnscheduled;
  CheckLevel check_level : 3;
  bool in_hours : 1 = false;  // flexible: half an hour at a time is not enough
  bool whole_week : 1;        // `week` is all of it
  RoleParts parts : 3;
  bool is_whole : 1 = false;  // with its RoleRest it is all that the rules read
  uint8_t wants_count : 3;    // more than fit: all are in the facts
  bool remote : 1;
};
static_assert(sizeof(RoleLane) == 64);

}  // namespace brokerage::matcher
