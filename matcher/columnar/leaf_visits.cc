#include "matcher/columnar/leaf_visits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "matcher/round.h"

namespace brokerage::matcher {
namespace {

constexpr unsigned kAllWords = (1u << kPlaneWords) - 1;
// Leaves whose location parts differ by less than this are visited as they come.
constexpr int kOrderShift = 14;
// Names decide after so few leaves whom none of the others comes before.
constexpr std::ptrdiff_t kLeastIds = 64;
// Of a role on site, and of any role in a county.
constexpr std::size_t kUsualVisits = 64;

bool SeesWhole(const CentreLeaves& centre, const VolunteersFor& query) {
  return query.visibility.sees_all || centre.name == query.visibility.centre;
}

// The leaves of a centre that its summaries do not rule out.
void AddLeaves(const CentreLeaves& centre, const VolunteersFor& query, const RoleBounds& bounds,
               std::vector<LeafVisit>& visits) {
  const bool sees_whole = SeesWhole(centre, query);
  if (!sees_whole && query.visibility.own_only) return;
  const bool same_centre = centre.name == query.opportunity->centre;
  const bool shared = same_centre || query.opportunity->sharing == Sharing::kCounty;
  const bool county_only = !sees_whole || !shared;
  const auto bound = [&](const LeafSummary& summary) -> std::optional<int64_t> {
    if (county_only && summary.county == 0) return std::nullopt;
    return bounds.LocationBound(summary, same_centre);
  };
  if (!bound(centre.summary)) return;
  for (const auto& node : centre.nodes) {
    if (!bound(node->summary)) continue;
    for (const LeafEntry& entry : node->entries) {
      const auto part = bound(entry.summary);
      if (!part) continue;
      const bool narrow = county_only && entry.summary.county < entry.summary.live;
      if (bounds.from_place()) entry.leaf->reach(same_centre).Prefetch();
      visits.push_back({entry.leaf, *part, entry.summary.least_id, narrow, same_centre, kAllWords});
    }
  }
}

// Notes in which words of its lanes a leaf has someone near enough; leaves without go.
void DropUnreached(const DistanceBound& place, uint32_t further_m, std::vector<LeafVisit>& visits) {
  std::size_t kept = 0;
  for (LeafVisit& visit : visits) {
    visit.words = visit.leaf->reach(visit.same_centre).Reaching(place, further_m);
    if (visit.words != 0) visits[kept++] = visit;
  }
  visits.resize(kept);
}

// The most promising first, so that the others need not be looked at.
void PutInOrder(std::vector<LeafVisit>& visits) {
  std::array<uint32_t, (kMillion >> kOrderShift) + 2> begins{};
  const auto group = [](const LeafVisit& visit) {
    return static_cast<std::size_t>((kMillion - visit.location_part) >> kOrderShift);
  };
  for (const LeafVisit& visit : visits) ++begins[group(visit) + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<LeafVisit> ordered(visits.size());
  for (const LeafVisit& visit : visits) ordered[begins[group(visit)]++] = visit;
  visits = std::move(ordered);
}

void PutLeastIdsFirst(std::vector<LeafVisit>& visits) {
  const auto first = visits.begin() + std::min(kLeastIds, std::ssize(visits));
  std::partial_sort(visits.begin(), first, visits.end(),
                    [](const LeafVisit& a, const LeafVisit& b) { return a.least_id < b.least_id; });
}

}  // namespace

std::vector<LeafVisit> VisitsFor(const VolunteerTable& volunteers, const VolunteersFor& query,
                                 const RoleBounds& bounds) {
  const CentreList& centres = volunteers.centres();
  std::vector<LeafVisit> visits;
  visits.reserve(kUsualVisits);
  const auto add = [&](const CentreLeaves& centre) { AddLeaves(centre, query, bounds, visits); };
  const auto& place = bounds.from_place();
  if (!place) {
    for (std::size_t number = 0; number < centres.size(); ++number) add(centres[number]);
    if (!bounds.tell_apart()) PutLeastIdsFirst(visits);
    return visits;
  }
  // Within a centre pairs are measured from home.
  const auto own = volunteers.CentreNumber(query.opportunity->centre);
  if (own) add(centres[*own]);
  centres.ForEachReaching(*place, query.further_m, [&](std::size_t number, const CentreLeaves& centre) {
    if (number != own) add(centre);
  });
  DropUnreached(*place, query.further_m, visits);
  PutInOrder(visits);
  return visits;
}

int64_t CountConsidered(const CentreList& centres, const VolunteersFor& query) {
  int64_t considered = 0;
  for (std::size_t number = 0; number < centres.size(); ++number) {
    const CentreLeaves& centre = centres[number];
    if (SeesWhole(centre, query)) {
      considered += centre.summary.live;
    } else if (!query.visibility.own_only) {
      considered += centre.summary.county;
    }
  }
  return considered;
}

}  // namespace brokerage::matcher
