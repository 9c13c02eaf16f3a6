// How far a held skill answers a wanted one.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/types/span.h"

#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// Credits are in 120ths.
inline constexpr int64_t kFullCredit = 120;

// 2 when `held` is `wanted` or below it, 1 when it is the direct parent, else 0. Groups answer nothing.
inline int SkillFactor(SkillId held, SkillId wanted, const Taxonomy& skills) {
  return skills.Answer(held, wanted);
}

struct SkillCredit {
  int64_t credit = 0;
  int factor = 0;
  std::optional<HeldSkill> held;  // the best one; the nearer, the higher level, the smaller id among equals
};

// min(60, 60 · held div wanted) · factor of the best held skill.
SkillCredit CreditFor(const WantedSkill& wanted, absl::Span<const HeldSkill> held, const Taxonomy& skills);
// The credit alone, sooner.
int64_t CreditOf(const WantedSkill& wanted, absl::Span<const HeldSkill> held, const Taxonomy& skills);

// R(10^6 · Σ importance · credit, 120 · Σ importance); absent when nothing is wanted.
std::optional<int64_t> SkillsPart(absl::Span<const WantedSkill> wanted, absl::Span<const HeldSkill> held,
                                  const Taxonomy& skills);

// Whether any of `causes` is one: groups (the root) are none.
bool StatesCause(absl::Span<const CauseId> causes, const Taxonomy& taxonomy);

struct SharedCause {
  CauseId volunteer = 0;
  CauseId opportunity = 0;
};

// The first pair of causes of which one is the other or above it; groups (the root) are no causes.
std::optional<SharedCause> FindSharedCause(absl::Span<const CauseId> volunteer,
                                           absl::Span<const CauseId> opportunity, const Taxonomy& causes);

// 10^6 when a cause is shared, else 0; absent when either side states none.
std::optional<int64_t> CausesPart(absl::Span<const CauseId> volunteer, absl::Span<const CauseId> opportunity,
                                  const Taxonomy& causes);

}  // namespace brokerage::matcher
