#include "matcher/columnar/role_bounds.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "matcher/round.h"
#include "matcher/skills.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kMostUnits = 60'000;  // of all parts but location; what rounding adds stays below 65,535
constexpr int64_t kUnreachable = std::numeric_limits<uint16_t>::max();
// More terms of availability than these are taken together: a longer sum costs more than it tells.
constexpr std::size_t kMaxAvailabilityTerms = 12;
// More buckets than these are not read to tell who is free in any of them.
constexpr std::size_t kMaxRequiredBuckets = 4;
// So few candidates are asked at once, without looking at their availability first.
constexpr int kFewLanes = 3;
constexpr int64_t kBasisPoints = 10'000;

// Rounded up; 0 for what is negative.
int64_t CeilDiv(int64_t a, int64_t b) { return a > 0 ? (a + b - 1) / b : 0; }
int64_t CeilShift(int64_t a, int bits) { return a > 0 ? (a + (int64_t{1} << bits) - 1) >> bits : 0; }

// The least sum for which R(sum, weight_sum) is at least `score`, that is 2 · sum ≥ weight_sum · (2 · score -
// 1).
int64_t LeastSum(int64_t score, int64_t weight_sum) { return CeilDiv(weight_sum * (2 * score - 1), 2); }

LaneSet LanesIn(const Leaf& leaf, absl::Span<const PlaneIndex> planes) {
  LaneSet lanes{};
  for (const PlaneIndex index : planes) {
    const uint64_t* const plane = leaf.plane(index);
    for (std::size_t word = 0; word < lanes.size(); ++word) lanes[word] |= plane[word];
  }
  return lanes;
}

void KeepIn(const uint64_t* plane, LaneSet& lanes) {
  for (std::size_t word = 0; word < lanes.size(); ++word) lanes[word] &= plane[word];
}

// Minutes of a commitment in each bucket; where the repeated hour lets slots overlap, each counts.
std::array<int64_t, kBuckets> MinutesByBucket(const Role& role) {
  std::array<int64_t, kBuckets> minutes{};
  const auto add = [&](int slot, int64_t length) {
    minutes[static_cast<std::size_t>(slot / kBucketSlots)] += length;
  };
  const Schedule& schedule = role.facts->schedule;
  const auto add_slots = [&](const SlotSet& slots) {
    for (int bucket = 0; bucket < kBuckets; ++bucket) {
      minutes[static_cast<std::size_t>(bucket)] += std::popcount(BucketSlots(slots, bucket)) * kSlotMinutes;
    }
  };
  if (const auto* weekly = std::get_if<WeeklySchedule>(&schedule)) {
    add_slots(weekly->windows);
  } else if (const auto* flexible = std::get_if<FlexibleSchedule>(&schedule)) {
    add_slots(flexible->windows.any() ? flexible->windows : SlotSet().set());
  } else {
    for (const Session& session : role.commitment.sessions) {
      for (const SlotSpan& span : session.spans) add(span.slot, span.end_min - span.start_min);
    }
  }
  return minutes;
}

}  // namespace

RoleBounds::RoleBounds(const Role& role, const Taxonomies& taxonomies, const PlaneMap& planes,
                       const Weights& weights, uint32_t further_m)
    : role_(role), weights_(weights), further_m_(further_m) {
  const OpportunityFacts& facts = *role.facts;
  if (!facts.remote && facts.place) from_place_.emplace(*facts.place);
  states_cause_ = StatesCause(facts.causes, taxonomies.causes);
  has_availability_ = role.commitment.minutes > 0;
  weight_without_cause_ = weights.location + (facts.skills.empty() ? 0 : weights.skills) +
                          (has_availability_ ? weights.availability : 0);
  weight_with_cause_ = weight_without_cause_ + (states_cause_ ? weights.causes : 0);
  most_skills_ = facts.skills.empty() ? 0 : kMillion * weights.skills;
  most_availability_ = has_availability_ ? kMillion * weights.availability : 0;
  // A part is rounded by half a millionth at most, and the sum of the two by as much once more.
  rounding_ = int64_t{weights.skills} + weights.availability + 1;
  const int64_t most = most_skills_ + most_availability_ + kMillion * weights.causes;
  while (most >> quantum_bits_ > kMostUnits) ++quantum_bits_;

  required_.push_back({facts.remote ? PlaneMap::kRemote : PlaneMap::kOnSite});
  AddPapers();
  AddSkills(planes);
  if (states_cause_) AddCauses(planes);
  if (has_availability_) AddAvailability(planes);

  all_planes_ = {PlaneMap::kAvailable, PlaneMap::kCounty, PlaneMap::kStatesCause};
  const auto note = [&](const PlaneSet& set) {
    all_planes_.insert(all_planes_.end(), set.begin(), set.end());
  };
  for (const PlaneSet& set : required_) note(set);
  for (const Term& term : skills_and_causes_) {
    note(term.full);
    note(term.half);
  }
  std::sort(all_planes_.begin(), all_planes_.end());
  all_planes_.erase(std::unique(all_planes_.begin(), all_planes_.end()), all_planes_.end());
}

