// The conditions of a match: all must hold, else the pair is none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace brokerage::matcher {

// In the order in which they are told.
enum class Condition : uint8_t {
  kVolunteerNotAvailable,
  kOpportunityNotOpen,
  kOrganisationNotActive,
  kNotShared,
  kTooFar,
  kRemoteNotWanted,
  kRequiredSkill,
  kCheckLevel,
  kAge,
  kLicence,
  kLanguage,
  kCoverage,
  kDoubleBooked,
  kAlreadyReferred,
};
inline constexpr std::size_t kConditionCount = 14;

inline constexpr std::array<Condition, kConditionCount> kAllConditions = {
    Condition::kVolunteerNotAvailable,
    Condition::kOpportunityNotOpen,
    Condition::kOrganisationNotActive,
    Condition::kNotShared,
    Condition::kTooFar,
    Condition::kRemoteNotWanted,
    Condition::kRequiredSkill,
    Condition::kCheckLevel,
    Condition::kAge,
    Condition::kLicence,
    Condition::kLanguage,
    Condition::kCoverage,
    Condition::kDoubleBooked,
    Condition::kAlreadyReferred,
};

// The code in the API: "TOO_FAR".
absl::string_view ConditionCode(Condition condition);

}  // namespace brokerage::matcher
