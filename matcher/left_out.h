// Who is left out of a list: the matches of what was asked before a change.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>

#include "matcher/index.h"
#include "matcher/pair.h"
#include "matcher/world.h"

namespace brokerage::matcher {

// Adds what a question takes everyone to travel further.
inline void Extend(VolunteerRef& volunteer, uint32_t further_m) {
  if (volunteer.travel_radius_m) *volunteer.travel_radius_m += further_m;
}

// Of VolunteersFor::before. What it is made of must outlive it, where it is.
class VolunteersBefore {
 public:
  VolunteersBefore(const VolunteersFor& query, OrganisationStanding standing, Moment as_of,
                   const World& world)
      : world_(world), further_m_(query.further_m) {
    if (query.before == nullptr) return;
    travel_ = std::make_unique<const Travel>(
        world.waters, std::initializer_list<std::optional<GeoPoint>>{query.before->place});
    role_.emplace(*query.before, standing, as_of, *travel_);
  }
  VolunteersBefore(const VolunteersBefore&) = delete;
  VolunteersBefore& operator=(const VolunteersBefore&) = delete;

  // Of a volunteer who was extended.
  bool Has(VolunteerRef volunteer, const PairHistory& history) const {
    if (!role_) return false;
    if (volunteer.travel_radius_m) *volunteer.travel_radius_m -= further_m_;
    return Pair(volunteer, *role_, history, world_.taxonomies).HoldsAll();
  }

 private:
  const World& world_;
  const uint32_t further_m_;
  std::unique_ptr<const Travel> travel_;
  std::optional<Role> role_;
};

// Of OpportunitiesFor::before. What it is made of must outlive it.
class OpportunitiesBefore {
 public:
  OpportunitiesBefore(const OpportunitiesFor& query, Moment as_of, const World& world)
      : world_(world), as_of_(as_of) {
    if (query.before == nullptr) return;
    volunteer_.emplace(*query.before);
    travel_ = std::make_unique<const Travel>(
        world.waters,
        std::initializer_list<std::optional<GeoPoint>>{query.before->home, query.before->outcode_centroid});
  }

  // Of a role of an organisation that stands so.
  bool Has(const OpportunityFacts& opportunity, OrganisationStanding standing,
           const PairHistory& history) const {
    if (!volunteer_) return false;
    const Role role(opportunity, standing, as_of_, *travel_);
    return Pair(*volunteer_, role, history, world_.taxonomies).HoldsAll();
  }

 private:
  const World& world_;
  const Moment as_of_;
  std::optional<VolunteerRef> volunteer_;
  std::unique_ptr<const Travel> travel_;
};

}  // namespace brokerage::matcher
