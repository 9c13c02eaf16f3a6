#include "bench/floors.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <set>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "bench/rows.h"
#include "matcher/availability.h"
#include "matcher/distance.h"

namespace brokerage::bench {
namespace {

constexpr int64_t kSample = 100'000;
constexpr int64_t kLineBits = kLineBytes * 8;

// Bits that tell so many values apart.
int64_t BitsFor(std::size_t values) { return std::bit_width(values - 1); }

// How many different credits volunteers have for a wanted skill.
std::size_t CreditsFor(const matcher::WantedSkill& wanted) {
  std::set<int> credits;
  for (int code = 0; code < kCreditCodes; ++code) credits.insert(CreditOf(code, wanted.level));
  return credits.size();
}

int64_t BitsAsked(const VolunteersQuestion& question) {
  const matcher::OpportunityFacts& role = question.role;
  int64_t bits = 1;                              // available
  bits += question.visibility.sees_all ? 0 : 1;  // seen
  bits += role.remote ? 1 : 0;                   // accepts remote roles
  bits += role.causes.empty() ? 0 : BitsFor(3);  // shared, not, or none stated
  bits += role.required_check.level == matcher::CheckLevel::kNone ? 0 : 1;
  bits += role.minimum_age.has_value() ? 1 : 0;
  bits += static_cast<int64_t>(role.licences.size());
  for (const matcher::WantedSkill& wanted : role.skills)
    bits += wanted.required ? 1 : BitsFor(CreditsFor(wanted));
  const int64_t slots = matcher::CommitmentOf(role.schedule, World::AsOf()).minutes / matcher::kSlotMinutes;
  return bits + BitsFor(static_cast<std::size_t>(slots) + 1);  // how many of them are covered
}

bool AllScoreTheSame(const matcher::OpportunityFacts& role) {
  return role.remote && role.skills.empty() && role.causes.empty() &&
         std::holds_alternative<std::monostate>(role.schedule);
}

bool Near(const matcher::VolunteerFacts& volunteer, const matcher::OpportunityFacts& role) {
  const auto& origin = volunteer.centre == role.centre ? volunteer.home : volunteer.outcode_centroid;
  return origin.has_value() && volunteer.travel_radius_m.has_value() &&
         matcher::DistanceM(*origin, *role.place) <= *volunteer.travel_radius_m;
}

}  // namespace

std::vector<Floor> FloorsOf(const Scene& scene, const std::vector<Question>& questions,
                            const MemorySpeed& speed) {
  std::vector<Floor> floors;
  if (scene.direction != Scene::Direction::kVolunteers) return floors;
  std::vector<const matcher::OpportunityFacts*> roles;
  for (const Question& question : questions) {
    const auto& asked = std::get<VolunteersQuestion>(question.asked);
    if (AllScoreTheSame(asked.role)) continue;
    roles.push_back(&asked.role);
    floors.push_back(
        {question.name, asked.role.remote ? scene.size : 0, BitsAsked(asked), 0, !asked.role.remote, 0});
  }
  const int64_t sample = std::min(scene.size, kSample);
  for (int64_t i = 0; i < sample; ++i) {
    const matcher::VolunteerFacts volunteer = scene.world.VolunteerAt(i);
    for (std::size_t j = 0; j < floors.size(); ++j) {
      if (floors[j].scattered && Near(volunteer, *roles[j])) ++floors[j].volunteers;
    }
  }
  for (Floor& floor : floors) {
    if (floor.scattered) floor.volunteers = floor.volunteers * scene.size / sample;
    floor.lines = (floor.volunteers * floor.bits_each + kLineBits - 1) / kLineBits;
    floor.microseconds =
        floor.scattered ? static_cast<double>(floor.lines) * speed.random_line_ns / 1e3
                        : static_cast<double>(floor.lines * kLineBytes) / (speed.sequential_gb_per_s * 1e3);
  }
  return floors;
}

std::string LineOf(const Floor& floor) {
  return absl::StrCat(floor.question, "\t", floor.volunteers, "\t", floor.bits_each, "\t", floor.lines, "\t",
                      floor.scattered ? 1 : 0, "\t", floor.microseconds);
}

absl::StatusOr<std::vector<Floor>> ReadFloors(const std::string& path) {
  std::ifstream file(path);
  std::vector<Floor> floors;
  for (std::string line; std::getline(file, line);) {
    const std::vector<absl::string_view> columns = absl::StrSplit(line, '\t');
    Floor floor;
    int64_t scattered = 0;
    if (columns.size() != 6 || !absl::SimpleAtoi(columns[1], &floor.volunteers) ||
        !absl::SimpleAtoi(columns[2], &floor.bits_each) || !absl::SimpleAtoi(columns[3], &floor.lines) ||
        !absl::SimpleAtoi(columns[4], &scattered) || !absl::SimpleAtod(columns[5], &floor.microseconds)) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": no floor: ", line));
    }
    floor.question = std::string(columns[0]);
    floor.scattered = scattered != 0;
    floors.push_back(std::move(floor));
  }
  return floors;
}

}  // namespace brokerage::bench
