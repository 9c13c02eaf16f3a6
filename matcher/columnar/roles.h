// Opportunities and what happened between people, beside the volunteers: how they lie, and how they change.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/string_view.h"

#include "matcher/columnar/role_table.h"
#include "matcher/opportunity_tables.h"

namespace brokerage::matcher {

// An immutable state; most changes are of volunteers alone, and share it.
struct Roles {
  std::shared_ptr<const RoleTable> table = std::make_shared<const RoleTable>();
  std::shared_ptr<const OpportunityTables> others = std::make_shared<const OpportunityTables>();
};

// Changes roles; what nothing changes is not copied.
class RolesEditor {
 public:
  RolesEditor(Roles roles, Edit edit, const Taxonomies& taxonomies)
      : roles_(std::move(roles)), edit_(edit), taxonomies_(taxonomies) {}

  void Apply(SetVolunteerHistory change) { Others().Apply(std::move(change)); }
  void Apply(const SetOrganisation& change) {
    Others().Apply(change);
    Table().SetStanding(change.name, change.standing);
  }
  void ForgetVolunteer(absl::string_view name) {
    if (HistoryOfVolunteer(name) != nullptr) Others().ForgetVolunteer(name);
  }
  template <typename Change>
  void ChangeOpportunity(absl::string_view name, Change change) {
    if (const OpportunityRecord* const before = Others().FindOpportunity(name)) Table().Remove(*before);
    Others().Apply(std::move(change));
    if (const OpportunityRecord* const now = Others().FindOpportunity(name))
      Table().Add(*now, Others().StandingOf(*now));
  }

  // As edited so far; nullptr: nothing is known.
  const SetVolunteerHistory* HistoryOfVolunteer(absl::string_view name) const {
    return others_ ? others_->HistoryOfVolunteer(name) : roles_.others->HistoryOfVolunteer(name);
  }

  // As edited; the editor is spent.
  Roles Finish() && {
    if (others_) roles_.others = std::make_shared<const OpportunityTables>(std::move(*others_).Finish());
    if (editor_) {
      editor_->Finish();
      roles_.table = std::make_shared<const RoleTable>(std::move(table_));
    }
    return std::move(roles_);
  }

 private:
  OpportunityEditor& Others() {
    if (!others_) others_.emplace(*roles_.others);
    return *others_;
  }
  RoleEditor& Table() {
    if (!editor_) {
      table_ = *roles_.table;
      editor_.emplace(table_, edit_, taxonomies_);
    }
    return *editor_;
  }

  Roles roles_;
  const Edit edit_;
  const Taxonomies& taxonomies_;
  std::optional<OpportunityEditor> others_;
  RoleTable table_;
  std::optional<RoleEditor> editor_;
};

}  // namespace brokerage::matcher
