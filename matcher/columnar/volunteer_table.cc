#include "matcher/columnar/volunteer_table.h"

#include <algorithm>
#include <utility>

namespace brokerage::matcher {

std::optional<LanePlace> VolunteerTable::Find(absl::string_view name) const {
  const auto place_at = [&](LaneAddress address) {
    return LanePlace{&LeafAt(address / kLanes), static_cast<int>(address % kLanes), address};
  };
  const auto address = names_.Find(NameMap::HashOf(name), [&](LaneAddress candidate) {
    const LanePlace place = place_at(candidate);
    return place.leaf->row(place.lane).IsNamed(name, CentreName(*place.leaf));
  });
  if (!address) return std::nullopt;
  return place_at(*address);
}

std::optional<uint32_t> VolunteerTable::CentreNumber(absl::string_view name) const {
  const auto found = numbers_->find(name);
  if (found == numbers_->end()) return std::nullopt;
  return found->second;
}

uint32_t VolunteerTable::AddCentre(absl::string_view name, Edit edit) {
  if (const auto known = CentreNumber(name)) return *known;
  const auto number = static_cast<uint32_t>(centres_.size());
  centres_.Add(std::string(name), edit);
  auto numbers = std::make_shared<CentreNumbers>(*numbers_);
  numbers->emplace(name, number);
  numbers_ = std::move(numbers);
  return number;
}

int64_t VolunteerTable::size() const {
  int64_t size = 0;
  for (std::size_t i = 0; i < centres_.size(); ++i) size += centres_[i].summary.live;
  return size;
}

std::size_t VolunteerTable::bytes() const {
  std::size_t bytes = names_.bytes() + chunks_.size() * sizeof(Chunk);
  for (std::size_t i = 0; i < centres_.size(); ++i) {
    for (const auto& node : centres_[i].nodes) {
      bytes += sizeof(LeafNode) + node->entries.capacity() * sizeof(LeafEntry);
      for (const LeafEntry& entry : node->entries) bytes += entry.leaf->bytes();
    }
  }
  return bytes;
}

VolunteerEditor::Position VolunteerEditor::PositionFor(uint32_t centre, ClusterKey key) const {
  const auto& nodes = table_.centres_[centre].nodes;
  const auto node = std::partition_point(
                        nodes.begin() + 1, nodes.end(),
                        [&](const auto& candidate) { return candidate->entries.front().first_key <= key; }) -
                    1;
  const auto& entries = (*node)->entries;
  const auto entry =
      std::partition_point(entries.begin() + 1, entries.end(),
                           [&](const LeafEntry& candidate) { return candidate.first_key <= key; }) -
      1;
  return {static_cast<std::size_t>(node - nodes.begin()), static_cast<std::size_t>(entry - entries.begin())};
}

VolunteerEditor::Position VolunteerEditor::PositionOf(uint32_t centre, uint32_t leaf_number) const {
  const auto& nodes = table_.centres_[centre].nodes;
  // The last with its first key; it is that one, or before it among those with the same.
  Position position = PositionFor(centre, table_.LeafAt(leaf_number).first_key);
  while (nodes[position.node]->entries[position.entry].leaf_number != leaf_number) {
    if (position.entry == 0) position.entry = nodes[--position.node]->entries.size();
    --position.entry;
  }
  return position;
}

Leaf& VolunteerEditor::OwnLeaf(uint32_t leaf_number) {
  auto& chunk = Own(table_.chunks_[leaf_number / VolunteerTable::kChunk], edit_);
  return Own(chunk.leaves[leaf_number % VolunteerTable::kChunk], edit_);
}

uint32_t VolunteerEditor::AddLeaf(std::shared_ptr<Leaf> leaf, ClusterKey first_key) {
  uint32_t number = 0;
  if (table_.unused_.empty()) {
    number = table_.leaf_count_++;
    if (number / VolunteerTable::kChunk >= table_.chunks_.size()) table_.chunks_.emplace_back();
  } else {
    number = table_.unused_.back();
    table_.unused_.pop_back();
  }
  leaf->edit = edit_;
  leaf->first_key = first_key;
  auto& chunk = Own(table_.chunks_[number / VolunteerTable::kChunk], edit_);
  chunk.leaves[number % VolunteerTable::kChunk] = std::move(leaf);
  return number;
}

void VolunteerEditor::InsertEntry(uint32_t centre, Position position, const LeafEntry& entry) {
  auto& nodes = OwnCentre(centre).nodes;
  if (nodes.empty()) nodes.push_back(NewShared<LeafNode>());
  LeafNode& node = Own(nodes[position.node], edit_);
  node.entries.insert(node.entries.begin() + static_cast<std::ptrdiff_t>(position.entry), entry);
  if (node.entries.size() <= LeafNode::kMaxEntries) return;
  auto upper = NewShared<LeafNode>();
  const auto middle = node.entries.begin() + LeafNode::kMaxEntries / 2;
  upper->edit = edit_;
  upper->entries.assign(middle, node.entries.end());
  upper->summary = SummaryOf(*upper);
  node.entries.erase(middle, node.entries.end());
  node.summary = SummaryOf(node);
  nodes.insert(nodes.begin() + static_cast<std::ptrdiff_t>(position.node) + 1, std::move(upper));
}

void VolunteerEditor::Refresh(uint32_t centre, Position position) {
  CentreLeaves& owned = OwnCentre(centre);
  LeafNode& node = Own(owned.nodes[position.node], edit_);
  LeafEntry& entry = node.entries[position.entry];
  auto& chunk = Own(table_.chunks_[entry.leaf_number / VolunteerTable::kChunk], edit_);
  auto& leaf = chunk.leaves[entry.leaf_number % VolunteerTable::kChunk];
  entry.leaf = leaf.get();
  entry.summary = leaf->summary();
  if (entry.summary.live == 0) {
    table_.unused_.push_back(entry.leaf_number);
    leaf.reset();
    node.entries.erase(node.entries.begin() + static_cast<std::ptrdiff_t>(position.entry));
  }
  if (node.entries.empty()) {
    owned.nodes.erase(owned.nodes.begin() + static_cast<std::ptrdiff_t>(position.node));
  } else {
    node.summary = SummaryOf(node);
  }
}

void VolunteerEditor::Finish() {
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  std::vector<uint32_t> centres;
  for (const uint32_t number : changed_) {
    const uint32_t centre = table_.LeafAt(number).centre();
    Refresh(centre, PositionOf(centre, number));
    centres.push_back(centre);
  }
  std::sort(centres.begin(), centres.end());
  centres.erase(std::unique(centres.begin(), centres.end()), centres.end());
  for (const uint32_t centre : centres) table_.centres_.Summarise(centre, edit_);
}

// Both halves are the leaf without the other: who stays keeps its lane, and who goes has the same one in the
// new leaf, so that planes are copied whole, and only half of the names lead elsewhere.
void VolunteerEditor::Split(uint32_t centre, Position position) {
  const uint32_t number = EntryAt(centre, position).leaf_number;
  const absl::string_view name = table_.centres_[centre].name;
  Leaf& lower = OwnLeaf(number);
  RowScratch scratch;
  std::vector<std::pair<ClusterKey, int>> order;
  for (int lane = 0; lane < kLanes; ++lane) {
    if (!lower.Has(PlaneMap::kLive, lane)) continue;
    const VolunteerRef volunteer = lower.row(lane).Unpack(name, points_, scratch);
    order.emplace_back(ClusterKeyOf(volunteer, lower.StateOf(lane).available), lane);
  }
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
  std::nth_element(order.begin(), middle, order.end());
  LaneSet halves[2] = {};
  for (auto it = order.begin(); it != order.end(); ++it) {
    halves[it >= middle][static_cast<std::size_t>(it->second / 64)] |= uint64_t{1} << (it->second % 64);
  }

  const uint32_t upper_number = AddLeaf(NewShared<Leaf>(lower, nullptr), middle->first);
  Leaf& upper = OwnLeaf(upper_number);
  lower.Keep(halves[0], points_);
  upper.Keep(halves[1], points_);
  for (auto it = middle; it != order.end(); ++it) {
    const auto lane = static_cast<LaneAddress>(it->second);
    table_.names_.Move(NameMap::HashOf(upper.row(it->second).NameIn(name)), number * kLanes + lane,
                       upper_number * kLanes + lane, edit_);
  }
  Refresh(centre, position);
  InsertEntry(centre, {position.node, position.entry + 1},
              {upper.first_key, upper_number, upper.summary(), &upper});
  changed_.push_back(number);
  changed_.push_back(upper_number);
}

void VolunteerEditor::Upsert(const VolunteerFacts& facts, const LaneState& state) {
  row_.clear();
  AppendRow(facts, row_);
  const VolunteerRef volunteer(facts);
  const LaneContent content{absl::MakeConstSpan(row_), LanePointOf(facts, points_), volunteer, state};
  const ClusterKey key = ClusterKeyOf(volunteer, state.available);
  const uint32_t centre = table_.AddCentre(facts.centre, edit_);
  const uint64_t hash = NameMap::HashOf(facts.name);

  if (const auto present = table_.Find(facts.name)) {
    const uint32_t number = present->address / kLanes;
    if (present->leaf->centre() == centre) {
      const Position position = PositionFor(centre, key);
      if (EntryAt(centre, position).leaf_number == number) {
        OwnLeaf(number).Replace(present->lane, content);
        changed_.push_back(number);
        return;
      }
    }
    RemoveAt(*present, hash);
  }
  if (table_.centres_[centre].nodes.empty()) {
    const uint32_t number = AddLeaf(NewShared<Leaf>(centre, planes_), 0);
    InsertEntry(centre, {0, 0}, {0, number, LeafSummary(), &table_.LeafAt(number)});
  }
  Position position = PositionFor(centre, key);
  if (table_.LeafAt(EntryAt(centre, position).leaf_number).IsFull()) {
    Split(centre, position);
    position = PositionFor(centre, key);
  }
  const uint32_t number = EntryAt(centre, position).leaf_number;
  const int lane = OwnLeaf(number).Insert(content);
  table_.names_.Insert(hash, number * kLanes + static_cast<LaneAddress>(lane), edit_);
  changed_.push_back(number);
}

void VolunteerEditor::Remove(absl::string_view name) {
  if (const auto present = table_.Find(name)) RemoveAt(*present, NameMap::HashOf(name));
}

void VolunteerEditor::RemoveAt(const LanePlace& place, uint64_t hash) {
  const uint32_t number = place.address / kLanes;
  OwnLeaf(number).Remove(place.lane);
  table_.names_.Erase(hash, place.address, edit_);
  changed_.push_back(number);
}

}  // namespace brokerage::matcher
