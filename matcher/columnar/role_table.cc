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

const CentreRoles* RoleTable::FindCentre(absl::string_view name) const {
  const auto found = LowerBound(centres_, name);
  return found != centres_.end() && (*found)->name == name ? found->get() : nullptr;
}

int64_t RoleTable::CountSeenBy(const Visibility& visibility) const {
  if (visibility.sees_all) return size_;
  const CentreRoles* const centre = FindCentre(visibility.centre);
  const int64_t own = centre == nullptr ? 0 : centre->own;
  if (visibility.own_only) return own + (centre == nullptr ? 0 : centre->county);
  return own + shared_;
}

CentreRoles& RoleEditor::OwnCentre(const OpportunityFacts& facts) {
  auto centre = LowerBound(table_.centres_, facts.centre);
  const bool known = centre != table_.centres_.end() && (*centre)->name == facts.centre;
  if (known) return Own(*centre, edit_);
  const auto number = static_cast<uint32_t>(table_.centres_.size());  // centres stay for ever
  CentreRoles& owned = Own(*table_.centres_.insert(centre, nullptr), edit_);
  owned.name = facts.centre;
  owned.number = number;
  return owned;
}

uint32_t RoleEditor::NumberOf(const std::string& organisation, OrganisationStanding standing) {
  if (table_.organisations_ != nullptr) {
    const auto known = table_.organisations_->numbers.find(organisation);
    if (known != table_.organisations_->numbers.end()) return known->second;
  }
  RoleOrganisations& organisations = Own(table_.organisations_, edit_);
  const auto number = static_cast<uint32_t>(organisations.standings.size());
  organisations.numbers.emplace(organisation, number);
  organisations.standings.push_back(standing);
  return number;
}

void RoleEditor::SetStanding(const std::string& organisation, OrganisationStanding standing) {
  if (table_.organisations_ == nullptr) return;
  const auto known = table_.organisations_->numbers.find(organisation);
  if (known == table_.organisations_->numbers.end()) return;  // Add will tell
  const uint32_t number = known->second;
  Own(table_.organisations_, edit_).standings[number] = standing;
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

RoleEntries::iterator RoleEditor::EntryFor(RoleEntries& entries, const RoleKey& key) {
  return std::upper_bound(entries.begin(), entries.end(), key,
                          [](const RoleKey& k, const RoleEntry& entry) { return k < entry.first; }) -
         1;
}

void RoleEditor::Add(const OpportunityRecord& record, OrganisationStanding standing) {
  if (record.facts == nullptr) return;
  const OpportunityFacts& facts = *record.facts;
  Count(facts, 1);
  if (!MayMatch(facts)) return;
  const RoleKey key(facts);
  RoleEntries& entries = Own(ShelfOf(facts), edit_).Like(facts);
  if (entries.empty()) entries.emplace_back();  // its first key is before all
  auto entry = EntryFor(entries, key);
  if (entry->leaf != nullptr && entry->leaf->IsFull()) {
    auto upper = std::make_shared<RoleLeaf>();
    upper->edit = edit_;
    RoleEntry next;
    next.first = Own(entry->leaf, edit_).Split(*upper);
    next.leaf = std::move(upper);
    const bool above = !(key < next.first);
    entry = entries.insert(entry + 1, std::move(next)) - (above ? 0 : 1);
  }
  Own(entry->leaf, edit_)
      .Add(RoleLane(facts, taxonomies_, record.connections, OwnCentre(facts).number),
           RoleRest(facts, record.connections, NumberOf(facts.organisation, standing)));
}

void RoleEditor::Remove(const OpportunityRecord& record) {
  if (record.facts == nullptr) return;
  const OpportunityFacts& facts = *record.facts;
  Count(facts, -1);
  if (!MayMatch(facts)) return;
  RoleEntries& entries = Own(ShelfOf(facts), edit_).Like(facts);
  const auto entry = EntryFor(entries, RoleKey(facts));
  RoleLeaf& leaf = Own(entry->leaf, edit_);
  leaf.Remove(facts);
  if (!leaf.lanes().empty()) return;
  const auto next = entries.erase(entry);
  if (!entries.empty() && next == entries.begin()) next->first = RoleKey();  // whatever comes belongs here
}

void RoleEditor::IndexLeaves(std::shared_ptr<const RoleShelf>& shelf) {
  if (shelf == nullptr || shelf->edit != edit_) return;
  RoleShelf& owned = Own(shelf, edit_);
  IndexLeaves(owned.on_site);
  IndexLeaves(owned.remote);
  owned.places.clear();
  for (const RoleEntry& entry : owned.on_site) owned.places.push_back(entry.leaf->places());
  owned.runs.clear();
  for (std::size_t i = 0; i < owned.remote.size(); ++i) {
    const RoleLeaf& leaf = *owned.remote[i].leaf;
    for (const RoleLeaf::Run& run : leaf.runs())
      owned.runs.push_back({run, static_cast<uint32_t>(i), leaf.lanes()[run.begin].id});
  }
}

void RoleEditor::IndexLeaves(RoleEntries& entries) {
  for (RoleEntry& entry : entries) {
    if (entry.leaf->edit == edit_) Own(entry.leaf, edit_).Index();
  }
}

void RoleEditor::Finish() {
  IndexLeaves(table_.county_);
  for (auto& centre : table_.centres_) {
    if (centre->edit == edit_) IndexLeaves(Own(centre, edit_).shelf);
  }
}

}  // namespace brokerage::matcher
