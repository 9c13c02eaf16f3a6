#include "matcher/columnar/role_table.h"

#include <algorithm>
#include <utility>

namespace brokerage::matcher {
namespace {

// The first centre whose name is not less.
template <typename Centres>
auto LowerBound(Centres& centres, absl::string_view name) {
  return std::lower_bound(centres.begin(), centres.end(), name,
                          [](const auto& centre, absl::string_view n) { return centre->name < n; });
}

}  // namespace

int64_t RoleTable::CountSeenBy(const Visibility& visibility) const {
  if (visibility.sees_all) return size_;
  const auto found = LowerBound(centres_, visibility.centre);
  const bool known = found != centres_.end() && (*found)->name == visibility.centre;
  const int64_t own = known ? (*found)->own : 0;
  if (visibility.own_only) return own + (known ? (*found)->county : 0);
  return own + shared_;
}

CentreRoles& RoleEditor::OwnCentre(const OpportunityFacts& facts) {
  auto centre = LowerBound(table_.centres_, facts.centre);
  const bool known = centre != table_.centres_.end() && (*centre)->name == facts.centre;
  if (!known) centre = table_.centres_.insert(centre, nullptr);
  CentreRoles& owned = Own(*centre, edit_);
  if (!known) owned.name = facts.centre;
  return owned;
}

std::shared_ptr<const RoleShelf>& RoleEditor::ShelfOf(const OpportunityFacts& facts) {
  return facts.sharing == Sharing::kCounty ? table_.county_ : OwnCentre(facts).shelf;
}

void RoleEditor::Count(const OpportunityFacts& facts, int64_t by) {
  const bool county = facts.sharing == Sharing::kCounty;
  CentreRoles& centre = OwnCentre(facts);
  (county ? centre.county : centre.own) += by;
  table_.size_ += by;
  if (county) table_.shared_ += by;
}

std::vector<RoleEntry>::iterator RoleEditor::EntryFor(RoleShelf& shelf, const RoleKey& key) {
  auto& entries = shelf.entries;
  const auto after =
      std::upper_bound(entries.begin(), entries.end(), key,
                       [](const RoleKey& k, const RoleEntry& entry) { return k < entry.first; });
  if (after == entries.begin() || (after - 1)->first.kind != key.kind) return entries.end();
  return after - 1;
}

void RoleEditor::Add(const OpportunityRecord& record) {
  if (record.facts == nullptr) return;
  const OpportunityFacts& facts = *record.facts;
  Count(facts, 1);
  if (!MayMatch(facts)) return;
  const RoleKey key = RoleKeyOf(facts, taxonomies_);
  RoleShelf& shelf = Own(ShelfOf(facts), edit_);
  auto entry = EntryFor(shelf, key);
  if (entry == shelf.entries.end()) {
    // The first of its kind's: whatever comes before it is of another kind.
    RoleEntry fresh;
    fresh.first.kind = key.kind;
    const auto before =
        std::partition_point(shelf.entries.begin(), shelf.entries.end(),
                             [&](const RoleEntry& other) { return other.first < fresh.first; });
    entry = shelf.entries.insert(before, std::move(fresh));
  } else if (entry->leaf->IsFull()) {
    auto upper = std::make_shared<RoleLeaf>();
    upper->edit = edit_;
    RoleEntry next;
    next.first = Own(entry->leaf, edit_).Split(*upper, taxonomies_);
    next.leaf = std::move(upper);
    const bool above = !(key < next.first);
    entry = shelf.entries.insert(entry + 1, std::move(next)) - (above ? 0 : 1);
  }
  Own(entry->leaf, edit_).Add(facts, record.connections);
}

void RoleEditor::Remove(const OpportunityRecord& record) {
  if (record.facts == nullptr) return;
  const OpportunityFacts& facts = *record.facts;
  Count(facts, -1);
  if (!MayMatch(facts)) return;
  RoleShelf& shelf = Own(ShelfOf(facts), edit_);
  const auto entry = EntryFor(shelf, RoleKeyOf(facts, taxonomies_));
  RoleLeaf& leaf = Own(entry->leaf, edit_);
  leaf.Remove(facts);
  if (leaf.lanes().empty()) shelf.entries.erase(entry);
}

void RoleEditor::IndexLeaves(std::shared_ptr<const RoleShelf>& shelf) {
  if (shelf == nullptr || shelf->edit != edit_) return;
  for (RoleEntry& entry : Own(shelf, edit_).entries) {
    if (entry.leaf->edit != edit_) continue;
    RoleLeaf& leaf = Own(entry.leaf, edit_);
    leaf.Index(taxonomies_);
    entry.places = leaf.places();
    entry.least_id = leaf.least_id();
  }
}

void RoleEditor::Finish() {
  IndexLeaves(table_.county_);
  for (auto& centre : table_.centres_) {
    if (centre->edit == edit_) IndexLeaves(Own(centre, edit_).shelf);
  }
}

}  // namespace brokerage::matcher
