// The bit-planes of a leaf: each says one fact of all its volunteers, a bit each.
//
// A plane never says less than the truth: where a bit is clear, the fact does not hold. What a plane leaves
// open (levels, dates, minutes) the row decides.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// Volunteers of a leaf, and the words of a plane.
inline constexpr int kLanes = 512;
inline constexpr int kPlaneWords = kLanes / 64;

using PlaneIndex = uint16_t;

// Availability is summarised by two hours: a plane says whether any half-hour of them is free.
inline constexpr int kBucketSlots = 4;
inline constexpr int kBuckets = kSlotsPerWeek / kBucketSlots;

// The half-hours of `slots` in a bucket, as the four lowest bits.
inline unsigned BucketSlots(const SlotSet& slots, int bucket) {
  using Words = std::array<uint64_t, sizeof(SlotSet) / 8>;
  constexpr int kPerWord = 64 / kBucketSlots;
  const auto words = std::bit_cast<Words>(slots);
  return static_cast<unsigned>(words[static_cast<std::size_t>(bucket / kPerWord)] >>
                               (bucket % kPerWord * kBucketSlots)) &
         ((1u << kBucketSlots) - 1);
}

// Of the sets' bits.
inline constexpr int kWorkforces = 3;
inline constexpr int kBarredLists = 2;
// Kinds of licences are few; those that share a plane the row tells apart.
inline constexpr int kLicencePlanes = 8;

// What of a volunteer in a leaf does not follow from its facts.
struct LaneState {
  bool available = false;  // VOLUNTEER_NOT_AVAILABLE holds
  bool has_history = false;
};

// Which plane says what, for given taxonomies. Immutable.
class PlaneMap {
 public:
  enum Fixed : PlaneIndex {
    kLive,  // the lane is in use
    kAvailable,
    kCounty,       // shared with the county
    kRemote,       // accepts remote roles
    kOnSite,       // has a travel radius
    kStatesCause,  // the causes part is present when the role states one too
    kAnyFree,      // has recorded some free time of the week
    kHasExtra,     // has extra time, which may lie in any half-hour
    kBasicCheck,   // holds a check of this level or more, of any date and scope
    kStandardCheck,
    kEnhancedCheck,
    kBarredCheck,
    // Holds a check that covers this workforce, or this barred list, of any date and level; in the order of
    // the bits of WorkforceSet and BarredListSet.
    kFirstWorkforce,
    kFirstBarredList = kFirstWorkforce + kWorkforces,
    // Holds a licence, of any date, whose kind has this remainder.
    kFirstLicence = kFirstBarredList + kBarredLists,
    kFirstBucket = kFirstLicence + kLicencePlanes
  };

  // `taxonomies` outlive it.
  explicit PlaneMap(const Taxonomies& taxonomies);

  int count() const { return count_; }
  static PlaneIndex Bucket(int bucket) { return static_cast<PlaneIndex>(kFirstBucket + bucket); }
  static PlaneIndex Licence(LicenceKind kind) {
    return static_cast<PlaneIndex>(kFirstLicence + kind % kLicencePlanes);
  }
  // Whether the taxonomy has it: others match nothing, and have no plane.
  bool HasSkill(SkillId skill) const { return skill < skills_; }
  PlaneIndex Skill(SkillId skill) const { return static_cast<PlaneIndex>(first_skill_ + skill); }
  // The planes of those who answer a wanted skill wholly (they hold it or one below it), and by half.
  struct Answers {
    std::vector<PlaneIndex> wholly;
    std::vector<PlaneIndex> by_half;
  };
  const Answers& AnswersTo(SkillId wanted) const { return wanted < skills_ ? answers_[wanted] : kNoAnswers; }
  bool HasCause(CauseId cause) const { return cause < causes_; }
  // The planes of those who share it.
  const std::vector<PlaneIndex>& Sharing(CauseId cause) const {
    return cause < causes_ ? sharing_[cause] : kNoAnswers.wholly;
  }
  PlaneIndex Cause(CauseId cause) const { return static_cast<PlaneIndex>(first_cause_ + cause); }

  // The planes in which a volunteer's bit is set, in no order. `out` is cleared first.
  void PlanesOf(const VolunteerRef& volunteer, const LaneState& state, std::vector<PlaneIndex>& out) const;

 private:
  static const Answers kNoAnswers;

  const Taxonomies& taxonomies_;
  std::size_t skills_;
  std::size_t causes_;
  int first_skill_;
  int first_cause_;
  int count_;
  std::vector<Answers> answers_;                  // by skill
  std::vector<std::vector<PlaneIndex>> sharing_;  // by cause
};

}  // namespace brokerage::matcher
