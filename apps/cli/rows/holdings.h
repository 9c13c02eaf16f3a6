// What people hold and roles ask for, one entry of a list each: skills, licences, DBS checks. Reasons as in
// cells.h.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "apps/cli/rows/words.h"
#include "brokerage/common/v1/check.pb.h"
#include "brokerage/common/v1/licence.pb.h"

namespace brokerage::cli {

struct SkillEntry {
  std::string skill;  // "skills/first-aid"
  std::optional<int32_t> level;
  std::optional<int32_t> importance;
};

// "first-aid", "First aid:4" (a level), "driving:2*5" (and an importance), "driving*5". Levels and
// importances are 1 to 5.
absl::StatusOr<SkillEntry> ParseSkillEntry(absl::string_view text, const Words& words);

// "car", or "minibus 2027-05-01" with the last day of validity.
absl::StatusOr<common::v1::HeldLicence> ParseHeldLicence(absl::string_view text);

// "enhanced children 2025-03-01 list=children until=2028-03-01 update-service": the level first, then in any
// order the workforces, the date of issue, the barred lists, the last day of validity, the Update Service. An
// enhanced check with a list is CHECK_LEVEL_ENHANCED_BARRED.
absl::StatusOr<common::v1::HeldCheck> ParseHeldCheck(absl::string_view text);

}  // namespace brokerage::cli