void RoleBounds::AddTo(Terms& terms, const PlaneSet& planes, uint16_t units) {
  Term& term = terms.emplace_back();
  term.full = planes;
  term.full_units = units;
}

void RoleBounds::AddPapers() {
  const OpportunityFacts& facts = *role_.facts;
  for (const LicenceKind kind : facts.licences) required_.push_back({PlaneMap::Licence(kind)});
  const RequiredCheck& check = facts.required_check;
  if (check.level == CheckLevel::kNone) return;
  const int above_basic = static_cast<int>(check.level) - static_cast<int>(CheckLevel::kBasic);
  required_.push_back({static_cast<PlaneIndex>(PlaneMap::kBasicCheck + above_basic)});
  for (int i = 0; i < kWorkforces; ++i) {
    if ((check.workforces >> i & 1) != 0) {
      required_.push_back({static_cast<PlaneIndex>(PlaneMap::kFirstWorkforce + i)});
    }
  }
  for (int i = 0; i < kBarredLists; ++i) {
    if ((check.barred_lists >> i & 1) != 0) {
      required_.push_back({static_cast<PlaneIndex>(PlaneMap::kFirstBarredList + i)});
    }
  }
}

void RoleBounds::AddSkills(const PlaneMap& planes) {
  int64_t importance = 0;
  for (const WantedSkill& wanted : role_.facts->skills) importance += wanted.importance;
  for (const WantedSkill& wanted : role_.facts->skills) {
    const PlaneMap::Answers& answers = planes.AnswersTo(wanted.skill);
    Term& term = skills_and_causes_.emplace_back();
    term.full.assign(answers.wholly.begin(), answers.wholly.end());
    term.half.assign(answers.by_half.begin(), answers.by_half.end());
    if (wanted.required) required_.push_back(term.full);
    const int64_t most = CeilDiv(most_skills_ * wanted.importance, importance);
    term.full_units = Units(most);
    term.half_units = Units(CeilDiv(most, 2));
  }
}

void RoleBounds::AddCauses(const PlaneMap& planes) {
  Term& term = skills_and_causes_.emplace_back();
  for (const CauseId cause : role_.facts->causes) {
    const auto& sharing = planes.Sharing(cause);
    term.full.insert(term.full.end(), sharing.begin(), sharing.end());
  }
  term.full_units = Units(kMillion * weights_.causes);
}

void RoleBounds::AddAvailability(const PlaneMap& planes) {
  const std::array<int64_t, kBuckets> minutes = MinutesByBucket(role_);
  const int64_t committed = role_.commitment.minutes;
  PlaneSet any;
  absl::InlinedVector<std::pair<int64_t, PlaneIndex>, 16> buckets;
  for (int bucket = 0; bucket < kBuckets; ++bucket) {
    const int64_t in_bucket = minutes[static_cast<std::size_t>(bucket)];
    if (in_bucket == 0) continue;
    any.push_back(planes.Bucket(bucket));
    buckets.emplace_back(std::min(in_bucket, committed), planes.Bucket(bucket));
  }
  // Whoever covers anything is free in one of them.
  if (any.size() > kMaxRequiredBuckets) any = {PlaneMap::kAnyFree};
  const bool dated = role_.commitment.kind == Commitment::Kind::kDated;
  if (dated) any.push_back(PlaneMap::kHasExtra);
  if (role_.facts->minimum_coverage_bp > 0) required_.push_back(any);
  if (role_.commitment.kind == Commitment::Kind::kFlexible) {
    // Any of these hours may do for all of it.
    AddTo(availability_, any, Units(most_availability_));
    availability_units_ = availability_.back().full_units;
    return;
  }
  // So many minutes at most, for whoever is free in one of the planes.
  Minutes terms;
  const std::size_t each = (buckets.size() + kMaxAvailabilityTerms - 1) / kMaxAvailabilityTerms;
  for (std::size_t begin = 0; begin < buckets.size(); begin += each) {
    auto& [sum, planes_of] = terms.emplace_back();
    for (std::size_t i = begin; i < std::min(begin + each, buckets.size()); ++i) {
      sum += buckets[i].first;
      planes_of.push_back(buckets[i].second);
    }
    sum = std::min(sum, committed);
    if (dated) planes_of.push_back(PlaneMap::kHasExtra);
  }
  for (const auto& [sum, planes_of] : terms) {
    AddTo(availability_, planes_of, Units(CeilDiv(most_availability_ * sum, committed)));
    availability_units_ += availability_.back().full_units;
  }
  availability_units_ = std::min(availability_units_, kUnreachable);
  if (terms.size() > 1) AddCoverage(terms);
}

