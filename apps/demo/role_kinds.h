// The kinds of role that the demonstration's organisations offer.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"

#include "apps/demo/schedules.h"

namespace brokerage::demo {

// What is asked for is written as apps/demo/notation.h reads it.
struct RoleKind {
  absl::string_view key = {};
  std::vector<absl::string_view> titles = {};
  // {town} and {organisation} are filled in.
  absl::string_view description = {};
  absl::string_view skills = {};
  absl::string_view check = {};
  absl::string_view licences = {};
  // One of these is asked for by half of such roles.
  std::vector<absl::string_view> languages = {};
  absl::string_view causes = {};
  std::vector<Timing> timings = {};  // each as likely
  int youngest = 0;                  // years; 0: not asked
  int oldest = 0;
  bool guardian_consent = false;
  int fewest_places = 1;
  int most_places = 3;
  bool remote = false;
  bool at_homes = false;         // somewhere in the district, not at the organisation's own place
  int minimum_coverage_bp = -1;  // -1: not stated
};

// By subject; the four together are all kinds. Keys are unique.
std::vector<RoleKind> CareRoleKinds();
std::vector<RoleKind> YoungPeopleRoleKinds();
std::vector<RoleKind> OutdoorRoleKinds();
std::vector<RoleKind> OfficeRoleKinds();

const std::vector<RoleKind>& RoleKinds();
// The kind must exist.
const RoleKind& FindRoleKind(absl::string_view key);

}  // namespace brokerage::demo
