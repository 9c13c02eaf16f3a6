#include "matcher/columnar/volunteer_load.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

#include "matcher/columnar/parallel.h"

namespace brokerage::matcher {
namespace {

constexpr std::size_t kAhead = 12;

}  // namespace

void VolunteerLoad::Add(absl::Span<const VolunteerFacts> volunteers) {
  Batch batch;
  batch.items.reserve(volunteers.size());
  for (const VolunteerFacts& facts : volunteers) {
    const auto row = static_cast<uint32_t>(batch.rows.size());
    AppendRow(facts, batch.rows);
    batch.items.push_back({LanePointOf(facts, points_), row, 0, NameMap::HashOf(facts.name)});
  }
  batch.rows.shrink_to_fit();
  const std::lock_guard<std::mutex> lock(mutex_);
  for (std::size_t i = 0; i < volunteers.size(); ++i) {
    batch.items[i].centre = table_.AddCentre(volunteers[i].centre, edit_);
  }
  batches_.push_back(std::move(batch));
}

VolunteerTable VolunteerLoad::Finish(const StateOf& state_of) && {
  SortPlaces(state_of);
  CountLeaves();
  ForEachInParallel(packings_.size(), [&](std::size_t i) { Pack(packings_[i]); });
  batches_.clear();
  for (uint32_t centre = 0; centre < centres_.size(); ++centre) GroupLeaves(centre);
  table_.names_ = NameMap::Of(std::move(names_), edit_);
  return std::move(table_);
}

void VolunteerLoad::SortPlaces(const StateOf& state_of) {
  centres_.resize(table_.centres_.size());
  std::vector<std::mutex> adding(centres_.size());
  ForEachInParallel(batches_.size(), [&](std::size_t number) {
    const Batch& batch = batches_[number];
    std::vector<std::vector<Place>> found(centres_.size());
    RowScratch scratch;
    for (std::size_t i = 0; i < batch.items.size(); ++i) {
      const Batch::Item& item = batch.items[i];
      const absl::string_view centre = table_.centres_[item.centre].name;
      const Row row = RowAt(batch, i);
      const VolunteerRef facts = row.Unpack(centre, points_, scratch);
      const LaneState state = state_of({row, centre, item.hash, facts});
      found[item.centre].push_back({ClusterKeyOf(facts, state.available), item.hash,
                                    static_cast<uint32_t>(number), static_cast<uint32_t>(i), state.available,
                                    state.has_history});
    }
    for (std::size_t centre = 0; centre < found.size(); ++centre) {
      const std::lock_guard<std::mutex> lock(adding[centre]);
      std::vector<Place>& places = centres_[centre].places;
      places.insert(places.end(), found[centre].begin(), found[centre].end());
    }
  });
  ForEachInParallel(centres_.size(), [&](std::size_t centre) {
    std::sort(
        centres_[centre].places.begin(), centres_[centre].places.end(),
        [](const Place& a, const Place& b) { return std::tie(a.key, a.hash) < std::tie(b.key, b.hash); });
  });
}

void VolunteerLoad::CountLeaves() {
  std::size_t leaves = 0;
  std::size_t places = 0;
  for (uint32_t number = 0; number < centres_.size(); ++number) {
    Centre& centre = centres_[number];
    centre.first_leaf = leaves;
    centre.first_place = places;
    centre.leaves = (centre.places.size() + kLanes - 1) / kLanes;
    for (std::size_t leaf = 0; leaf < centre.leaves; ++leaf) packings_.push_back({number, leaf});
    leaves += centre.leaves;
    places += centre.places.size();
  }
  names_.resize(places);
  table_.leaf_count_ = static_cast<uint32_t>(leaves);
  table_.chunks_.resize((leaves + VolunteerTable::kChunk - 1) / VolunteerTable::kChunk);
  for (auto& chunk : table_.chunks_) Own(chunk, edit_);
}

void VolunteerLoad::Pack(const Packing& packing) {
  const Centre& centre = centres_[packing.centre];
  const absl::string_view centre_name = table_.centres_[packing.centre].name;
  const std::size_t begin = centre.places.size() * packing.leaf / centre.leaves;
  const std::size_t end = centre.places.size() * (packing.leaf + 1) / centre.leaves;
  const auto row_of = [&](const Place& place) { return RowAt(batches_[place.batch], place.item); };
  const auto fetch = [&](std::size_t i) {
    if (i < end) row_of(centre.places[i]).Prefetch();
  };

  auto leaf = NewShared<Leaf>(packing.centre, planes_);
  leaf->edit = edit_;
  leaf->first_key = packing.leaf == 0 ? 0 : centre.places[begin].key;
  std::size_t bytes = 0;
  // Volunteers who belong together did not come together: while one is looked at, others are on their way.
  for (std::size_t i = begin; i < end; ++i) {
    fetch(i + kAhead);
    bytes += row_of(centre.places[i]).size();
  }
  leaf->Reserve(bytes);
  const std::size_t number = centre.first_leaf + packing.leaf;
  RowScratch scratch;
  for (std::size_t i = begin; i < end; ++i) {
    const Place& place = centre.places[i];
    const Row row = row_of(place);
    const int lane = Leaf::LaneFor(i - begin, end - begin);
    leaf->Insert(lane, {row.bytes(),
                        row.point(),
                        row.Unpack(centre_name, points_, scratch),
                        {place.available != 0, place.has_history != 0}});
    names_[centre.first_place + i] = {
        place.hash, static_cast<LaneAddress>(number * kLanes + static_cast<std::size_t>(lane))};
  }
  // Chunks are this load's own, and each leaf has its place in one.
  auto& chunk = const_cast<VolunteerTable::Chunk&>(*table_.chunks_[number / VolunteerTable::kChunk]);
  chunk.leaves[number % VolunteerTable::kChunk] = std::move(leaf);
}

void VolunteerLoad::GroupLeaves(uint32_t number) {
  const Centre& centre = centres_[number];
  CentreLeaves& owned = table_.centres_.Own(number, edit_);
  for (std::size_t first = 0; first < centre.leaves; first += LeafNode::kMaxEntries) {
    auto node = NewShared<LeafNode>();
    node->edit = edit_;
    for (std::size_t i = first; i < std::min(centre.leaves, first + LeafNode::kMaxEntries); ++i) {
      const auto leaf_number = static_cast<uint32_t>(centre.first_leaf + i);
      const Leaf& leaf = table_.LeafAt(leaf_number);
      node->entries.push_back({leaf.first_key, leaf_number, leaf.summary(), &leaf});
    }
    node->summary = SummaryOf(*node);
    owned.nodes.push_back(std::move(node));
  }
  table_.centres_.Summarise(number, edit_);
}

}  // namespace brokerage::matcher
