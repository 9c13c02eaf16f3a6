// What is asked of whom: one direction of matching, over a world of one size.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "bench/world.h"

namespace brokerage::bench {

inline constexpr std::size_t kTop = 20;

struct Scene {
  enum class Direction { kVolunteers, kRoles };

  std::string name;  // "top20.200k": 20 volunteers for a role; "roles.100k": 20 roles for a volunteer
  Direction direction = Direction::kVolunteers;
  int64_t size = 0;  // records that are searched
  World world;

  int64_t volunteers() const { return direction == Direction::kVolunteers ? size : 0; }
  int64_t opportunities() const { return direction == Direction::kRoles ? size : 0; }
};

// INVALID_ARGUMENT when there is no such scene.
absl::StatusOr<Scene> SceneOf(absl::string_view name);

struct Question {
  std::string name;  // "local/3": the class and its number
  std::variant<VolunteersQuestion, RolesQuestion> asked;
  bool for_peers = true;  // whether peers can be asked the same
};

// `per_class` of each class.
std::vector<Question> QuestionsOf(const Scene& scene, int64_t per_class);

}  // namespace brokerage::bench
