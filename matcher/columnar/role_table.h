// All opportunities, as those who look for roles search them: leaves of those that may match anyone, and
// exact numbers of all.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/ownership.h"
#include "matcher/columnar/role_leaf.h"
#include "matcher/opportunity_tables.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// A leaf with what is true of all its roles.
struct RoleEntry {
  RoleKey first;  // no role of the leaf has a lesser key
  GeoBox places;
  uint64_t least_id = std::numeric_limits<uint64_t>::max();
  std::shared_ptr<const RoleLeaf> leaf;
};

// Roles that the same people see: in the order of their keys.
struct RoleShelf {
  Edit edit = 0;
  std::vector<RoleEntry> entries;
};

// A centre: how many opportunities it has, in any state, and those that it alone sees.
struct CentreRoles {
  Edit edit = 0;
  std::string name;
  int64_t county = 0;  // shared with the county
  int64_t own = 0;     // not
  std::shared_ptr<const RoleShelf> shelf;
};

// An immutable state; copying it shares the shelves. The leaves point into the opportunity tables of the same
// state.
class RoleTable {
 public:
  int64_t size() const { return size_; }
  // Visible ones, in any state.
  int64_t CountSeenBy(const Visibility& visibility) const;
  // Those that are shared with the county, of all centres; nullptr: none.
  const RoleShelf* county() const { return county_.get(); }
  const std::vector<std::shared_ptr<const CentreRoles>>& centres() const { return centres_; }  // by name

 private:
  friend class RoleEditor;

  int64_t size_ = 0;
  int64_t shared_ = 0;  // with the county
  std::shared_ptr<const RoleShelf> county_;
  std::vector<std::shared_ptr<const CentreRoles>> centres_;
};

// Makes the next state of a table, which it changes as it goes. Not thread-safe.
class RoleEditor {
 public:
  // `edit` is of this editor alone. Everything outlives it.
  RoleEditor(RoleTable& table, Edit edit, const Taxonomies& taxonomies)
      : table_(table), edit_(edit), taxonomies_(taxonomies) {}

  // A record as it is in the tables now; before it changes there, it is removed as it was.
  void Add(const OpportunityRecord& record);
  void Remove(const OpportunityRecord& record);
  // After the last change, before the state is read.
  void Finish();

 private:
  CentreRoles& OwnCentre(const OpportunityFacts& facts);
  std::shared_ptr<const RoleShelf>& ShelfOf(const OpportunityFacts& facts);
  void Count(const OpportunityFacts& facts, int64_t by);
  // The last entry whose first key is not greater, or the end.
  static std::vector<RoleEntry>::iterator EntryFor(RoleShelf& shelf, const RoleKey& key);
  void IndexLeaves(std::shared_ptr<const RoleShelf>& shelf);

  RoleTable& table_;
  const Edit edit_;
  const Taxonomies& taxonomies_;
};

}  // namespace brokerage::matcher
