// All opportunities, as those who look for roles search them: leaves of those that may match anyone, and
// exact numbers of all.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "matcher/columnar/geo_box.h"
#include "matcher/columnar/ownership.h"
#include "matcher/columnar/role_leaf.h"
#include "matcher/opportunity_tables.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// A leaf and where it belongs.
struct RoleEntry {
  RoleKey first;  // no role of the leaf has a lesser key
  std::shared_ptr<const RoleLeaf> leaf;
};
using RoleEntries = std::vector<RoleEntry>;  // in the order of their keys

// Roles that the same people see.
struct RoleShelf {
  Edit edit = 0;
  RoleEntries on_site;
  RoleEntries remote;
  // Side by side, for most are passed over: the box around each leaf on site, and all runs of remote ones.
  std::vector<GeoBox> places;
  struct Run {
    RoleLeaf::Run lanes;
    uint32_t entry = 0;
    uint64_t least_id = 0;
  };
  std::vector<Run> runs;

  RoleEntries& Like(const OpportunityFacts& facts) { return facts.remote ? remote : on_site; }
};

// A centre: how many opportunities it has, in any state, and those that it alone sees.
struct CentreRoles {
  Edit edit = 0;
  std::string name;
  uint32_t number = 0;  // never another centre's
  int64_t county = 0;   // shared with the county
  int64_t own = 0;      // not
  std::shared_ptr<const RoleShelf> shelf;
};

// The organisations that have, or had, a role that may match: by number, so that a role's is looked up at
// once.
struct RoleOrganisations {
  Edit edit = 0;
  absl::flat_hash_map<std::string, uint32_t> numbers;
  std::vector<OrganisationStanding> standings;
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
  // nullptr: it never had an opportunity.
  const CentreRoles* FindCentre(absl::string_view name) const;
  OrganisationStanding StandingOf(const RoleRest& role) const {
    return organisations_->standings[role.organisation];
  }

 private:
  friend class RoleEditor;

  int64_t size_ = 0;
  int64_t shared_ = 0;  // with the county
  std::shared_ptr<const RoleShelf> county_;
  std::shared_ptr<const RoleOrganisations> organisations_;
  std::vector<std::shared_ptr<const CentreRoles>> centres_;
};

// Makes the next state of a table, which it changes as it goes. Not thread-safe.
class RoleEditor {
 public:
  // `edit` is of this editor alone. Everything outlives it.
  RoleEditor(RoleTable& table, Edit edit, const Taxonomies& taxonomies)
      : table_(table), edit_(edit), taxonomies_(taxonomies) {}

  // A record as it is in the tables now, and its organisation; before it changes there, it is removed as it
  // was.
  void Add(const OpportunityRecord& record, OrganisationStanding standing);
  void Remove(const OpportunityRecord& record);
  void SetStanding(const std::string& organisation, OrganisationStanding standing);
  // After the last change, before the state is read.
  void Finish();

 private:
  CentreRoles& OwnCentre(const OpportunityFacts& facts);
  std::shared_ptr<const RoleShelf>& ShelfOf(const OpportunityFacts& facts);
  void Count(const OpportunityFacts& facts, int64_t by);
  // The last entry whose first key is not greater; there is one.
  static RoleEntries::iterator EntryFor(RoleEntries& entries, const RoleKey& key);
  uint32_t NumberOf(const std::string& organisation, OrganisationStanding standing);
  void IndexLeaves(std::shared_ptr<const RoleShelf>& shelf);
  void IndexLeaves(RoleEntries& entries);

  RoleTable& table_;
  const Edit edit_;
  const Taxonomies& taxonomies_;
};

}  // namespace brokerage::matcher
