#include "matcher/columnar/planes.h"

#include <algorithm>

#include "matcher/skills.h"

namespace brokerage::matcher {

PlaneMap::PlaneMap(const Taxonomies& taxonomies)
    : taxonomies_(taxonomies),
      skills_(taxonomies.skills.size()),
      causes_(taxonomies.causes.size()),
      first_skill_(kFirstBucket + kBuckets),
      first_cause_(first_skill_ + static_cast<int>(skills_)),
      count_(first_cause_ + static_cast<int>(causes_)),
      answers_(skills_),
      sharing_(causes_) {
  for (std::size_t i = 0; i < skills_ * skills_; ++i) {
    const auto wanted = static_cast<SkillId>(i / skills_);
    const auto held = static_cast<SkillId>(i % skills_);
    const int factor = SkillFactor(held, wanted, taxonomies.skills);
    if (factor == 2) answers_[wanted].wholly.push_back(Skill(held));
    if (factor == 1) answers_[wanted].by_half.push_back(Skill(held));
  }
  for (std::size_t i = 0; i < causes_ * causes_; ++i) {
    const auto asked = static_cast<CauseId>(i / causes_);
    const auto held = static_cast<CauseId>(i % causes_);
    if (FindSharedCause({&held, 1}, {&asked, 1}, taxonomies.causes)) sharing_[asked].push_back(Cause(held));
  }
}

const PlaneMap::Answers PlaneMap::kNoAnswers;

void PlaneMap::PlanesOf(const VolunteerRef& volunteer, const LaneState& state,
                        std::vector<PlaneIndex>& out) const {
  out.clear();
  const auto add_if = [&](bool holds, PlaneIndex plane) {
    if (holds) out.push_back(plane);
  };
  out.push_back(kLive);
  add_if(state.available, kAvailable);
  add_if(volunteer.sharing == Sharing::kCounty, kCounty);
  add_if(volunteer.accepts_remote, kRemote);
  add_if(volunteer.travel_radius_m.has_value(), kOnSite);
  add_if(StatesCause(volunteer.causes, taxonomies_.causes), kStatesCause);
  add_if(volunteer.free.any(), kAnyFree);
  add_if(!volunteer.extra.empty(), kHasExtra);
  CheckLevel highest = CheckLevel::kNone;
  unsigned workforces = 0;
  unsigned barred_lists = 0;
  for (const HeldCheck& check : volunteer.checks) {
    highest = std::max(highest, check.level);
    workforces |= check.workforces;
    barred_lists |= check.barred_lists;
  }
  add_if(highest >= CheckLevel::kBasic, kBasicCheck);
  add_if(highest >= CheckLevel::kStandard, kStandardCheck);
  add_if(highest >= CheckLevel::kEnhanced, kEnhancedCheck);
  add_if(highest >= CheckLevel::kEnhancedBarred, kBarredCheck);
  for (int i = 0; i < kWorkforces; ++i) {
    add_if((workforces >> i & 1) != 0, static_cast<PlaneIndex>(kFirstWorkforce + i));
  }
  for (int i = 0; i < kBarredLists; ++i) {
    add_if((barred_lists >> i & 1) != 0, static_cast<PlaneIndex>(kFirstBarredList + i));
  }
  for (const HeldLicence& held : volunteer.licences) out.push_back(Licence(held.kind));
  for (int bucket = 0; bucket < kBuckets; ++bucket) {
    add_if(BucketSlots(volunteer.free, bucket) != 0, Bucket(bucket));
  }
  for (const HeldSkill& held : volunteer.skills) add_if(HasSkill(held.skill), Skill(held.skill));
  for (const CauseId cause : volunteer.causes) add_if(HasCause(cause), Cause(cause));
}

}  // namespace brokerage::matcher
