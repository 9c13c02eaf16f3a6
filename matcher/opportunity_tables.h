// Opportunities, organisations and what happened between people, as every index keeps them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "matcher/index.h"
#include "matcher/sharded_table.h"
#include "matcher/types.h"

namespace brokerage::matcher {

struct OpportunityRecord {
  std::string name;
  std::shared_ptr<const OpportunityFacts> facts;  // none: only its connections are known so far
  int64_t connections = 0;
};

struct OrganisationRecord {
  std::string name;
  OrganisationStanding standing = OrganisationStanding::kUnknown;
};

struct HistoryRecord {
  std::string name;  // the volunteer's
  std::shared_ptr<const SetVolunteerHistory> history;
};

// What is known of a pair from the volunteer's history (nullptr: none) and the opportunity's connections.
PairHistory HistoryOf(const SetVolunteerHistory* history, absl::string_view opportunity, int64_t connections);

// Whether the role supports every access need.
bool SupportsAccess(absl::Span<const AccessNeed> needs, const OpportunityFacts& opportunity);

// An immutable state; copying it shares everything.
struct OpportunityTables {
  ShardedTable<OpportunityRecord> opportunities;
  ShardedTable<OrganisationRecord> organisations;
  ShardedTable<HistoryRecord> histories;

  const OpportunityFacts* Find(absl::string_view name, const Visibility& visibility) const;
  // A draft that names no organisation yet is not held up for it.
  OrganisationStanding StandingOf(const OpportunityFacts& opportunity) const;
  int64_t ConnectionsOf(const OpportunityFacts& opportunity) const;
  // nullptr: nothing is known.
  const SetVolunteerHistory* HistoryOfVolunteer(absl::string_view name) const;
  PairHistory HistoryOfPair(absl::string_view volunteer, const OpportunityFacts& opportunity) const {
    return HistoryOf(HistoryOfVolunteer(volunteer), opportunity.name, ConnectionsOf(opportunity));
  }
};

// Applies changes of opportunities, organisations and histories to a state.
class OpportunityEditor {
 public:
  explicit OpportunityEditor(const OpportunityTables& tables)
      : opportunities_(tables.opportunities),
        organisations_(tables.organisations),
        histories_(tables.histories) {}

  void Apply(UpsertOpportunity change);
  void Apply(const RemoveOpportunity& change) { opportunities_.Erase(change.name); }
  void Apply(const SetOrganisation& change);
  void Apply(SetVolunteerHistory change);
  void Apply(const SetConnections& change);
  void ForgetVolunteer(absl::string_view name) { histories_.Erase(name); }

  // As edited so far.
  const OpportunityRecord* FindOpportunity(absl::string_view name) const { return opportunities_.Find(name); }
  OrganisationStanding StandingOf(const OpportunityRecord& record) const;
  const SetVolunteerHistory* HistoryOfVolunteer(absl::string_view name) const;

  OpportunityTables Finish() && {
    return {std::move(opportunities_).Finish(), std::move(organisations_).Finish(),
            std::move(histories_).Finish()};
  }

 private:
  ShardedTable<OpportunityRecord>::Editor opportunities_;
  ShardedTable<OrganisationRecord>::Editor organisations_;
  ShardedTable<HistoryRecord>::Editor histories_;
};

}  // namespace brokerage::matcher
