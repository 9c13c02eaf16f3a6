#include "matcher/columnar/centre_list.h"

namespace brokerage::matcher {

LeafSummary SummaryOf(const LeafNode& node) {
  LeafSummary summary;
  for (const LeafEntry& entry : node.entries) summary.Add(entry.summary);
  return summary;
}

LeafSummary SummaryOf(const CentreLeaves& centre) {
  LeafSummary summary;
  for (const auto& node : centre.nodes) summary.Add(node->summary);
  return summary;
}

void CentreList::Add(std::string name, Edit edit) {
  const std::size_t number = size_++;
  if (number / kGroup == groups_.size()) {
    groups_.emplace_back();
    reaches_.emplace_back();
  }
  auto centre = NewShared<CentreLeaves>();
  centre->edit = edit;
  centre->name = std::move(name);
  OwnGroup(number, edit).centres[number % kGroup] = std::move(centre);
}

CentreLeaves& CentreList::Own(std::size_t number, Edit edit) {
  return matcher::Own(OwnGroup(number, edit).centres[number % kGroup], edit);
}

void CentreList::Summarise(std::size_t number, Edit edit) {
  CentreLeaves& centre = Own(number, edit);
  centre.summary = SummaryOf(centre);
  reaches_[number / kGroup].Set(number % kGroup, centre.summary.centroids, centre.summary.max_radius_m);
}

}  // namespace brokerage::matcher
