// Who sees a referral, and what of it.
#pragma once

#include "absl/status/status.h"

#include "brokerage/matching/v1/referral.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/context.h"
#include "services/rpc/caller.h"
#include "services/rpc/policy.h"

namespace brokerage::matching {

// Which sides of a referral someone acts on; neither: for them there is no such referral.
struct ReferralSides {
  bool volunteers = false;
  bool roles = false;
  bool any() const { return volunteers || roles; }
};
ReferralSides SidesOf(const rpc::Acting& acting, const v1::Referral& referral);

// Whether `caller` is to be answered the contact of the referral's volunteer: a caseworker or above of the
// role's centre, while the referral is between introduced and placed.
bool MaySeeContact(const rpc::Caller& caller, const v1::Referral& referral);

// Fills what is read from other records as they are now: the role's title, and the volunteer's display name
// for those who see that record, and for the role's centre while it may see the contact. Records that are
// gone leave it empty. Errors: the store's.
absl::Status FillNames(const storage::Store& store, const rpc::Acting& acting, v1::Referral& referral);

}  // namespace brokerage::matching
