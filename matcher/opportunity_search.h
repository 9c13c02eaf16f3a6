// Which roles could this volunteer do: a search through all opportunities.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "matcher/index.h"
#include "matcher/opportunity_tables.h"
#include "matcher/world.h"

namespace brokerage::matcher {

// As View::TopK says.
MatchList SearchOpportunities(const OpportunityTables& tables, const World& world,
                              const OpportunitiesFor& query, Moment as_of, const Weights& weights,
                              std::size_t k, const std::optional<RankKey>& after);

// Opportunities held, seen by anyone or not.
int64_t CountOpportunities(const OpportunityTables& tables);

}  // namespace brokerage::matcher
