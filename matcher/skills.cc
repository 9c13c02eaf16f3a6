#include "matcher/skills.h"

#include <algorithm>
#include <tuple>

#include "matcher/round.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kWholeLevel = 60;

int64_t ShareOfLevel(uint8_t held, uint8_t wanted) {
  return held >= wanted ? kWholeLevel : kWholeLevel * held / wanted;
}

bool Better(const SkillCredit& a, const SkillCredit& b) {
  if (!b.held.has_value()) return a.held.has_value();
  return std::make_tuple(a.credit, a.factor, a.held->level, b.held->skill) >
         std::make_tuple(b.credit, b.factor, b.held->level, a.held->skill);
}

}  // namespace

SkillCredit CreditFor(const WantedSkill& wanted, absl::Span<const HeldSkill> held, const Taxonomy& skills) {
  SkillCredit best;
  for (const HeldSkill& skill : held) {
    const int factor = SkillFactor(skill.skill, wanted.skill, skills);
    if (factor == 0) continue;
    const SkillCredit candidate{ShareOfLevel(skill.level, wanted.level) * factor, factor, skill};
    if (Better(candidate, best)) best = candidate;
  }
  return best;
}

int64_t CreditOf(const WantedSkill& wanted, absl::Span<const HeldSkill> held, const Taxonomy& skills) {
  int64_t best = 0;
  for (const HeldSkill& skill : held) {
    const int factor = SkillFactor(skill.skill, wanted.skill, skills);
    if (factor != 0) best = std::max(best, ShareOfLevel(skill.level, wanted.level) * factor);
  }
  return best;
}

std::optional<int64_t> SkillsPart(absl::Span<const WantedSkill> wanted, absl::Span<const HeldSkill> held,
                                  const Taxonomy& skills) {
  if (wanted.empty()) return std::nullopt;
  int64_t earned = 0;
  int64_t importance = 0;
  for (const WantedSkill& skill : wanted) {
    earned += skill.importance * CreditOf(skill, held, skills);
    importance += skill.importance;
  }
  return R(kMillion * earned, kFullCredit * importance);
}

bool StatesCause(absl::Span<const CauseId> causes, const Taxonomy& taxonomy) {
  return std::any_of(causes.begin(), causes.end(), [&](CauseId cause) { return !taxonomy.IsGroup(cause); });
}

std::optional<SharedCause> FindSharedCause(absl::Span<const CauseId> volunteer,
                                           absl::Span<const CauseId> opportunity, const Taxonomy& causes) {
  for (const CauseId mine : volunteer) {
    for (const CauseId theirs : opportunity) {
      if (causes.Answer(mine, theirs) == 2 || causes.Answer(theirs, mine) == 2)
        return SharedCause{mine, theirs};
    }
  }
  return std::nullopt;
}

std::optional<int64_t> CausesPart(absl::Span<const CauseId> volunteer, absl::Span<const CauseId> opportunity,
                                  const Taxonomy& causes) {
  if (!StatesCause(volunteer, causes) || !StatesCause(opportunity, causes)) return std::nullopt;
  return FindSharedCause(volunteer, opportunity, causes).has_value() ? kMillion : 0;
}

}  // namespace brokerage::matcher
