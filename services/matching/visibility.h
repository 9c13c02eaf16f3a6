// Who may see whom, and what of them. Every read goes through here: gets, lists, matches and explanations.
//
// A caller sees its own centre's records and those shared with the county; who acts for all sees all. What is
// not seen is never returned, counted or explained: it does not exist for the caller.
#pragma once

#include <string>

#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "matcher/types.h"
#include "reference/places.h"
#include "services/rpc/policy.h"

namespace brokerage::matching {

// Whether the record called `name` (`centres/{centre}/…`) belongs to whom `acting` acts for: seen whole.
bool IsOwn(const rpc::Acting& acting, absl::string_view name);

// `name` and `sharing` of the record are set.
bool Sees(const rpc::Acting& acting, const v1::Volunteer& volunteer);
bool Sees(const rpc::Acting& acting, const v1::Opportunity& opportunity);

// What `acting` may see of a record that it sees. Of a volunteer of another centre: no contact, date of
// birth, consents, notes or exceptions from the weekly availability; of checks neither the date of issue nor
// who saw them; of the home only the outcode, and of its district only what the outcode says. Of a role of
// another centre: not why it was rejected.
v1::Volunteer Shown(const rpc::Acting& acting, v1::Volunteer volunteer, const reference::PlaceIndex& places,
                    const reference::Districts& districts);
v1::Opportunity Shown(const rpc::Acting& acting, v1::Opportunity opportunity);

// The same rule for the index.
matcher::Visibility ForMatcher(const rpc::Acting& acting);
// Whom a record of `centre` may be paired with: of another centre's, the caller's own only.
matcher::Visibility ForPartnersOf(const rpc::Acting& acting, const std::string& centre);

}  // namespace brokerage::matching
