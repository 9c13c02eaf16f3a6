#include "bench/fill.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace brokerage::bench {
namespace {

constexpr int64_t kBatch = 10'000;

// Publishes what `add` makes of 0 to count - 1.
template <typename Add>
void FillWith(matcher::Index& index, int64_t count, uint64_t& sequence, const Add& add) {
  for (int64_t first = 0; first < count; first += kBatch) {
    std::vector<matcher::Change> changes;
    for (int64_t number = first; number < std::min(count, first + kBatch); ++number) add(number, changes);
    index.Publish(std::move(changes), {1, ++sequence});
  }
}

}  // namespace

void Fill(matcher::Index& index, const World& world, int64_t volunteers, int64_t opportunities) {
  uint64_t sequence = 0;
  FillWith(index, kOrganisations, sequence, [](int64_t number, std::vector<matcher::Change>& changes) {
    changes.push_back(
        matcher::SetOrganisation{OrganisationName(number), matcher::OrganisationStanding::kActive});
  });
  FillWith(index, volunteers, sequence, [&](int64_t number, std::vector<matcher::Change>& changes) {
    matcher::VolunteerFacts facts = world.VolunteerAt(number);
    matcher::SetVolunteerHistory history = World::HistoryOf(facts);
    changes.push_back(matcher::UpsertVolunteer{std::move(facts)});
    if (!history.held_placements.empty()) changes.push_back(std::move(history));
  });
  FillWith(index, opportunities, sequence, [&](int64_t number, std::vector<matcher::Change>& changes) {
    matcher::OpportunityFacts facts = world.OpportunityAt(number);
    const int64_t connections = world.ConnectionsAt(number);
    if (connections > 0) changes.push_back(matcher::SetConnections{facts.name, connections});
    changes.push_back(matcher::UpsertOpportunity{std::move(facts)});
  });
}

}  // namespace brokerage::bench
