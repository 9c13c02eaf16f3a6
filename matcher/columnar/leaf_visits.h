// Where a search for volunteers looks: the leaves that may hold matches, the most promising first.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/columnar/centre_list.h"
#include "matcher/columnar/role_bounds.h"
#include "matcher/columnar/volunteer_table.h"
#include "matcher/index.h"

namespace brokerage::matcher {

// A leaf that may hold matches, with the most that the location part can be there.
struct LeafVisit {
  const Leaf* leaf = nullptr;
  int64_t location_part = 0;
  uint64_t least_id = 0;     // of the leaf's summary
  bool county_only = false;  // only those shared with the county are looked at
  bool same_centre = false;  // as the role's
  unsigned words = 0;        // a bit for each word of lanes in which someone may be near enough
};

// Of a role that is open. For a role on site in the order of the location parts, roughly; where all may score
// the same, those with the least ids first.
std::vector<LeafVisit> VisitsFor(const VolunteerTable& volunteers, const VolunteersFor& query,
                                 const RoleBounds& bounds);

// How many volunteers whoever asks may see.
int64_t CountConsidered(const CentreList& centres, const VolunteersFor& query);

}  // namespace brokerage::matcher
