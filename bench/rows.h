// The benchmark's facts as flat rows, for peers that are databases and search engines.
//
// What can be worked out when a row is loaded is worked out then, in the peers' favour: credits by the
// taxonomy, minutes in blocks of an hour, what of checks and licences is valid on the day of the questions,
// which causes meet which.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

#include "bench/habits.h"
#include "bench/world.h"
#include "matcher/index.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::bench {

// Levels are 1 to 5; 0 is none.
inline constexpr int kLevels = 6;
inline constexpr int kCreditCodes = kLevels * kLevels;

// What a held pair of levels is worth for a wanted level, in 120ths. `code` is kLevels times the best level
// of the skill itself (or one below it), plus the best level of its parent.
int CreditOf(int code, int wanted_level);

// Keys order as names do: the sixteen digits of a name, moved into the signed range.
int64_t KeyOf(absl::string_view name);
int CentreNumber(absl::string_view centre);

struct VolunteerRow {
  int64_t key = 0;
  int centre = 0;
  bool county = false;
  bool available = false;
  bool remote = false;
  std::optional<matcher::GeoPoint> home;
  std::optional<matcher::GeoPoint> centroid;
  std::optional<uint32_t> radius_m;
  std::array<uint8_t, kSkills> credits{};  // a code for each skill, see CreditOf
  matcher::SlotSet free;
  int64_t free_hours_minutes = 0;  // in unbroken pieces of an hour or more
  uint64_t causes = 0;             // one bit each
  uint64_t causes_met = 0;         // of roles: equal, above or below
  uint32_t languages = 0;
  uint32_t licences = 0;     // valid today
  matcher::HeldCheck check;  // its level is kNone unless valid today
  std::optional<int> birth;  // 20010131
};

VolunteerRow RowOf(const matcher::VolunteerFacts& facts, const matcher::SetVolunteerHistory& history,
                   const matcher::Taxonomies& taxonomies);

struct RoleRow {
  enum Kind { kUnscheduled, kWeekly, kFlexible };
  int64_t key = 0;
  int centre = 0;
  bool county = false;
  bool remote = false;
  std::optional<matcher::GeoPoint> place;
  std::vector<matcher::WantedSkill> skills;
  int64_t importance = 0;  // of all skills
  Kind kind = kUnscheduled;
  matcher::SlotSet windows;
  int64_t committed = 0;
  int64_t minimum_coverage_bp = 0;
  uint64_t causes = 0;
  uint64_t causes_met = 0;  // of volunteers: equal, above or below
  uint32_t languages = 0;
  uint32_t licences = 0;
  matcher::RequiredCheck check;
  // Of those old and young enough today, the last and the first birth; unset: any, unknown too.
  std::optional<int> born_by;
  std::optional<int> born_from;
  int64_t places = 0;
  int64_t connections = 0;
};

// Of the schedules that peers are asked about: none, weekly, flexible at any time in blocks of an hour.
// Others are a fault of the caller.
RoleRow RowOf(const matcher::OpportunityFacts& facts, int64_t connections,
              const matcher::Taxonomies& taxonomies);

// Slots as hexadecimal digits, slot 0 first; credits likewise, two digits each.
std::string HexOf(const matcher::SlotSet& slots);
std::string HexOf(const std::array<uint8_t, kSkills>& credits);

}  // namespace brokerage::bench
