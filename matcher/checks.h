// Checks (DBS): what may be asked, and when a held one satisfies.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

#include "matcher/types.h"

namespace brokerage::matcher {

// Why a role may ask for a check. A set of bits; none set is as kBasisNone.
using EligibilityBasisSet = uint8_t;
inline constexpr EligibilityBasisSet kBasisNone = 0;
inline constexpr EligibilityBasisSet kExceptionsOrder = 1;
inline constexpr EligibilityBasisSet kWorkWithChildren = 2;
inline constexpr EligibilityBasisSet kWorkWithAdults = 4;
inline constexpr EligibilityBasisSet kRegulatedActivityChildren = 8;
inline constexpr EligibilityBasisSet kRegulatedActivityAdults = 16;

// The most that may be asked on these bases: the union of what each allows. None: basic; the exceptions
// order: standard; work with children or adults: enhanced; a regulated activity: enhanced with that barred
// list.
struct CheckCeiling {
  CheckLevel level = CheckLevel::kBasic;
  BarredListSet barred_lists = 0;
};
CheckCeiling CeilingOf(EligibilityBasisSet bases);

// What is wrong with asking for a check. Asking for more than the bases allow is an offence.
enum class CheckFault : uint8_t {
  kBarredListMissing,     // enhanced with barred lists, but none is named
  kBarredListUnexpected,  // a barred list is named, but the level has none
  kLevelNotEligible,      // more than the ceiling's level: over-asking
  kBarredListNotEligible  // a list that the ceiling lacks: over-asking
};
// All of the faults; empty when it may be asked.
std::vector<CheckFault> FaultsOf(const RequiredCheck& required, EligibilityBasisSet bases);

// Whether `held` has the level or more, and at least the workforces and barred lists. Dates apart.
bool Covers(const HeldCheck& held, const RequiredCheck& required);

}  // namespace brokerage::matcher
