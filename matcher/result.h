// What the matcher says of a pair.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "matcher/types.h"

namespace brokerage::matcher {

// In millionths, 0 to 10^6. A part with nothing to say is absent, with its weight.
struct Parts {
  std::optional<int64_t> skills;
  std::optional<int64_t> location;  // always present: 0 when TOO_FAR fails
  std::optional<int64_t> availability;
  std::optional<int64_t> causes;
  friend bool operator==(const Parts&, const Parts&) = default;
};

// What a reader should know of a pair and what moves no score.
struct Note {
  enum class Kind : uint8_t {
    kNoSchedule,            // no schedule is stated: ask when the role takes place
    kCheckExpiresSoon,      // `day`: within 84 days; weekly, flexible and unscheduled roles only
    kLicenceExpiresSoon,    // `id` is the LicenceKind, `day` as above
    kAccessNeedNotOffered,  // `id` is the AccessNeed that the role does not support
  };
  Kind kind = Kind::kNoSchedule;
  uint16_t id = 0;
  Day day = 0;
  friend bool operator==(const Note&, const Note&) = default;
};

// The result of one pair at one moment, whichever side asks.
struct PairScore {
  std::optional<int64_t> score_millionths;  // absent when a condition fails
  Parts parts;
  // As shown: round the water where it lies between, and rounded up to the kilometre when the two centres
  // differ. Absent for remote roles, unknown places and where no crossing leads there.
  std::optional<int64_t> distance_m;
  int64_t covered_minutes = 0;
  int64_t committed_minutes = 0;
  std::vector<Note> notes;
  friend bool operator==(const PairScore&, const PairScore&) = default;
};

}  // namespace brokerage::matcher
