#include "services/matching/referrals/referral_view.h"

#include "services/matching/referrals/referral_stages.h"
#include "services/matching/visibility.h"
#include "services/rpc/mutations.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {

ReferralSides SidesOf(const rpc::Acting& acting, const v1::Referral& referral) {
  return {IsOwn(acting, referral.volunteer()), IsOwn(acting, referral.opportunity())};
}

bool MaySeeContact(const rpc::Caller& caller, const v1::Referral& referral) {
  return caller.role >= common::v1::ROLE_CASEWORKER && RevealsContact(referral.stage()) &&
         SidesOf(rpc::Policy::ActAs(caller), referral).roles;
}

absl::Status FillNames(const storage::Store& store, const rpc::Acting& acting, v1::Referral& referral) {
  const storage::Table<storage::v1::VolunteerRecord> volunteers(store, storage::kVolunteers);
  const auto volunteer = volunteers.Get(referral.volunteer());
  if (!volunteer.ok()) return rpc::FromStore(volunteer.status());
  const bool introduced = RevealsContact(referral.stage()) && SidesOf(acting, referral).roles;
  if (volunteer->has_value() && (introduced || Sees(acting, (*volunteer)->message.volunteer()))) {
    referral.set_display_name((*volunteer)->message.volunteer().display_name());
  }
  const storage::Table<storage::v1::OpportunityRecord> opportunities(store, storage::kOpportunities);
  const auto opportunity = opportunities.Get(referral.opportunity());
  if (!opportunity.ok()) return rpc::FromStore(opportunity.status());
  if (opportunity->has_value()) referral.set_title((*opportunity)->message.opportunity().title());
  return absl::OkStatus();
}

}  // namespace brokerage::matching
