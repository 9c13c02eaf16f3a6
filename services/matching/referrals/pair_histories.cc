#include "services/matching/referrals/pair_histories.h"

#include <utility>
#include <variant>

#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/convert/times.h"
#include "services/matching/referrals/ledgers.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {

namespace {

std::vector<matcher::Interval> SessionsIn(const matcher::Schedule& schedule) {
  std::vector<matcher::Interval> sessions;
  const auto* dated = std::get_if<matcher::DatedSchedule>(&schedule);
  if (dated == nullptr) return sessions;
  for (const matcher::Session& session : dated->sessions) {
    sessions.push_back({session.start_min, session.end_min});
  }
  return sessions;
}

}  // namespace

std::vector<matcher::Interval> SessionsToKeep(const v1::Opportunity& opportunity, absl::Time now) {
  return SessionsIn(ToFacts(opportunity.schedule(), now));
}

bool SameSessions(const matcher::Schedule& a, const matcher::Schedule& b) {
  return SessionsIn(a) == SessionsIn(b);
}

matcher::SetConnections ConnectionsOf(absl::string_view name,
                                      const storage::v1::OpportunityReferrals& stored) {
  return {std::string(name), stored.connections()};
}

absl::StatusOr<matcher::SetVolunteerHistory> PairHistories::Of(
    absl::string_view name, const storage::v1::VolunteerReferrals& stored) {
  matcher::SetVolunteerHistory history;
  history.name = std::string(name);
  for (const auto& pair : stored.pairs()) {
    matcher::PairReferral referral{pair.opportunity(), !pair.live_referral().empty(), std::nullopt};
    if (pair.has_decline_time()) referral.declined_until = QuietUntil(rpc::ToTime(pair.decline_time()));
    history.referrals.push_back(std::move(referral));
  }
  for (const auto& placement : stored.placements()) {
    auto sessions = SessionsOf(placement.opportunity());
    if (!sessions.ok()) return sessions.status();
    history.held_placements.push_back({placement.opportunity(), *std::move(sessions)});
  }
  return history;
}

absl::StatusOr<matcher::SetVolunteerHistory> PairHistories::Of(absl::string_view name) {
  const storage::Table<storage::v1::VolunteerReferrals> table(store_, storage::kVolunteerReferrals);
  const auto stored = table.Get(name);
  if (!stored.ok()) return stored.status();
  return Of(name, stored->has_value() ? (*stored)->message : storage::v1::VolunteerReferrals());
}

void PairHistories::Use(const std::string& opportunity, const matcher::Schedule& schedule) {
  sessions_.insert_or_assign(opportunity, SessionsIn(schedule));
}

absl::StatusOr<std::vector<matcher::Interval>> PairHistories::SessionsOf(const std::string& opportunity) {
  if (const auto known = sessions_.find(opportunity); known != sessions_.end()) return known->second;
  const storage::Table<storage::v1::OpportunityRecord> table(store_, storage::kOpportunities);
  const auto stored = table.Get(opportunity);
  if (!stored.ok()) return stored.status();
  std::vector<matcher::Interval> sessions;
  if (stored->has_value()) sessions = SessionsToKeep((*stored)->message.opportunity(), now_);
  return sessions_.emplace(opportunity, std::move(sessions)).first->second;
}

}  // namespace brokerage::matching
