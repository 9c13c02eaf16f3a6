#include "bench/scene.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace brokerage::bench {
namespace {

constexpr uint64_t kSeed = 20'261'125;
// Roles are searched in the country of a million volunteers.
constexpr int64_t kCountryOfRoles = 1'000'000;

int64_t SizeOf(absl::string_view text) {
  int64_t unit = 1;
  if (absl::ConsumeSuffix(&text, "k")) unit = 1'000;
  if (absl::ConsumeSuffix(&text, "m")) unit = 1'000'000;
  int64_t number = 0;
  return absl::SimpleAtoi(text, &number) ? number * unit : 0;
}

}  // namespace

absl::StatusOr<Scene> SceneOf(absl::string_view name) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(name, absl::MaxSplits('.', 1));
  const int64_t size = SizeOf(parts.second);
  if (size <= 0 || (parts.first != "top20" && parts.first != "roles")) {
    return absl::InvalidArgumentError(absl::StrCat("no such scene: ", name, " (top20.200k, roles.100k)"));
  }
  const bool roles = parts.first == "roles";
  return Scene{std::string(name), roles ? Scene::Direction::kRoles : Scene::Direction::kVolunteers, size,
               World(kSeed, roles ? kCountryOfRoles : size)};
}

std::vector<Question> QuestionsOf(const Scene& scene, int64_t per_class) {
  std::vector<Question> questions;
  const auto add = [&](auto of_class, bool for_peers) {
    for (int64_t number = 0; number < per_class; ++number) {
      questions.push_back(
          {absl::StrCat(NameOf(of_class), "/", number), scene.world.QuestionAt(of_class, number), for_peers});
    }
  };
  if (scene.direction == Scene::Direction::kVolunteers) {
    for (const RoleClass role_class : kRoleClasses) add(role_class, role_class != RoleClass::kDated);
  } else {
    for (const SeekerClass seeker_class : kSeekerClasses) add(seeker_class, true);
  }
  return questions;
}

}  // namespace brokerage::bench
