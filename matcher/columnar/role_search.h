// Which roles could this volunteer do: a search through the leaves of roles.
#pragma once

#include <cstddef>
#include <optional>

#include "matcher/columnar/role_table.h"
#include "matcher/columnar/seeker_tables.h"
#include "matcher/index.h"
#include "matcher/opportunity_tables.h"
#include "matcher/world.h"

namespace brokerage::matcher {

// What a search looks at. All of it outlives the search.
struct RolePool {
  const RoleTable& roles;
  const OpportunityTables& others;  // of the same state
  const World& world;
  const SeekerTables& seekers;  // of the world's taxonomies
};

// As View::TopK says.
MatchList SearchRoles(const RolePool& pool, const OpportunitiesFor& query, Moment as_of,
                      const Weights& weights, std::size_t k, const std::optional<RankKey>& after);

}  // namespace brokerage::matcher
