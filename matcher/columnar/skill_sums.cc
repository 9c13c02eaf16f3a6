#include "matcher/columnar/skill_sums.h"

#include <algorithm>
#include <bit>

#include "matcher/skills.h"

namespace brokerage::matcher {

SkillSums::SkillSums(const VolunteerRef& volunteer, const Taxonomies& taxonomies) {
  for (std::size_t i = 0; i < taxonomies.skills.size(); ++i) {
    const auto wanted = static_cast<SkillId>(i);
    const bool any = std::any_of(
        volunteer.skills.begin(), volunteer.skills.end(),
        [&](const HeldSkill& held) { return SkillFactor(held.skill, wanted, taxonomies.skills) > 0; });
    if (!any) continue;
    Answer answer{wanted, {}};
    for (uint8_t level = 1; level < answer.credits.size(); ++level) {
      const int64_t credit = CreditFor({wanted, level}, volunteer.skills, taxonomies.skills).credit;
      answer.credits[level] = static_cast<uint8_t>(credit);
    }
    answers_.push_back(answer);
  }
}

void SkillSums::Sum(const RoleLeaf& leaf) {
  leaf_ = &leaf;
  touched_ = LaneSet();
  for (const Answer& answer : answers_) {
    for (const WantedPosting& wanted : leaf.Wanting(answer.wanted)) Add(answer, wanted);
  }
}

void SkillSums::Add(const Answer& answer, const WantedPosting& wanted) {
  const int64_t credit = answer.CreditFor(wanted.level);
  // Rounded up, and so at least what the part's one rounding makes of the sum.
  const auto part = static_cast<int32_t>((wanted.share * credit + kFullCredit - 1) / kFullCredit);
  const auto held = static_cast<uint8_t>(wanted.required && credit == kFullCredit ? 1 : 0);
  const bool again = IsTouched(wanted.lane);
  touched_[wanted.lane / 64] |= uint64_t{1} << (wanted.lane % 64);
  part_[wanted.lane] = part + (again ? part_[wanted.lane] : 0);
  held_[wanted.lane] = static_cast<uint8_t>(held + (again ? held_[wanted.lane] : 0));
}

void SkillSums::Keep(int64_t least_part, LaneSet& lanes) const {
  for (std::size_t word = 0; word < lanes.size(); ++word) {
    const uint64_t untouched = least_part > 0 ? 0 : lanes[word] & ~touched_[word] & ~leaf_->requiring()[word];
    uint64_t kept = 0;
    for (uint64_t bits = lanes[word] & touched_[word]; bits != 0; bits &= bits - 1) {
      const std::size_t lane = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      const bool reaches = part_[lane] >= least_part && held_[lane] >= leaf_->lanes()[lane].required_skills;
      if (reaches) kept |= bits & -bits;
    }
    lanes[word] = untouched | kept;
  }
}

}  // namespace brokerage::matcher
