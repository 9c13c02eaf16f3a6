#include "services/matching/referrals/ledgers.h"

#include <algorithm>
#include <vector>

#include "base/clock.h"
#include "base/limits.h"
#include "services/rpc/moments.h"

namespace brokerage::matching {

using storage::v1::OpportunityReferrals;
using storage::v1::VolunteerReferrals;

namespace {

PairLedger& PairWith(const std::string& opportunity, VolunteerReferrals& volunteer) {
  for (PairLedger& pair : *volunteer.mutable_pairs()) {
    if (pair.opportunity() == opportunity) return pair;
  }
  PairLedger& pair = *volunteer.add_pairs();
  pair.set_opportunity(opportunity);
  return pair;
}

template <typename List, typename Condition>
void EraseIf(List* list, const Condition& condition) {
  list->erase(std::remove_if(list->begin(), list->end(), condition), list->end());
}

int32_t DaysSinceEpoch(absl::CivilDay day) { return static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1)); }

bool MeansNothing(const PairLedger& pair, absl::Time now) {
  if (!pair.live_referral().empty()) return false;
  return !pair.has_decline_time() ||
         QuietUntil(rpc::ToTime(pair.decline_time())) <= DaysSinceEpoch(base::LondonDate(now));
}

}  // namespace

const PairLedger* FindPair(const VolunteerReferrals& volunteer, absl::string_view opportunity) {
  const auto& pairs = volunteer.pairs();
  const auto found = std::find_if(pairs.begin(), pairs.end(),
                                  [&](const PairLedger& pair) { return pair.opportunity() == opportunity; });
  return found == pairs.end() ? nullptr : &*found;
}

void BeginLife(const v1::Referral& referral, VolunteerReferrals& volunteer,
               OpportunityReferrals& opportunity) {
  PairWith(referral.opportunity(), volunteer).set_live_referral(referral.name());
  auto& live = *opportunity.add_live();
  live.set_referral(referral.name());
  live.set_volunteer(referral.volunteer());
}

void HoldPlacement(const v1::Referral& referral, VolunteerReferrals& volunteer,
                   OpportunityReferrals& opportunity) {
  auto& placement = *volunteer.add_placements();
  placement.set_opportunity(referral.opportunity());
  placement.set_referral(referral.name());
  for (auto& live : *opportunity.mutable_live()) {
    if (live.referral() == referral.name()) live.set_placed(true);
  }
}

void EndLife(const v1::Referral& referral, bool declined, absl::Time now, VolunteerReferrals& volunteer,
             OpportunityReferrals& opportunity) {
  const auto is_it = [&](const auto& other) { return other.referral() == referral.name(); };
  EraseIf(volunteer.mutable_placements(), is_it);
  EraseIf(opportunity.mutable_live(), is_it);
  PairLedger& pair = PairWith(referral.opportunity(), volunteer);
  pair.clear_live_referral();
  if (declined) *pair.mutable_decline_time() = rpc::ToTimestamp(now);
  EraseIf(volunteer.mutable_pairs(), [&](const PairLedger& other) { return MeansNothing(other, now); });
}

std::optional<absl::Time> NextOffer(const VolunteerReferrals& volunteer, int budget, absl::Time now) {
  std::vector<absl::Time> counted;
  for (const auto& offer : volunteer.offer_times()) {
    if (rpc::ToTime(offer) > now - base::kOutreachPeriod) counted.push_back(rpc::ToTime(offer));
  }
  const auto most = static_cast<std::size_t>(budget);
  if (counted.size() < most) return std::nullopt;
  std::sort(counted.begin(), counted.end());
  return counted[counted.size() - most] + base::kOutreachPeriod;
}

void CountOffer(absl::Time now, VolunteerReferrals& volunteer) {
  EraseIf(volunteer.mutable_offer_times(),
          [&](const auto& offer) { return rpc::ToTime(offer) <= now - base::kOutreachPeriod; });
  *volunteer.add_offer_times() = rpc::ToTimestamp(now);
}

int32_t QuietUntil(absl::Time moment) {
  return DaysSinceEpoch(base::LondonDate(moment) + base::kQuietDaysAfterDecline);
}

}  // namespace brokerage::matching
