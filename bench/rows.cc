#include "bench/rows.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "matcher/availability.h"
#include "matcher/papers.h"

namespace brokerage::bench {
namespace {

constexpr int64_t kBlockMinutes = 60;
constexpr int kYears = 10'000;  // of a date as a number
constexpr int kWholeLevel = 60;

matcher::DaySpan Today() { return {World::AsOf().today, World::AsOf().today}; }

int TodayAsNumber() {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{World::AsOf().today}}};
  return static_cast<int>(date.year()) * kYears +
         static_cast<int>(static_cast<unsigned>(date.month())) * 100 +
         static_cast<int>(static_cast<unsigned>(date.day()));
}

template <typename List>
uint64_t BitsOf(const List& list) {
  uint64_t bits = 0;
  for (const auto item : list) bits |= uint64_t{1} << item;
  return bits;
}

uint64_t CausesMeeting(const std::vector<matcher::CauseId>& causes, const matcher::Taxonomy& taxonomy) {
  uint64_t bits = 0;
  for (const matcher::CauseId cause : causes) {
    for (uint16_t other = 0; other < taxonomy.size(); ++other) {
      if (other == cause || taxonomy.IsAncestor(other, cause) || taxonomy.IsAncestor(cause, other))
        bits |= uint64_t{1} << other;
    }
  }
  return bits;
}

void AddCredits(const matcher::HeldSkill& held, const matcher::Taxonomy& taxonomy,
                std::array<uint8_t, kSkills>& credits) {
  for (uint16_t wanted = 0; wanted < kSkills; ++wanted) {
    uint8_t& code = credits[wanted];
    const int itself = code / kLevels;
    const int parent = code % kLevels;
    if (held.skill == wanted || taxonomy.IsAncestor(wanted, held.skill)) {
      code = static_cast<uint8_t>(std::max<int>(itself, held.level) * kLevels + parent);
    } else if (taxonomy.Parent(wanted) == held.skill) {
      code = static_cast<uint8_t>(itself * kLevels + std::max<int>(parent, held.level));
    }
  }
}

}  // namespace

int CreditOf(int code, int wanted_level) {
  const auto share = [&](int level) { return std::min(kWholeLevel, kWholeLevel * level / wanted_level); };
  return std::max(2 * share(code / kLevels), share(code % kLevels));
}

int64_t KeyOf(absl::string_view name) {
  uint64_t bits = 0;
  if (!absl::SimpleHexAtoi(name.substr(name.rfind('/') + 1), &bits)) std::abort();
  return static_cast<int64_t>(bits ^ (uint64_t{1} << 63));
}

int CentreNumber(absl::string_view centre) {
  int number = 0;
  if (!absl::SimpleAtoi(centre.substr(centre.rfind('-') + 1), &number)) std::abort();
  return number;
}

VolunteerRow RowOf(const matcher::VolunteerFacts& facts, const matcher::SetVolunteerHistory& history,
                   const matcher::Taxonomies& taxonomies) {
  VolunteerRow row;
  row.key = KeyOf(facts.name);
  row.centre = CentreNumber(facts.centre);
  row.county = facts.sharing == matcher::Sharing::kCounty;
  row.available = facts.state == matcher::VolunteerState::kSearching ||
                  (facts.state == matcher::VolunteerState::kPlaced &&
                   history.held_placements.size() < facts.placement_limit);
  row.remote = facts.accepts_remote;
  row.home = facts.home;
  row.centroid = facts.outcode_centroid;
  row.radius_m = facts.travel_radius_m;
  for (const matcher::HeldSkill& held : facts.skills) AddCredits(held, taxonomies.skills, row.credits);
  row.free = facts.free;
  row.free_hours_minutes = matcher::MinutesInBlocks(facts.free, kBlockMinutes);
  row.causes = BitsOf(facts.causes);
  row.causes_met = CausesMeeting(facts.causes, taxonomies.causes);
  row.languages = static_cast<uint32_t>(BitsOf(facts.languages));
  for (const matcher::HeldLicence& licence : facts.licences) {
    if (matcher::ValidThrough(licence, Today())) row.licences |= 1u << licence.kind;
  }
  if (!facts.checks.empty() && matcher::ValidThrough(facts.checks.front(), Today()))
    row.check = facts.checks.front();
  if (facts.birth_date.has_value()) {
    row.birth = facts.birth_date->year * kYears + facts.birth_date->month * 100 + facts.birth_date->day;
  }
  return row;
}

RoleRow RowOf(const matcher::OpportunityFacts& facts, int64_t connections,
              const matcher::Taxonomies& taxonomies) {
  RoleRow row;
  row.key = KeyOf(facts.name);
  row.centre = CentreNumber(facts.centre);
  row.county = facts.sharing == matcher::Sharing::kCounty;
  row.remote = facts.remote;
  row.place = facts.place;
  row.skills = facts.skills;
  for (const matcher::WantedSkill& wanted : facts.skills) row.importance += wanted.importance;
  if (const auto* weekly = std::get_if<matcher::WeeklySchedule>(&facts.schedule)) {
    row.kind = RoleRow::kWeekly;
    row.windows = weekly->windows;
    row.committed = static_cast<int64_t>(weekly->windows.count()) * matcher::kSlotMinutes;
  } else if (const auto* flexible = std::get_if<matcher::FlexibleSchedule>(&facts.schedule)) {
    if (flexible->windows.any() || flexible->minimum_block_minutes != kBlockMinutes) std::abort();
    row.kind = RoleRow::kFlexible;
    row.committed = flexible->minutes_per_week;
  } else if (!std::holds_alternative<std::monostate>(facts.schedule)) {
    std::abort();
  }
  row.minimum_coverage_bp = facts.minimum_coverage_bp;
  row.causes = BitsOf(facts.causes);
  row.causes_met = CausesMeeting(facts.causes, taxonomies.causes);
  row.languages = static_cast<uint32_t>(BitsOf(facts.languages));
  row.licences = static_cast<uint32_t>(BitsOf(facts.licences));
  row.check = facts.required_check;
  if (facts.minimum_age.has_value()) {
    row.born_by = TodayAsNumber() - static_cast<int>(*facts.minimum_age) * kYears;
  }
  if (facts.maximum_age.has_value()) {
    row.born_from = TodayAsNumber() - (static_cast<int>(*facts.maximum_age) + 1) * kYears + 1;
  }
  row.places = facts.places;
  row.connections = connections;
  return row;
}

std::string HexOf(const matcher::SlotSet& slots) {
  std::string hex;
  for (std::size_t slot = 0; slot < matcher::kSlotsPerWeek; slot += 4) {
    const int digit = slots[slot] * 8 + slots[slot + 1] * 4 + slots[slot + 2] * 2 + slots[slot + 3];
    hex += "0123456789abcdef"[digit];
  }
  return hex;
}

std::string HexOf(const std::array<uint8_t, kSkills>& credits) {
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(credits.data()), credits.size()));
}

}  // namespace brokerage::bench
