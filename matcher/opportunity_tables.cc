#include "matcher/opportunity_tables.h"

#include <algorithm>
#include <utility>

namespace brokerage::matcher {
namespace {

OrganisationStanding StandingOf(const OrganisationRecord* organisation) {
  return organisation == nullptr ? OrganisationStanding::kUnknown : organisation->standing;
}

}  // namespace

PairHistory HistoryOf(const SetVolunteerHistory* history, absl::string_view opportunity,
                      int64_t connections) {
  PairHistory pair;
  pair.connections = connections;
  if (history == nullptr) return pair;
  pair.held_placements = history->held_placements;
  const auto it = std::lower_bound(
      history->referrals.begin(), history->referrals.end(), opportunity,
      [](const PairReferral& referral, absl::string_view name) { return referral.opportunity < name; });
  if (it != history->referrals.end() && it->opportunity == opportunity) {
    pair.live_referral = it->live;
    pair.declined_until = it->declined_until;
  }
  return pair;
}

bool SupportsAccess(absl::Span<const AccessNeed> needs, const OpportunityFacts& opportunity) {
  const auto& support = opportunity.access_support;
  return std::all_of(needs.begin(), needs.end(), [&](AccessNeed need) {
    return std::find(support.begin(), support.end(), need) != support.end();
  });
}

const OpportunityFacts* OpportunityTables::Find(absl::string_view name, const Visibility& visibility) const {
  const OpportunityRecord* record = opportunities.Find(name);
  if (record == nullptr || record->facts == nullptr) return nullptr;
  return visibility.Sees(record->facts->centre, record->facts->sharing) ? record->facts.get() : nullptr;
}

OrganisationStanding OpportunityTables::StandingOf(const OpportunityFacts& opportunity) const {
  if (opportunity.name.empty() && opportunity.organisation.empty()) return OrganisationStanding::kActive;
  return matcher::StandingOf(organisations.Find(opportunity.organisation));
}

int64_t OpportunityTables::ConnectionsOf(const OpportunityFacts& opportunity) const {
  const OpportunityRecord* record = opportunities.Find(opportunity.name);
  return record == nullptr ? 0 : record->connections;
}

const SetVolunteerHistory* OpportunityTables::HistoryOfVolunteer(absl::string_view name) const {
  const HistoryRecord* record = histories.Find(name);
  return record == nullptr ? nullptr : record->history.get();
}

void OpportunityEditor::Apply(UpsertOpportunity change) {
  OpportunityRecord& record = opportunities_.Edit(change.facts.name);
  record.facts = std::make_shared<const OpportunityFacts>(std::move(change.facts));
}

void OpportunityEditor::Apply(const SetOrganisation& change) {
  organisations_.Edit(change.name).standing = change.standing;
}

void OpportunityEditor::Apply(SetVolunteerHistory change) {
  HistoryRecord& record = histories_.Edit(change.name);
  std::sort(change.referrals.begin(), change.referrals.end(),
            [](const PairReferral& a, const PairReferral& b) { return a.opportunity < b.opportunity; });
  record.history = std::make_shared<const SetVolunteerHistory>(std::move(change));
}

void OpportunityEditor::Apply(const SetConnections& change) {
  opportunities_.Edit(change.opportunity).connections = change.connections;
}

OrganisationStanding OpportunityEditor::StandingOf(const OpportunityRecord& record) const {
  if (record.facts == nullptr) return OrganisationStanding::kUnknown;
  return matcher::StandingOf(organisations_.Find(record.facts->organisation));
}

const SetVolunteerHistory* OpportunityEditor::HistoryOfVolunteer(absl::string_view name) const {
  const HistoryRecord* record = histories_.Find(name);
  return record == nullptr ? nullptr : record->history.get();
}

}  // namespace brokerage::matcher