// Whoever is free for too few of the minutes is no match. Units are minutes, doubled until all fit in a
// vector's lane; what one may cover is rounded up, what it takes down.
void RoleBounds::AddCoverage(const Minutes& minutes) {
  const int64_t committed = role_.commitment.minutes;
  const int64_t least = CeilDiv(committed * role_.facts->minimum_coverage_bp, kBasisPoints);
  if (least == 0) return;
  int bits = 0;
  while (committed >> bits > kMostUnits) ++bits;
  for (const auto& [sum, planes] : minutes)
    AddTo(coverage_, planes, static_cast<uint16_t>(CeilShift(sum, bits)));
  least_coverage_ = static_cast<uint16_t>(least >> bits);
}

uint16_t RoleBounds::Units(int64_t numerator) const {
  return static_cast<uint16_t>(std::min<int64_t>(CeilShift(numerator, quantum_bits_), kUnreachable));
}

std::optional<int64_t> RoleBounds::LocationBound(const LeafSummary& summary, bool same_centre) const {
  if (!summary.any_available) return std::nullopt;
  if (role_.facts->remote) return summary.any_remote ? std::optional<int64_t>(kMillion) : std::nullopt;
  if (!summary.any_on_site || !from_place_) return std::nullopt;
  const GeoBox& box = same_centre ? summary.homes : summary.centroids;
  if (box.IsEmpty()) return std::nullopt;
  const int64_t least_m = from_place_->LowerM(box);
  const int64_t radius_m = int64_t{summary.max_radius_m} + further_m_;
  if (least_m > radius_m) return std::nullopt;
  // (radius - d) / radius grows with the radius; whoever is at the place itself has all of it.
  return least_m == 0 ? kMillion : R(kMillion * (radius_m - least_m), radius_m);
}

int64_t RoleBounds::MostScore(LaneMost units, int64_t location_part) const {
  const int64_t location = weights_.location * location_part + rounding_;
  const auto score = [&](uint16_t of_others, int64_t weight_sum) {
    return weight_sum == 0 ? 0 : R((int64_t{of_others} << quantum_bits_) + location, weight_sum);
  };
  return std::max(score(units.marked, weight_with_cause_), score(units.unmarked, weight_without_cause_));
}

int64_t RoleBounds::LeastLocation(int64_t least_score) const {
  if (least_score <= 0) return 0;
  const auto least = [&](int64_t weight_sum, int64_t others) {
    const int64_t sum = LeastSum(least_score, weight_sum) - others;
    if (weight_sum > 0 && sum <= 0) return int64_t{0};
    return weights_.location == 0 || weight_sum == 0 ? kMillion + 1 : CeilDiv(sum, weights_.location);
  };
  const int64_t others = most_skills_ + most_availability_;
  const int64_t without = least(weight_without_cause_, others);
  if (!states_cause_) return without;
  return std::min(without, least(weight_with_cause_, others + kMillion * weights_.causes));
}

RoleBounds::Bar RoleBounds::BarOf(int64_t least_score) const {
  Bar bar;
  bar.least_score = least_score;
  if (least_score <= 0) {
    bar.least_location_for_more = LeastLocation(least_score + 1);
    return bar;
  }
  // Whose weights are all 0 scores 0.
  const auto sum = [&](int64_t weight_sum) {
    return weight_sum == 0 ? std::numeric_limits<int64_t>::max() / 2
                           : LeastSum(least_score, weight_sum) - rounding_;
  };
  bar.sum_with_cause = sum(weight_with_cause_);
  bar.sum_without_cause = sum(weight_without_cause_);
  bar.least_location = LeastLocation(least_score);
  bar.least_location_for_more = LeastLocation(least_score + 1);
  return bar;
}

int64_t RoleBounds::LeastUnits(int64_t least_sum, int64_t location_part) const {
  return std::min(CeilShift(least_sum - weights_.location * location_part, quantum_bits_), kUnreachable + 1);
}

