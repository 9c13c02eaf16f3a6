// Who could do this role: a search through the leaves.
#pragma once

#include <cstddef>
#include <optional>

#include "matcher/columnar/planes.h"
#include "matcher/columnar/point_table.h"
#include "matcher/columnar/volunteer_table.h"
#include "matcher/index.h"
#include "matcher/opportunity_tables.h"
#include "matcher/world.h"

namespace brokerage::matcher {

// What a search looks at. All of it outlives the search.
struct VolunteerPool {
  const VolunteerTable& volunteers;
  const OpportunityTables& others;
  const World& world;
  const PlaneMap& planes;
  const PointTable& points;
};

// As View::TopK says.
MatchList SearchVolunteers(const VolunteerPool& pool, const VolunteersFor& query, Moment as_of,
                           const Weights& weights, std::size_t k, const std::optional<RankKey>& after);

}  // namespace brokerage::matcher
