#include "bench/fill.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "matcher/columnar/parallel.h"

namespace brokerage::bench {
namespace {

constexpr int64_t kBatch = 1'000;

// Loads what `add` makes of 0 to count - 1.
template <typename Add>
void FillWith(matcher::Load& load, int64_t count, const Add& add) {
  const auto batches = static_cast<std::size_t>((count + kBatch - 1) / kBatch);
  matcher::ForEachInParallel(batches, [&](std::size_t batch) {
    const int64_t first = static_cast<int64_t>(batch) * kBatch;
    std::vector<matcher::Change> changes;
    for (int64_t number = first; number < std::min(count, first + kBatch); ++number) add(number, changes);
    load.Add(std::move(changes));
  });
}

}  // namespace

void Fill(matcher::Index& index, const World& world, int64_t volunteers, int64_t opportunities) {
  const std::unique_ptr<matcher::Load> load = index.StartLoad();
  FillWith(*load, kOrganisations, [](int64_t number, std::vector<matcher::Change>& changes) {
    changes.push_back(
        matcher::SetOrganisation{OrganisationName(number), matcher::OrganisationStanding::kActive});
  });
  FillWith(*load, volunteers, [&](int64_t number, std::vector<matcher::Change>& changes) {
    matcher::VolunteerFacts facts = world.VolunteerAt(number);
    matcher::SetVolunteerHistory history = World::HistoryOf(facts);
    changes.push_back(matcher::UpsertVolunteer{std::move(facts)});
    if (!history.held_placements.empty()) changes.push_back(std::move(history));
  });
  FillWith(*load, opportunities, [&](int64_t number, std::vector<matcher::Change>& changes) {
    matcher::OpportunityFacts facts = world.OpportunityAt(number);
    const int64_t connections = world.ConnectionsAt(number);
    if (connections > 0) changes.push_back(matcher::SetConnections{facts.name, connections});
    changes.push_back(matcher::UpsertOpportunity{std::move(facts)});
  });
  load->Finish({1, 1});
}

}  // namespace brokerage::bench