void RoleBounds::Prefetch(const Leaf& leaf) const {
  for (const PlaneIndex plane : all_planes_) __builtin_prefetch(leaf.plane(plane));
}

void RoleBounds::KeepRequired(const Leaf& leaf, bool county_only, LaneSet& lanes) const {
  KeepIn(leaf.plane(PlaneMap::kAvailable), lanes);
  if (county_only) KeepIn(leaf.plane(PlaneMap::kCounty), lanes);
  for (const PlaneSet& set : required_) {
    if (set.size() == 1) {
      KeepIn(leaf.plane(set.front()), lanes);
    } else {
      KeepIn(LanesIn(leaf, set).data(), lanes);
    }
  }
  if (coverage_.empty() || CountOf(lanes) <= kFewLanes) return;
  thread_local std::vector<LaneTerm> terms;
  terms.clear();
  AddTerms(leaf, coverage_, terms);
  KeepReaching(absl::MakeConstSpan(terms), LaneSet(), {least_coverage_, least_coverage_}, lanes);
}

void RoleBounds::AddTerms(const Leaf& leaf, const Terms& all, std::vector<LaneTerm>& terms) {
  for (const Term& term : all) {
    terms.push_back({LanesIn(leaf, term.full), term.full_units});
    if (term.half.empty()) continue;
    LaneTerm half{LanesIn(leaf, term.half), term.half_units};
    for (std::size_t word = 0; word < half.lanes.size(); ++word) {
      half.lanes[word] &= ~terms.back().lanes[word];
    }
    terms.push_back(half);
  }
}

LaneSet RoleBounds::StatingCause(const Leaf& leaf) const {
  LaneSet lanes{};
  if (states_cause_) std::copy_n(leaf.plane(PlaneMap::kStatesCause), kPlaneWords, lanes.begin());
  return lanes;
}

RoleBounds::LeastOf RoleBounds::UnitsOf(const Bar& bar, int64_t location_part) const {
  return {LeastUnits(bar.sum_with_cause, location_part), LeastUnits(bar.sum_without_cause, location_part)};
}

// Who needs more than there is falls out.
template <typename Sums>
void RoleBounds::KeepReachingUnits(const Sums& sums, const LaneSet& states_cause, LeastOf least,
                                   int64_t to_come, LaneSet& lanes) {
  const auto threshold = [&](int64_t units) {
    return static_cast<uint16_t>(std::clamp<int64_t>(units - to_come, 0, kUnreachable));
  };
  KeepReaching(sums, states_cause, {threshold(least.with_cause), threshold(least.without_cause)}, lanes);
  if (least.with_cause - to_come > kUnreachable) {
    for (std::size_t word = 0; word < lanes.size(); ++word) lanes[word] &= ~states_cause[word];
  }
  if (least.without_cause - to_come > kUnreachable) KeepIn(states_cause.data(), lanes);
}

void RoleBounds::KeepCandidates(const Leaf& leaf, bool county_only, int64_t location_part, const Bar& bar,
                                LaneSet& lanes) const {
  KeepRequired(leaf, county_only, lanes);
  if (IsEmpty(lanes)) return;
  const LeastOf least = UnitsOf(bar, location_part);
  if (least.with_cause == 0 && least.without_cause == 0) return;
  const LaneSet states_cause = StatingCause(leaf);
  thread_local std::vector<LaneTerm> terms;
  terms.clear();
  AddTerms(leaf, skills_and_causes_, terms);
  // Thresholds less what is still to be added.
  KeepReachingUnits(absl::MakeConstSpan(terms), states_cause, least, availability_units_, lanes);
  if (availability_.empty() || CountOf(lanes) <= kFewLanes) return;
  AddTerms(leaf, availability_, terms);
  KeepReachingUnits(absl::MakeConstSpan(terms), states_cause, least, 0, lanes);
}

void RoleBounds::WorkOut(const Leaf& leaf, int64_t location_part, WorkedOut& out) const {
  out.states_cause = StatingCause(leaf);
  thread_local std::vector<LaneTerm> terms;
  terms.clear();
  AddTerms(leaf, skills_and_causes_, terms);
  AddTerms(leaf, availability_, terms);
  out.most_score = MostScore(SumUnits(terms, out.states_cause, out.lanes, out.units), location_part);
}

void RoleBounds::KeepCandidates(const WorkedOut& worked_out, int64_t location_part, const Bar& bar,
                                LaneSet& lanes) const {
  KeepReachingUnits(worked_out.units, worked_out.states_cause, UnitsOf(bar, location_part), 0, lanes);
}

}  // namespace brokerage::matcher
