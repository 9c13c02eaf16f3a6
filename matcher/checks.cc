#include "matcher/checks.h"

#include <algorithm>

namespace brokerage::matcher {

CheckCeiling CeilingOf(EligibilityBasisSet bases) {
  CheckCeiling ceiling;
  const auto allow = [&](EligibilityBasisSet basis, CheckLevel level, BarredListSet lists) {
    if ((bases & basis) == 0) return;
    ceiling.level = std::max(ceiling.level, level);
    ceiling.barred_lists |= lists;
  };
  allow(kExceptionsOrder, CheckLevel::kStandard, 0);
  allow(kWorkWithChildren, CheckLevel::kEnhanced, 0);
  allow(kWorkWithAdults, CheckLevel::kEnhanced, 0);
  allow(kRegulatedActivityChildren, CheckLevel::kEnhancedBarred, kChildrenBarredList);
  allow(kRegulatedActivityAdults, CheckLevel::kEnhancedBarred, kAdultsBarredList);
  return ceiling;
}

std::vector<CheckFault> FaultsOf(const RequiredCheck& required, EligibilityBasisSet bases) {
  std::vector<CheckFault> faults;
  const bool barred = required.level == CheckLevel::kEnhancedBarred;
  if (barred && required.barred_lists == 0) faults.push_back(CheckFault::kBarredListMissing);
  if (!barred && required.barred_lists != 0) faults.push_back(CheckFault::kBarredListUnexpected);
  const CheckCeiling ceiling = CeilingOf(bases);
  if (required.level > ceiling.level) {
    faults.push_back(CheckFault::kLevelNotEligible);
  } else if (barred && (required.barred_lists & ~ceiling.barred_lists) != 0) {
    faults.push_back(CheckFault::kBarredListNotEligible);
  }
  return faults;
}

bool Covers(const HeldCheck& held, const RequiredCheck& required) {
  return held.level >= required.level && (required.workforces & ~held.workforces) == 0 &&
         (required.barred_lists & ~held.barred_lists) == 0;
}

}  // namespace brokerage::matcher
